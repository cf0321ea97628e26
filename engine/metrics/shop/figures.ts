import { meanInterval, shareInterval } from '../stats/intervals.ts';
import { pairsOf, ratioSample } from '../stats/pairs.ts';
import { type Estimate, type Sample, sampleOf } from '../stats/sample.ts';
import type { ShopCounts } from './counts.ts';

const DAY = 86_400_000;
/** The mean year of the calendar, in milliseconds. */
export const YEAR = 365.2425 * DAY;

/** A mean with the ends of its interval, which are null where one customer, or customers who are all the same, say nothing of others. */
export interface Mean {
  estimate: number;
  low: number | null;
  high: number | null;
}

/** The numbers of the shop, by the formulas of docs/metrics.md. Null: nothing to compute it of. */
export interface ShopFigures {
  buyers: number;
  newCustomers: number;
  orders: number;
  revenue: number;
  /** Revenue ÷ orders. */
  averageOrder: Mean | null;
  ordersPerBuyer: Mean | null;
  revenuePerBuyer: Mean | null;
  /** The mean time between an order and the customer's one before, days. */
  purchaseInterval: number | null;
  repeatBuyers: number;
  /** Repeat buyers ÷ buyers. */
  retention: Estimate | null;
  earlierBuyers: number;
  lost: number;
  /** Lost ÷ earlier buyers. */
  churn: Estimate | null;
  /** The cost of the messages to them. */
  messageCost: number;
  /** Cost of messages ÷ new customers. */
  cac: number | null;
  ltv: Ltv | null;
}

/** The historic value of a customer: average order × orders a year × years, of all customers who have ever ordered. */
export interface Ltv {
  customers: number;
  averageOrder: number;
  /** The value of one customer; null where the first orders are at the end of the time. */
  ordersAYear: number | null;
  /** The mean time since the first order. */
  years: number;
  value: Mean;
}

export function shopFigures(counts: ShopCounts, messageCost: number): ShopFigures {
  const { buyers, newCustomers, orders, revenue, repeatBuyers, earlierBuyers, lost } = counts;
  const ofOrders = pairsOf({
    n: buyers,
    ...{ sum: revenue, squares: counts.squares, secondSum: orders, secondSquares: counts.ordersSquares },
    products: counts.products,
  });
  const averageOrder = ratioSample(ofOrders);
  return {
    ...{ buyers, newCustomers, orders, revenue },
    averageOrder: averageOrder ? meanOf(averageOrder) : null,
    ordersPerBuyer: buyers > 0 ? meanOf(ofOrders.second) : null,
    revenuePerBuyer: buyers > 0 ? meanOf(ofOrders.first) : null,
    purchaseInterval: counts.pairs > 0 ? counts.gaps / counts.pairs / DAY : null,
    repeatBuyers,
    retention: shareInterval({ hits: repeatBuyers, n: buyers }) ?? null,
    earlierBuyers,
    lost,
    churn: shareInterval({ hits: lost, n: earlierBuyers }) ?? null,
    messageCost,
    cac: newCustomers > 0 ? messageCost / newCustomers : null,
    ltv: ltvOf(counts),
  };
}

function ltvOf({ customers, everOrders, everRevenue, everSquares, known }: ShopCounts): Ltv | null {
  if (customers === 0) return null;
  const years = known / YEAR;
  return {
    customers,
    averageOrder: everRevenue / everOrders,
    ordersAYear: years > 0 ? everOrders / years : null,
    years: years / customers,
    value: meanOf(sampleOf(customers, everRevenue, everSquares)),
  };
}

function meanOf(sample: Sample): Mean {
  const found = meanInterval(sample);
  return { estimate: sample.mean, low: found?.low ?? null, high: found?.high ?? null };
}
