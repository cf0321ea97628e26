import type { Field } from '../../../spec/model/data.ts';
import { type Hints, understand } from './columns.ts';

/** The fields that the items of a list have, by their own keys: a list cannot rename them. */
export function listItems(items: unknown[], hints: Hints): Field[] {
  const keys = new Set(items.flatMap((item) => (typeof item === 'object' && item !== null ? Object.keys(item) : [])));
  return [...keys].flatMap((name): Field[] => {
    // A list does not rename its keys.
    if (!/^[A-Za-z_]\w{0,47}$/.test(name)) return [];
    const cells = items.map((item) =>
      typeof item === 'object' && item !== null ? Reflect.get(item, name) : undefined,
    );
    if (cells.some((cell) => typeof cell === 'object' && cell !== null)) return [];
    const { type, writing } = understand({ name, cells }, hints);
    return [{ name, type: Object.keys(writing).length > 0 ? 'string' : type, pii: false }];
  });
}
