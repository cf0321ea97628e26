import sql, { raw } from 'sql-template-tag';
import { toMoney } from '../messages.ts';
import { type Asked, groupOf, orderRows } from './asked.ts';

/** Sums over customers, so that those of groups add up to those of all. Money is in the project's currency. */
export interface ShopCounts {
  /** The customers who have ever ordered before the end of the time, their orders and what these were worth. */
  customers: number;
  everOrders: number;
  everRevenue: number;
  everSquares: number;
  /** The milliseconds from the first order of each until the end of the time. */
  known: number;
  /** Those who ordered within the time, their orders and what these were worth. */
  buyers: number;
  orders: number;
  revenue: number;
  /** Sums of squares and products of the buyers' orders and revenue, for intervals. */
  ordersSquares: number;
  squares: number;
  products: number;
  /** The buyers with at least two orders until the end, also from before the time. */
  repeatBuyers: number;
  /** The buyers whose first order is within the time. */
  newCustomers: number;
  /** The milliseconds between the orders of the time and the customer's order before each, and the number of those pairs. */
  gaps: number;
  pairs: number;
  /** The customers who ordered in the time of the same length before, and those of them who did not order in this one. */
  earlierBuyers: number;
  lost: number;
}

export const noCounts: ShopCounts = {
  ...{ customers: 0, everOrders: 0, everRevenue: 0, everSquares: 0, known: 0 },
  ...{ buyers: 0, orders: 0, revenue: 0, ordersSquares: 0, squares: 0, products: 0 },
  ...{ repeatBuyers: 0, newCustomers: 0, gaps: 0, pairs: 0, earlierBuyers: 0, lost: 0 },
};

export function addCounts(a: ShopCounts, b: ShopCounts): ShopCounts {
  const names = Object.keys(noCounts) as (keyof ShopCounts)[];
  const sums = Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as ShopCounts;
  return { ...sums, revenue: toMoney(sums.revenue), everRevenue: toMoney(sums.everRevenue) };
}

/** Counts customers and their orders, by the value of an attribute where that is asked for. */
export async function shopCounts(asked: Asked): Promise<Map<string | null, ShopCounts>> {
  const { db, from, to } = asked;
  const double = raw(db.dialect.types.double);
  const inside = sql`o.at >= ${from}::bigint`;
  const before = from - (to - from);
  // The gaps between one's orders add up to the time from the one before the first of them to the last.
  const rows = await db.query<{ group: string | null } & { [K in keyof ShopCounts]: number }>(sql`
    SELECT ${groupOf(asked)} AS "group", count(*) AS customers, sum(p.n) AS "everOrders", sum(p.spent) AS "everRevenue",
      sum(p.spent::${double} * p.spent::${double}) AS "everSquares", sum(${to}::bigint - p.first) AS known,
      count(*) FILTER (WHERE p.orders > 0) AS buyers, sum(p.orders) AS orders, sum(p.revenue) AS revenue,
      sum(p.orders::${double} * p.orders::${double}) AS "ordersSquares", sum(p.revenue::${double} * p.revenue::${double}) AS squares,
      sum(p.orders::${double} * p.revenue::${double}) AS products,
      count(*) FILTER (WHERE p.orders > 0 AND p.n > 1) AS "repeatBuyers",
      count(*) FILTER (WHERE p.orders > 0 AND p.earlier IS NULL) AS "newCustomers",
      coalesce(sum(p.last - coalesce(p.earlier, p.first)) FILTER (WHERE p.orders > 0), 0) AS gaps,
      coalesce(sum(p.orders - CASE WHEN p.earlier IS NULL THEN 1 ELSE 0 END) FILTER (WHERE p.orders > 0), 0) AS pairs,
      count(*) FILTER (WHERE p.previous > 0) AS "earlierBuyers",
      count(*) FILTER (WHERE p.previous > 0 AND p.orders = 0) AS lost
    FROM (
      SELECT o.customer, count(*) AS n, sum(o.worth) AS spent, min(o.at) AS first, max(o.at) AS last,
        count(*) FILTER (WHERE ${inside}) AS orders, coalesce(sum(o.worth) FILTER (WHERE ${inside}), 0) AS revenue,
        count(*) FILTER (WHERE NOT ${inside} AND o.at >= ${before}::bigint) AS previous,
        max(o.at) FILTER (WHERE NOT ${inside}) AS earlier
      FROM (${orderRows(asked)}) o GROUP BY o.customer) p
    LEFT JOIN customer c ON c.customer = p.customer GROUP BY 1`);
  return new Map(rows.map(({ group, ...counts }) => [group, addCounts(noCounts, counts)]));
}
