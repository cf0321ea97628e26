import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import { scalarChecks } from '../../document/scalars.ts';
import { valueType } from '../../expression/scope.ts';
import { isNumeric } from '../../expression/types.ts';
import type { Field } from '../../model/data.ts';
import type { TestValue } from '../../model/test.ts';
import { kindOf, kindWords } from '../../words/kinds.ts';
import { nameHelp } from '../../words/names.ts';
import { readInstant, readOffset } from '../../words/readings.ts';
import { laterAll, t, translated } from '../../words/t.ts';
import { type Context, unknownName } from '../context.ts';
import type { Scene } from './scene.ts';

type Value = Loose<written.TestValue> | undefined;

/** Values by name, each as its field's type has it. `owner`: whose fields these are; absent: the customers' attributes. */
export function buildValues(
  values: Record<string, Value>,
  fields: Field[],
  place: Place,
  scene: Scene,
  owner?: string,
): Record<string, TestValue> {
  const entries = Object.entries(values).flatMap(([name, value]): [string, TestValue][] => {
    const field = fields.find((one) => one.name === name);
    if (!field) unknownField(name, fields, place.at(name), scene.context, owner);
    if (!field || value === undefined || scene.context.doubt.about(name)) return [];
    const built = buildValue(value, field, place.at(name), scene);
    return built === undefined ? [] : [[name, built]];
  });
  return Object.fromEntries(entries);
}

function unknownField(name: string, fields: Field[], place: Place, context: Context, owner?: string): void {
  const names = fields.map((field) => field.name);
  if (owner === undefined) {
    unknownName(context, { code: 'CRM4007', what: 'attribute', name, names, place, by: 'key' });
  } else if (!context.doubt.aboutData() && !context.doubt.about(name)) {
    context.report.error('CRM4036', place.key, t`${owner} has no field \`${name}\``, nameHelp(name, names, 'fields'));
  }
}

function buildValue(value: Exclude<Value, undefined>, field: Field, place: Place, scene: Scene): TestValue | undefined {
  if (value === null) return null;
  const { type } = field;
  if (Array.isArray(value)) {
    if (type !== 'list') return refuse(value, field, place, scene);
    const owner = t`An item of \`${field.name}\``;
    return value.map((item, index) => buildValues(item ?? {}, field.items ?? [], place.at(index), scene, owner));
  }
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value) ? value : refuse(value, field, place, scene);
    case 'number':
    case 'money': {
      const fits = typeof value === 'number' && (type === 'number' || isAmount(value));
      return fits ? value : refuse(value, field, place, scene);
    }
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse(value, field, place, scene);
    case 'list':
      return refuse(value, field, place, scene);
    case 'date':
      return isDay(value) ? value : refuse(value, field, place, scene);
    case 'instant':
      return instant(value, scene) ?? refuse(value, field, place, scene);
    default: {
      const complaint = type === 'timezone' || type === 'locale' ? scalarChecks[type]?.(String(value)) : undefined;
      return typeof value === 'string' && !complaint ? value : refuse(value, field, place, scene, complaint?.help);
    }
  }
}

/** Returns true if an amount can be stored as money: not negative, and exact to the fourth decimal. */
function isAmount(value: number): boolean {
  return value >= 0 && value < 1e11 && Number(value.toFixed(4)) === value;
}

function isDay(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && readInstant(`${value}T00:00Z`) !== undefined;
}

/** Written as an instant, or as its distance from the start. */
function instant(value: unknown, { start }: Scene): string | undefined {
  if (typeof value !== 'string') return undefined;
  const offset = readOffset(value);
  const ms = offset === undefined ? readInstant(value) : offset + (start ?? 0);
  return ms === undefined || Math.abs(ms) > 8.64e15 ? undefined : new Date(ms).toISOString();
}

const shapes: Record<Field['type'], string> = laterAll({
  string: 'Write it in quotes.',
  email: 'Write it in quotes.',
  phone: 'Write it in quotes: "+79990000000".',
  timezone: 'Write a name from the IANA database, as in `Europe/Moscow`.',
  locale: 'Write a language and, if it matters, a country: `ru`, `en-GB`.',
  country: 'Write the two letters of ISO 3166, as in `RU`.',
  integer: 'Write a whole number.',
  number: 'Write a number.',
  money: 'Write a number, not negative, with at most four decimals.',
  boolean: 'Write `true` or `false`.',
  date: 'Write a day of the calendar, as in `2026-03-31`.',
  instant: 'Write `2026-03-31T14:05:00+03:00`, or how far from the start it is, as in `-2d`.',
  list: 'Write a list of maps.',
});

function refuse(value: unknown, field: Field, place: Place, { context }: Scene, help?: string): undefined {
  // A number that is not such a number, and a text that is not such a text, is best explained by the help.
  const alike = typeof value === 'string' || (typeof value === 'number' && isNumeric(valueType(field) ?? 'string'));
  const { name, type } = field;
  const message = alike
    ? t`\`${name}\` is of type ${type}, and this is none`
    : t`\`${name}\` is of type ${type}, and this is ${kindWords(kindOf(value))}`;
  context.report.error('CRM4041', place.value, message, help ?? translated(shapes[type]));
  return undefined;
}
