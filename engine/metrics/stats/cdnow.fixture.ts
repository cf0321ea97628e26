import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import type { Purchases } from './bg-nbd.ts';
import type { Spending } from './gamma-gamma.ts';

// The customers whose parameters are published: 2,357 of the 23,570 of CDNOW who began in the first quarter of 1997, until the end of September.

const file = (name: string) => fileURLToPath(new URL(`../../../../shared/data/cdnow/${name}`, import.meta.url));
const [summary, master] = [file('cdnow_customers_summary.csv'), file('CDNOW_master.txt')];

export const absent = !existsSync(summary) || !existsSync(master);

/** The ids in the whole file of the sample's customers who cannot be identified by their purchases. */
const drawn = new Set(
  `
  314 341 489 760 1035 1283 1322 1343 1377 1596 1627 2202 2272 2563 2871 3011 3341 3669 3805 3819 4090 4461 4718 4854 4875 4982 5072 5719
  6094 6381 6559 6729 6918 6999 7162 7375 7517 5722 8450 8699 8700 8881 4113 7333 9005 8981 9479 9825 9848 7273 9759 10497 11332 11379 11445
  11759 11789 12024 12125 12161 12248 12324 12432 12658 12962 13093 12853 13150 13242 13375 13314 13504 13710 13802 13938 14021 14206 14314
  14503 14673 14694 15061 15142 4635 13108 13736 15350 15477 15750 15765 13177 15827 15861 15930 15867 16217 16810 16948 14750 17079 17172
  17344 17530 17570 17575 17676 16580 17903 18038 18069 13280 18360 18640 18711 18771 18935 18950 19105 17913 19207 19237 19392 19430 19443
  19467 18055 19751 19885 19894 20462 20768 20840 20967 20980 20994 21004 21181 21296 21387 21853 21883 21969 22033 22120 22165 22922 23136
  23164 23168 23177 23204 21871 23466 23485 23551
  `
    .trim()
    .split(/\s+/)
    .map(Number),
);

const day = 86_400_000;
/** The last day of the time that the parameters are of. */
export const end = Date.UTC(1997, 8, 30);

/** Returns the purchases of each customer of the sample; time is in weeks. */
export function purchases(): Purchases[] {
  const rows: Record<'frequency' | 'recency' | 'T', string>[] = parse(readFileSync(summary), { columns: true });
  return rows.map(({ frequency, recency, T }) => ({
    repeats: Number(frequency),
    last: Number(recency),
    age: Number(T),
  }));
}

/** The purchases of a customer: what was spent on each day, epoch milliseconds. */
export interface Customer {
  id: number;
  days: Map<number, number>;
}

/** Returns all customers of the whole file. */
export function everybody(): Customer[] {
  return [...spentByDay()].map(([id, days]): Customer => ({ id, days }));
}

/** Returns a customer of the whole file for each of the sample, with the same purchases until `end`, and for those who bought again the same spending. */
export function customers(): Customer[] {
  const alike = Map.groupBy(everybody(), ({ days }) => {
    const at = [...days.keys()].filter((day) => day <= end).sort((a, b) => a - b);
    const first = at[0] ?? end;
    return keyOf(at.length - 1, ((at.at(-1) ?? first) - first) / day / 7, (end - first) / day / 7);
  });
  const left = new Set(drawn);
  return purchases().flatMap(({ repeats, last, age }) => {
    const candidates = alike.get(keyOf(repeats, last, age)) ?? [];
    // Customers without a repeat have spent nothing on repeats.
    if (repeats === 0) return candidates.splice(0, 1);
    const found = candidates.length === 1 ? candidates[0] : candidates.find(({ id }) => left.delete(id));
    return found ? [found] : [];
  });
}

/** Returns the mean value of the repeat purchases of each customer of the sample who bought again. */
export function spending(): Spending[] {
  return customers().flatMap(({ days }) => {
    const [, ...later] = [...days.keys()].filter((day) => day <= end).sort((a, b) => a - b);
    const total = later.reduce((sum, at) => sum + (days.get(at) ?? 0), 0);
    return later.length > 0 ? [{ purchases: later.length, mean: total / later.length }] : [];
  });
}

function keyOf(...values: number[]): string {
  return values.map((value) => value.toFixed(2)).join(' ');
}

function spentByDay(): Map<number, Map<number, number>> {
  const found = new Map<number, Map<number, number>>();
  for (const line of readFileSync(master, 'utf8').split('\n')) {
    const [id, date = '', , value] = line.trim().split(/\s+/);
    const at = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)));
    if (!(Number(id) > 0)) continue;
    const days = found.get(Number(id)) ?? new Map<number, number>();
    found.set(Number(id), days.set(at, (days.get(at) ?? 0) + Number(value)));
  }
  return found;
}
