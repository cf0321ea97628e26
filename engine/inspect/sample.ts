import type { Field } from '../../spec/model/data.ts';
import { clockFormat } from '../../spec/words/clock.ts';

/**
 * Returns a value of each field, made from its type and name: a text is its name in brackets, so that its place in a
 * message can be seen. `now`: epoch milliseconds. `zone`: the project's, IANA.
 */
export function sampleOf(fields: Field[], now: number, zone: string): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, sampleValue(field, now, zone)]));
}

const DAY = 86_400_000;

/** Null where the project's own value is used instead: of the locale and the zone. */
function sampleValue(field: Field, now: number, zone: string): unknown {
  switch (field.type) {
    case 'integer':
      return 3;
    case 'number':
      return 2.5;
    case 'money':
      return 1990;
    case 'boolean':
      return true;
    case 'date':
      return clockFormat(zone)(now).slice(0, 10);
    case 'instant':
      return now - DAY;
    case 'email':
      return 'customer@example.com';
    case 'locale':
    case 'timezone':
      return null;
    case 'list':
      return [1, 2].map((nth) => item(field.items ?? [], { now, zone, nth }));
    default:
      return `[${field.name}]`;
  }
}

function item(
  fields: Field[],
  { now, zone, nth }: { now: number; zone: string; nth: number },
): Record<string, unknown> {
  const sample = sampleOf(fields, now, zone);
  const numbered = Object.entries(sample).map(([name, value]) => [
    name,
    typeof value === 'string' && value.startsWith('[') ? `[${name} ${nth}]` : value,
  ]);
  return Object.fromEntries(numbered);
}
