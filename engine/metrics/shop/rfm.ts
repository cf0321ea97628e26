import sql, { join, raw, type Sql } from 'sql-template-tag';
import { asOf } from '../../store/moments.ts';
import { rfmRows } from '../../store/query/scores.ts';
import { type Asked, onlyMembers, orderRows } from './asked.ts';

/** The groups of customers by their scores for recency and frequency, the best first; `none`: no order in the window of the scores. */
const rfmGroups = ['champions', 'promising', 'new', 'loyal', 'cooling', 'at-risk', 'asleep', 'none'] as const;
export type RfmGroup = (typeof rfmGroups)[number];

/** The customers with these scores, and what their orders in the window of the scores were worth. */
export interface RfmCell {
  recency: number;
  frequency: number;
  customers: number;
  revenue: number;
}

export interface RfmGroupSize {
  group: RfmGroup;
  customers: number;
  revenue: number;
}

/** The customers who were in one group at an instant and are in another, or the same, at a later one. */
export interface RfmMove {
  from: RfmGroup;
  to: RfmGroup;
  customers: number;
}

export interface RfmMoves {
  /** Epoch milliseconds; the scores are of what had happened before. */
  from: number;
  to: number;
  moves: RfmMove[];
}

/** The group of scores. Every customer with scores is in exactly one. */
export function groupOfScores(recency: number, frequency: number): RfmGroup {
  if (recency >= 4) return frequency >= 4 ? 'champions' : frequency >= 2 ? 'promising' : 'new';
  if (recency === 3) return frequency >= 3 ? 'loyal' : 'cooling';
  return frequency >= 3 ? 'at-risk' : 'asleep';
}

/** Returns the groups that have customers, the best first. */
export function rfmGroupsOf(cells: RfmCell[]): RfmGroupSize[] {
  return rfmGroups.flatMap((group) => {
    const mine = cells.filter(({ recency, frequency }) => groupOfScores(recency, frequency) === group);
    const sum = (of: 'customers' | 'revenue') => mine.reduce((all, one) => all + one[of], 0);
    return mine.length > 0 ? [{ group, customers: sum('customers'), revenue: sum('revenue') }] : [];
  });
}

/** Counts the customers by their scores at the end of the time. */
export async function rfmCells(asked: Asked): Promise<RfmCell[]> {
  const { to, orders, db } = asked;
  return db.query<{ [K in keyof RfmCell]: RfmCell[K] }>(sql`
    SELECT r.recency::integer AS recency, r.frequency::integer AS frequency, count(*) AS customers, sum(o.spent) AS revenue
    FROM (${scoredBefore(asked, to)}) r JOIN (
      SELECT o.customer, sum(o.worth) AS spent FROM (${orderRows(asked)}) o
      WHERE o.at >= ${to - orders.window}::bigint GROUP BY o.customer) o ON o.customer = r.customer
    GROUP BY 1, 2 ORDER BY 1, 2`);
}

/** Counts the customers who moved from group to group between each of the instants and the next. */
export async function rfmMoves(asked: Asked, instants: number[]): Promise<RfmMoves[]> {
  if (instants.length < 2) return [];
  const { db } = asked;
  const scored = instants.map(
    (at, nth) =>
      sql`SELECT ${nth}::integer AS nth, r.customer, ${groupInSql} AS place FROM (${scoredBefore(asked, at)}) r`,
  );
  const none = sql`'none'::${raw(db.dialect.types.text)}`;
  const rows = await db.query<{ nth: number; from: RfmGroup; to: RfmGroup; customers: number }>(sql`
    WITH s AS MATERIALIZED (${join(scored, ' UNION ALL ')})
    SELECT coalesce(a.nth, b.nth - 1) AS nth, coalesce(a.place, ${none}) AS "from", coalesce(b.place, ${none}) AS "to", count(*) AS customers
    FROM (SELECT * FROM s WHERE nth < ${instants.length - 1}::integer) a
    FULL JOIN (SELECT nth - 1 AS before, nth, customer, place FROM s WHERE nth > 0) b ON b.before = a.nth AND b.customer = a.customer
    GROUP BY 1, 2, 3`);
  const order = ({ from, to }: RfmMove) => rfmGroups.indexOf(from) * rfmGroups.length + rfmGroups.indexOf(to);
  return instants.slice(1).map((to, i) => {
    const mine = rows.filter(({ nth }) => nth === i).map(({ nth: _, ...move }): RfmMove => move);
    return { from: instants[i] ?? to, to, moves: mine.sort((a, b) => order(a) - order(b)) };
  });
}

/** Selects the scores of the customers by what had happened before an instant: among all customers, whoever is counted. */
function scoredBefore(asked: Asked, at: number): Sql {
  const { db, program, orders } = asked;
  const all = rfmRows(orders, { dialect: db.dialect, program, moments: asOf(at - 1) });
  return sql`SELECT s.* FROM (${all}) s WHERE TRUE${onlyMembers(asked, sql`s.customer`)}`;
}

/** The same as `groupOfScores`. */
const groupInSql = sql`CASE
  WHEN r.recency >= 4 THEN CASE WHEN r.frequency >= 4 THEN 'champions' WHEN r.frequency >= 2 THEN 'promising' ELSE 'new' END
  WHEN r.recency = 3 THEN CASE WHEN r.frequency >= 3 THEN 'loyal' ELSE 'cooling' END
  ELSE CASE WHEN r.frequency >= 3 THEN 'at-risk' ELSE 'asleep' END END`;
