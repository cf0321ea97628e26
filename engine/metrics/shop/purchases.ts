import sql, { type Sql } from 'sql-template-tag';
import { localDay } from '../local-day.ts';
import type { Purchases } from '../stats/bg-nbd.ts';
import { type Asked, groupOf, orderRows } from './asked.ts';

/** The unit of time of the models, in days. */
export const WEEK = 7;

/** Customers who have bought alike: `repeats`, `last` and `age` in weeks, and what they have spent on their repeats together. */
export interface Buyers extends Purchases {
  group: string | null;
  customers: number;
  spent: number;
}

/** A customer who has bought again: the purchases after the first one, and what they were worth together, above 0. */
export interface Spender {
  repeats: number;
  spent: number;
}

/**
 * Selects the customers who have bought (customer, repeats, last, age, spent). A purchase is a day of the project's calendar with orders; the first one
 * is no repeat. Times are in days, and the last day is that of the last instant before the end.
 */
async function buyerRows(asked: Asked, timezone: string): Promise<Sql | undefined> {
  const { db, to } = asked;
  const [oldest] = await db.query<{ at: number | null }>(sql`SELECT min(o.at) AS "at" FROM (${orderRows(asked)}) o`);
  if (typeof oldest?.at !== 'number') return undefined;
  const day = localDay(db, timezone, sql`o.at`, { from: oldest.at, to });
  const end = localDay(db, timezone, sql`${to - 1}::bigint`, { from: oldest.at, to });
  return sql`
    SELECT d.customer, count(*) - 1 AS repeats, max(d."day") - min(d."day") AS last, ${end} - min(d."day") AS age,
      coalesce(sum(d.worth) FILTER (WHERE d."day" > d.first), 0) AS spent
    FROM (SELECT o.*, min(o."day") OVER (PARTITION BY o.customer) AS first FROM (
      SELECT o.customer, ${day} AS "day", sum(o.worth) AS worth FROM (${orderRows(asked)}) o GROUP BY 1, 2) o) d
    GROUP BY d.customer`;
}

/** Counts the customers who have bought alike, by the value of an attribute where that is asked for. */
export async function alikeBuyers(asked: Asked, timezone: string): Promise<Buyers[]> {
  const rows = await buyerRows(asked, timezone);
  if (!rows) return [];
  const found = await asked.db.query<{ [K in keyof Buyers]-?: Buyers[K] }>(sql`
    SELECT ${groupOf(asked)} AS "group", p.repeats, p.last, p.age, count(*) AS customers, sum(p.spent) AS spent
    FROM (${rows}) p LEFT JOIN customer c ON c.customer = p.customer GROUP BY 1, 2, 3, 4 ORDER BY 2, 3, 4, 1`);
  return found.map((one) => ({ ...one, last: one.last / WEEK, age: one.age / WEEK }));
}

/** Reads what the customers whom the models are fitted to have done: all, or as many as `most`, drawn by their ids. */
export async function fittedBuyers(
  asked: Asked,
  timezone: string,
  most: number,
): Promise<{ purchases: Purchases[]; spenders: Spender[]; customers: number }> {
  const { members: _, by: __, ...all } = asked;
  const { db } = asked;
  const rows = await buyerRows(all, timezone);
  if (!rows) return { purchases: [], spenders: [], customers: 0 };
  const drawn = db.dialect.bucket(sql`('fit/' || c.id)`);
  const chosen = sql`
    SELECT p.* FROM (${rows}) p JOIN customer c ON c.customer = p.customer
    ORDER BY ${drawn}, p.customer LIMIT ${most}::bigint`;
  const found = await db.query<{ repeats: number; last: number; age: number; spent: number }>(sql`
    SELECT p.repeats, p.last, p.age, p.spent FROM (${chosen}) p ORDER BY 1, 2, 3, 4`);
  const alike = Map.groupBy(found, ({ repeats, last, age }) => `${repeats} ${last} ${age}`);
  return {
    customers: found.length,
    purchases: [...alike.values()].flatMap(([one, ...more]) =>
      one ? [{ repeats: one.repeats, last: one.last / WEEK, age: one.age / WEEK, customers: more.length + 1 }] : [],
    ),
    spenders: found.filter(({ repeats, spent }) => repeats > 0 && spent > 0),
  };
}

/** Reads what each customer has done, with the shop's own id, page by page in the order in which customers became known. It names customers, so it is never part of a report. */
export async function tellBuyers(
  asked: Asked,
  timezone: string,
  tell: (buyers: ({ id: string; spent: number } & Purchases)[]) => void,
  most = 200_000,
): Promise<void> {
  const rows = await buyerRows(asked, timezone);
  if (!rows) return;
  for (let after = 0; ; ) {
    const found = await asked.db.query<
      { customer: number; id: string; spent: number } & Record<keyof Purchases, number>
    >(sql`
      SELECT p.customer, c.id, p.repeats, p.last, p.age, p.spent FROM (${rows}) p JOIN customer c ON c.customer = p.customer
      WHERE p.customer > ${after}::bigint ORDER BY p.customer LIMIT ${most}::bigint`);
    tell(
      found.map(({ customer: _, ...one }) => ({ ...one, customers: 1, last: one.last / WEEK, age: one.age / WEEK })),
    );
    if (found.length < most) return;
    after = found.at(-1)?.customer ?? after;
  }
}
