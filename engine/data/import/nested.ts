import { conceptOf } from './concepts.ts';
import { datesOf } from './dates.ts';
import type { Look } from './look.ts';

/**
 * Returns the events within the rows of a JSON file: lists of objects that have a date, as the orders within
 * customers. Each is the file once more, with a row for each item.
 */
export function nestedEvents(look: Look): Look[] {
  if (!look.json) return [];
  const outer = look.columns.filter(({ name }) => ['id', 'customer', 'email'].includes(conceptOf(name)?.name ?? ''));
  return look.columns.flatMap(({ name: each, cells }) => {
    const rows = cells.flatMap((cell, at) =>
      (Array.isArray(cell) ? cell : []).flatMap((item: unknown) =>
        typeof item === 'object' && item !== null && !Array.isArray(item) ? [{ at, item }] : [],
      ),
    );
    const keys = [...new Set(rows.flatMap(({ item }) => Object.keys(item)))];
    const inner = keys.map((key) => ({
      name: `${each}.${key}`,
      cells: rows.map(({ item }): unknown => Reflect.get(item, key)),
    }));
    const dated = inner.some(({ cells }) => {
      const texts = cells.filter((cell) => typeof cell === 'string');
      return texts.length > 0 && texts.length >= rows.length / 2 && datesOf(texts) !== undefined;
    });
    if (!dated || outer.length === 0) return [];
    const around = outer.map((column) => ({
      name: column.name,
      cells: rows.map(({ at }) => column.cells[at]),
      outer: true,
    }));
    const { path, json, writing } = look;
    return [{ path, json, writing: { ...writing, each }, columns: [...around, ...inner], rows: rows.length }];
  });
}
