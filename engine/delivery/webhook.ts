import type { Field } from '../../spec/model/data.ts';
import type { Program } from '../program/program.ts';
import type { Subject } from './data.ts';
import type { Claimed } from './outbox.ts';

/** Returns the JSON of a webhook: the customer, the place in the journey, and only the fields that its step names. */
export function webhookJson({ data }: Program, message: Claimed, subject: Subject): object {
  const event = data.events.find((kind) => kind.name === subject.kind);
  const names = message.template.split(' ').filter((name) => name !== '');
  return {
    id: message.message,
    campaign: message.campaign,
    step: subject.step,
    customer: subject.id,
    occurrence: subject.occurrence,
    decided_at: instant(message.decided_at),
    fields: Object.fromEntries(
      names.map((name) => {
        const [, field] = /^event\.(.+)$/.exec(name) ?? [];
        return field === undefined
          ? [name, fieldOf(data.customers.attributes, subject.customer, name)]
          : [name, fieldOf(event?.fields ?? [], subject.event ?? {}, field)];
      }),
    ),
  };
}

/** Null where there is none, or where the project has no such field any more. */
function fieldOf(fields: Field[], values: Record<string, unknown>, name: string): unknown {
  const field = fields.find((each) => each.name === name);
  return field ? json(field, values[name] ?? null) : null;
}

function json({ type, items = [] }: Field, value: unknown): unknown {
  if (type === 'instant' && typeof value === 'number') return instant(value);
  if (type !== 'list' || !Array.isArray(value)) return value;
  return value.map((item: Record<string, unknown>) =>
    Object.fromEntries(items.map((field) => [field.name, json(field, item[field.name] ?? null)])),
  );
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
