import type { EventKind, Field } from '../../model/data.ts';
import type { Expression } from '../../model/expression.ts';
import { later, t } from '../../words/t.ts';
import type { Span } from '../problem.ts';
import { refuse, unknown } from '../refuse.ts';
import { type Context, valueType } from '../scope.ts';
import type { Name } from '../syntax.ts';
import { type Family, meaning } from './family.ts';
import { checkRfm } from './rfm.ts';

/** Words that cannot be an attribute's bare name. */
const reserved = /^(or|and|not|is|in|between|true|false|now|null|today|rfm|AND|OR|NOT|NULL)$/;

export const names: Family<'name' | 'path', 'attribute' | 'field'> = {
  checks: {
    name: ({ name }, context) => checkName(name, context),
    path: ({ owner, name }, context) => checkPath(owner, name, context),
  },
  prints: {
    attribute: {
      text: ({ name }, { owners }) => (reserved.test(name) || name === owners.item ? `customer.${name}` : name),
    },
    field: { text: ({ of, name }, { owners }) => `${of === 'trigger' ? 'event' : owners[of]}.${name}` },
  },
  meanings: {
    event: meaning(
      'event.field',
      later`The event that this is about: in \`exit\` and \`goal\` the one named there, else the one that started the journey.`,
      'event.total > 1000',
    ),
    customer: meaning(
      'customer.attribute',
      later`An attribute of the customer, also where it is called like a word of the language.`,
      'customer.city == "Омск"',
    ),
  },
};

/** Checks a bare name: an attribute of the customer. */
function checkName(name: Name, context: Context): Expression | undefined {
  if (name.text === 'today') return { kind: 'today', type: 'date' };
  if (name.text === 'rfm') return checkRfm(name, undefined, context);
  if (name.text === context.item?.name) return misusedItem(context.item, name, context);
  const { attributes } = context.scope.data.customers;
  const found = attributes.find((field) => field.name === name.text);
  if (found) return value(found, name, context, (type) => ({ kind: 'attribute', type, name: found.name }));
  const event = eventNamed(name.text, context);
  if (event) return misusedEvent(event, name, context);
  // Reported as a habit of another language when it was read.
  if (/^null$/i.test(name.text)) return undefined;
  const trigger = context.item ?? context.aggregated ?? context.scope.event;
  const owner = (context.item ?? context.aggregated)?.name ?? 'event';
  if (trigger?.fields.some((field) => field.name === name.text)) {
    const help = t`Did you mean "${owner}.${name.text}"?`;
    return refuse(context, 'CRM2020', name, t`There is no customer attribute "${name.text}".`, help);
  }
  const candidates = attributes.map((field) => field.name);
  return unknown(
    context,
    'CRM2020',
    name,
    t`There is no customer attribute "${name.text}".`,
    candidates,
    t`Text stands in quotes: "${name.text}".`,
  );
}

/** Checks `customer.city`, `event.total`, `rfm.recency`, and inside an aggregate's `where` `order_paid.total`. */
function checkPath(owner: Name, name: Name, context: Context): Expression | undefined {
  const { scope, aggregated, item } = context;
  if (item?.name === owner.text) return checkField(item, name, 'item', context);
  if (aggregated?.name === owner.text) return checkField(aggregated, name, 'aggregated', context);
  if (owner.text === 'customer') return checkCustomer(name, context);
  if (owner.text === 'rfm') return checkRfm({ start: owner.start, end: name.end }, name, context);
  if (owner.text === 'event') {
    if (scope.event) return checkField(scope.event, name, 'trigger', context);
    const help = context.ranked
      ? t`All customers are ranked, most of whom the event is not about.`
      : (scope.instead ??
        t`Only a campaign that an event starts has one. For past events use an aggregate, such as last(order_paid).`);
    return refuse(context, 'CRM2027', owner, t`There is no event here that "event" could stand for.`, help);
  }
  const event = eventNamed(owner.text, context);
  if (event) return misusedEvent(event, { start: owner.start, end: name.end, text: name.text }, context);
  const owners = ['customer', ...(scope.event ? ['event'] : []), ...scope.data.events.map((each) => each.name)];
  return unknown(context, 'CRM2021', owner, t`There is no event "${owner.text}".`, owners);
}

function checkCustomer(name: Name, context: Context): Expression | undefined {
  const { attributes } = context.scope.data.customers;
  const found = attributes.find((field) => field.name === name.text);
  if (found) return value(found, name, context, (type) => ({ kind: 'attribute', type, name: found.name }));
  return unknown(
    context,
    'CRM2020',
    name,
    t`There is no customer attribute "${name.text}".`,
    attributes.map((field) => field.name),
  );
}

function checkField(
  event: Owner,
  name: Name,
  of: 'trigger' | 'aggregated' | 'item',
  context: Context,
): Expression | undefined {
  const found = fieldNamed(event, name, context);
  return found && value(found, name, context, (type) => ({ kind: 'field', type, of, name: found.name }));
}

type Owner = Pick<EventKind, 'name' | 'fields'>;

export function fieldNamed(event: Owner, name: Name, context: Context): Field | undefined {
  const found = event.fields.find((field) => field.name === name.text);
  if (!found)
    unknown(
      context,
      'CRM2022',
      name,
      t`${event.name} has no field "${name.text}".`,
      event.fields.map((field) => field.name),
    );
  return found;
}

export function eventNamed(name: string, context: Context): EventKind | undefined {
  return context.scope.data.events.find((event) => event.name === name);
}

/** Returns the field's type in expressions; reports a list, which has none. */
export function fieldType(field: Field, at: Span, context: Context): Expression['type'] | undefined {
  const type = valueType(field);
  const help = t`Ask about its items, such as: any item in event.items where item.price > 100.`;
  if (!type) refuse(context, 'CRM2028', at, t`"${field.name}" is a list, not one value.`, help);
  return type;
}

function value(
  field: Field,
  at: Span,
  context: Context,
  node: (type: Expression['type']) => Expression,
): Expression | undefined {
  const type = fieldType(field, at, context);
  return type && node(type);
}

function misusedItem(item: Owner, at: Name, context: Context): undefined {
  const field = item.fields[0]?.name;
  const help = field ? t`Ask about a field of it: ${item.name}.${field}.` : t`Its fields are not declared.`;
  return refuse(context, 'CRM2029', at, t`"${item.name}" is a whole item of a list, not one value.`, help);
}

function misusedEvent(event: EventKind, at: Name, context: Context): undefined {
  const field = event.fields.find(({ name }) => name === at.text)?.name;
  const help = field
    ? t`Ask about them with an aggregate: ${`last(${event.name}.${field})`}.`
    : t`Ask about them with an aggregate: ${`count(${event.name}) > 0`} or ${`last(${event.name})`}.`;
  const started = field && context.scope.event?.name === event.name;
  const one = started ? ` ${t`The event that started the campaign: event.${field}.`}` : '';
  const message = t`"${event.name}" names all events of a kind, not one value.`;
  return refuse(context, 'CRM2029', at, message, help + one);
}
