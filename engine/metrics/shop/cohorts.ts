import sql, { type Sql } from 'sql-template-tag';
import { localDay } from '../local-day.ts';
import { shareInterval } from '../stats/intervals.ts';
import type { Estimate } from '../stats/sample.ts';
import { type Asked, orderRows } from './asked.ts';

/** The customers whose first order was in a month of the project's calendar, and their orders in a month. */
export interface CohortCell {
  /** `YYYY-MM` */
  cohort: string;
  /** `YYYY-MM` */
  month: string;
  buyers: number;
  orders: number;
  revenue: number;
}

export interface Cohort {
  month: string;
  customers: number;
  /** One for each month since the first order, which is 0; the last may not be over. */
  months: { since: number; buyers: number; retention: Estimate | null; orders: number; revenue: number }[];
}

export interface Month {
  month: string;
  buyers: number;
  newCustomers: number;
  orders: number;
  revenue: number;
}

/** Counts the orders before the end of the time by the month of the customer's first order and by their own, in order. */
export async function cohortCells(asked: Asked, timezone: string): Promise<CohortCell[]> {
  const { db, to } = asked;
  const [oldest] = await db.query<{ at: number | null }>(sql`SELECT min(o.at) AS "at" FROM (${orderRows(asked)}) o`);
  if (typeof oldest?.at !== 'number') return [];
  const day = localDay(db, timezone, sql`o.at`, { from: oldest.at, to });
  const month = monthOf(db.dialect.msToDate(sql`(${day} * 86400000::bigint)`));
  const rows = await db.query<{ cohort: number; month: number } & Record<'buyers' | 'orders' | 'revenue', number>>(sql`
    WITH o AS (SELECT o.customer, o.worth, ${month} AS "month" FROM (${orderRows(asked)}) o),
      f AS (SELECT customer, min("month") AS cohort FROM o GROUP BY customer)
    SELECT f.cohort, o."month", count(DISTINCT o.customer) AS buyers, count(*) AS orders, sum(o.worth) AS revenue
    FROM o JOIN f ON f.customer = o.customer GROUP BY 1, 2 ORDER BY 1, 2`);
  return rows.map(({ cohort, month: own, ...counts }) => ({
    cohort: monthText(cohort),
    month: monthText(own),
    ...counts,
  }));
}

/** Returns the months of the calendar since year 0. */
function monthOf(date: Sql): Sql {
  return sql`(extract(year FROM ${date}) * 12 + extract(month FROM ${date}) - 1)::integer`;
}

/** Returns a month as `YYYY-MM`. */
function monthText(months: number): string {
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** Returns `YYYY-MM` as the months since year 0. */
function monthNumber(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1;
}

/** Returns the cohorts of the months from `first` (`YYYY-MM`) to `last`, each with all its months. */
export function cohortsOf(cells: CohortCell[], first: string, last: string): Cohort[] {
  const mine = cells.filter(({ cohort }) => cohort >= first);
  return [...Map.groupBy(mine, ({ cohort }) => cohort)].map(([month, list]) => {
    const customers = list[0]?.buyers ?? 0;
    const began = monthNumber(month);
    const months = Array.from({ length: monthNumber(last) - began + 1 }, (_, since) => {
      const cell = list.find((one) => monthNumber(one.month) === began + since);
      const buyers = cell?.buyers ?? 0;
      const retention = shareInterval({ hits: buyers, n: customers }) ?? null;
      return { since, buyers, retention, orders: cell?.orders ?? 0, revenue: cell?.revenue ?? 0 };
    });
    return { month, customers, months };
  });
}

/** The customers of all cohorts together who ordered in a month since their first order. */
export interface RetentionPoint {
  since: number;
  /** Those of the cohorts for which that month is known. */
  customers: number;
  buyers: number;
  share: Estimate;
}

/** Returns the retention of all cohorts by months since the first order, without the last month of the time, which may not be over. */
export function retentionOf(cohorts: Cohort[]): RetentionPoint[] {
  const longest = Math.max(0, ...cohorts.map(({ months }) => months.length - 1));
  return Array.from({ length: longest }, (_, since) => since).flatMap((since) => {
    const known = cohorts.filter(({ months }) => since < months.length - 1);
    const customers = known.reduce((sum, one) => sum + one.customers, 0);
    const buyers = known.reduce((sum, { months }) => sum + (months[since]?.buyers ?? 0), 0);
    const share = shareInterval({ hits: buyers, n: customers });
    return share ? [{ since, customers, buyers, share }] : [];
  });
}

/** Returns the months from `first` to `last`, also those without an order. */
export function monthsOf(cells: CohortCell[], first: string, last: string): Month[] {
  const began = monthNumber(first);
  return Array.from({ length: monthNumber(last) - began + 1 }, (_, i) => {
    const month = monthText(began + i);
    const mine = cells.filter((cell) => cell.month === month);
    const sum = (of: 'buyers' | 'orders' | 'revenue') => mine.reduce((all, cell) => all + cell[of], 0);
    const newCustomers = mine.find(({ cohort }) => cohort === month)?.buyers ?? 0;
    return { month, buyers: sum('buyers'), newCustomers, orders: sum('orders'), revenue: sum('revenue') };
  });
}
