import { DateTime } from 'luxon';

/** A customer of a random shop, whose rows the loops read. */
export interface Person {
  city: string | null;
  orders: { at: number; worth: number }[];
  visits: number[];
  carts: number[];
  messages: { at: number; status: string; reason: string | null; price: number; kinds: string[] }[];
}

const DAY = 86_400_000;

/** Computes the numbers of a shop by plain loops, by the words of docs/metrics.md. */
export function byLoops(people: Person[], { from, to }: { from: number; to: number }) {
  const before = from - (to - from);
  const all = people.map(({ orders }) => orders.filter(({ at }) => at < to).sort((a, b) => a.at - b.at));
  const inside = all.map((orders) => orders.filter(({ at }) => at >= from));
  const buyers = all.filter((_, i) => (inside[i]?.length ?? 0) > 0);
  const earlier = all.filter((orders) => orders.some(({ at }) => at >= before && at < from));
  const gaps = buyers.flatMap((orders) =>
    orders.flatMap(({ at }, i) => (i > 0 && at >= from ? [at - (orders[i - 1]?.at ?? 0)] : [])),
  );
  const ever = all.filter((orders) => orders.length > 0);
  const years = ever.reduce((sum, [first]) => sum + (to - (first?.at ?? to)), 0) / (365.2425 * DAY);
  const sent = people.flatMap(({ messages }) => messages).filter(({ at }) => at >= from && at < to);
  const away = sent.filter(({ status }) => status === 'sent' || status === 'unknown');
  const cost = away.reduce((sum, { price }) => sum + price, 0);
  const heard = (...kinds: string[]) => away.filter((one) => one.kinds.some((kind) => kinds.includes(kind))).length;
  const fresh = buyers.filter(([first]) => (first?.at ?? 0) >= from).length;
  const orders = inside.flat();
  return {
    shop: {
      buyers: buyers.length,
      newCustomers: fresh,
      orders: orders.length,
      revenue: money(orders),
      averageOrder: money(orders) / orders.length,
      ordersPerBuyer: orders.length / buyers.length,
      revenuePerBuyer: money(orders) / buyers.length,
      purchaseInterval: gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length / DAY,
      retention: buyers.filter((mine) => mine.length > 1).length / buyers.length,
      churn: earlier.filter((mine) => !mine.some(({ at }) => at >= from)).length / earlier.length,
      cac: cost / fresh,
      ltv: (money(ever.flat()) / ever.flat().length) * (ever.flat().length / years) * (years / ever.length),
    },
    channel: {
      sent: away.length,
      failed: sent.filter(({ status }) => status === 'failed').length,
      delivered: heard('delivered', 'opened', 'clicked', 'prefetched'),
      bounced:
        heard('bounced') + sent.filter(({ status, reason }) => status === 'failed' && reason === 'bounced').length,
      complained: heard('complained'),
      unsubscribed: heard('unsubscribed'),
      cost,
    },
  };
}

/** Counts buyers, orders and revenue by the month of the first order and the month of the order, `cohort month` → figures. */
export function cohortsByLoops(people: Person[], to: number, zone: string): Map<string, number[]> {
  const month = (at: number) => DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM');
  const cells = new Map<string, { buyers: Set<number>; orders: number; revenue: number }>();
  for (const [i, { orders }] of people.entries()) {
    const mine = orders.filter(({ at }) => at < to).sort((a, b) => a.at - b.at);
    for (const { at, worth } of mine) {
      const key = `${month(mine[0]?.at ?? 0)} ${month(at)}`;
      const cell = cells.get(key) ?? { buyers: new Set(), orders: 0, revenue: 0 };
      cells.set(key, { buyers: cell.buyers.add(i), orders: cell.orders + 1, revenue: cell.revenue + worth });
    }
  }
  return new Map([...cells].map(([key, { buyers, orders, revenue }]) => [key, [buyers.size, orders, revenue]]));
}

/** Returns how many customers visited in the time, then had a cart, then ordered, each within a time after the visit. */
export function funnelByLoops(people: Person[], { from, to }: { from: number; to: number }, within: number): number[] {
  const came = [0, 0, 0];
  for (const { visits, carts, orders } of people) {
    let furthest = -1;
    for (const start of visits.filter((at) => at >= from && at < to)) {
      furthest = Math.max(furthest, 0);
      for (const cart of carts.filter((at) => at >= start && at <= start + within)) {
        furthest = Math.max(furthest, 1);
        if (orders.some(({ at }) => at >= cart && at <= start + within)) furthest = 2;
      }
    }
    for (let step = 0; step <= furthest; step++) came[step] = (came[step] ?? 0) + 1;
  }
  return came;
}

/** Returns the scores for recency and frequency of each customer with an order in the window, by what was before an instant. */
export function scoresByLoops(people: Person[], before: number, window: number): Map<number, [number, number]> {
  const known = [...people.entries()].flatMap(([i, { orders }]) => {
    const mine = orders.filter(({ at }) => at < before && at >= before - window);
    return mine.length > 0 ? [{ i, last: Math.max(...mine.map(({ at }) => at)), n: mine.length }] : [];
  });
  const score = (mine: number, all: number[]) =>
    1 + Math.floor((5 * all.filter((one) => one < mine).length) / all.length);
  return new Map(
    known.map(({ i, last, n }): [number, [number, number]] => [
      i,
      [
        score(
          last,
          known.map((one) => one.last),
        ),
        score(
          n,
          known.map((one) => one.n),
        ),
      ],
    ]),
  );
}

/** Returns the purchases of each customer who has bought: days of the zone's calendar with orders, in weeks, and what was spent on all but the first. */
export function purchasesByLoops(people: Person[], to: number, zone: string) {
  const dayOf = (at: number) =>
    DateTime.fromMillis(at, { zone }).startOf('day').setZone('UTC', { keepLocalTime: true }).toMillis() / DAY;
  return people.flatMap(({ city, orders }, i) => {
    const id = `c${i}`;
    const mine = orders.filter(({ at }) => at < to).map(({ at, worth }) => ({ day: dayOf(at), worth }));
    const days = [...new Set(mine.map(({ day }) => day))].sort((a, b) => a - b);
    const [first = 0, last = 0] = [days[0], days.at(-1)];
    const spent = money(mine.filter(({ day }) => day > first));
    const age = (dayOf(to - 1) - first) / 7;
    return days.length > 0 ? [{ id, city, repeats: days.length - 1, last: (last - first) / 7, age, spent }] : [];
  });
}

function money(orders: { worth: number }[]): number {
  return orders.reduce((sum, { worth }) => sum + worth, 0);
}
