import type { Field } from '../../../spec/model/data.ts';
import type { TestValue } from '../../../spec/model/test.ts';
import { converter } from '../../data/files/convert/convert.ts';
import { isTrouble } from '../../data/files/convert/converter.ts';
import { localClock } from '../../data/files/convert/local-clock.ts';
import type { Value } from '../../store/database.ts';

/** Makes a value as production's reader of files would store it: an address that is none is missing. */
export function storing(timezone: string): (field: Field, value: TestValue) => Value {
  const options = { clock: localClock(timezone), unknown: () => {} };
  const known = new Map<Field, ReturnType<typeof converter>>();
  return (field, value) => {
    const convert = known.get(field) ?? converter(field, options);
    known.set(field, convert);
    const stored = convert(value);
    return isTrouble(stored) ? null : stored;
  };
}

/** A stored value as a test writes it. */
export function written(field: Field, stored: unknown): TestValue {
  if (stored === null || stored === undefined) return null;
  if (field.type === 'instant') return new Date(Number(stored)).toISOString();
  if (field.type !== 'list') return stored as TestValue;
  const items = JSON.parse(String(stored)) as Record<string, unknown>[];
  return items.map((item) =>
    Object.fromEntries(
      (field.items ?? [])
        .filter(({ name }) => name in item)
        .map((inner) => [inner.name, written(inner, item[inner.name])]),
    ),
  );
}
