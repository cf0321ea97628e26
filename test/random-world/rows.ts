import type { Population, World } from '../random-world.ts';

/** A row of a file of events. */
export interface Row {
  kind: 'cart_updated' | 'order_paid';
  id: string;
  /** The shop's id of the customer. */
  who: string;
  at: number;
  total: number | undefined;
  /** The number of the file. */
  source: number;
  /** Its line in the file: a row that is read later has a higher one. */
  line: number;
}

/** The rows that are read at the beginning, or those that are read late. */
export function rowsOf({ populations }: World, late: boolean): Row[] {
  return populations.flatMap((population) => rowsOfPopulation(population, late));
}

function rowsOfPopulation({ name, carts, orders, late: after, copies, corrections }: Population, late: boolean): Row[] {
  const shift = late ? 1_000 : 0;
  const files = [
    { word: 'cart' as const, kind: 'cart_updated' as const, list: carts, after: after.carts },
    { word: 'order' as const, kind: 'order_paid' as const, list: orders, after: after.orders },
  ];
  return files.flatMap(({ word, kind, list, after }) => {
    const row = (index: number, source: number, line: number, other: Partial<Row> = {}): Row[] => {
      const event = list[index];
      if (!event) return [];
      const { customer: who, at, total } = event;
      return [{ kind, id: `${word}-${name}${index}`, who, at, total, source, line: line + shift, ...other }];
    };
    const first = list.flatMap((_, i) => (i < after === late ? row(i, 1, i) : []));
    const others = copies.flatMap((copy, i) => {
      if (copy.kind !== word || copy.late !== late) return [];
      const { customer, total, later } = copy;
      const event = list[copy.index];
      return row(copy.index, copy.source, 50 + i, {
        ...(customer !== undefined && { who: customer }),
        ...(total !== undefined && { total }),
        ...(event && { at: event.at + later }),
      });
    });
    const corrected = corrections.flatMap(({ kind: of, index, total, later }, i) =>
      late && of === word && index >= after
        ? row(index, 1, 100 + i, { total, at: (list[index]?.at ?? 0) + later })
        : [],
    );
    return [...first, ...others, ...corrected];
  });
}
