import type { Story } from './behaviour.ts';
import type { Person } from './customers.ts';
import { type Random, random } from './random.ts';
import { DAY, END, later, VIEWS_SINCE } from './time.ts';
import { type Category, GOODS } from './words.ts';

export interface Look {
  at: number;
  category: Category;
  product: string;
}

/** The other traces of a customer's story, each list in the order of time. */
export interface Attention {
  visited: { at: number }[];
  viewed: Look[];
  wished: Look[];
}

export interface Restock extends Look {
  price: number;
}

const HOUR = DAY / 24;
/** Customers who looked longer ago get no notice that something is in stock again. */
const REMEMBERED = 21 * DAY;

export function attention({ row }: Person, acts: Story): Attention {
  const draw = random(`attention ${row.id}`);
  const viewed = acts.viewed.map(({ at, category }) => ({ at, category, product: draw.pick(GOODS[category])[0] }));
  const wished = viewed
    .filter(() => draw.chance(0.12))
    .map((look) => ({ ...look, at: later(draw, look.at, 0.01, 0.1) }));
  return { visited: visits(draw, acts), viewed, wished: wished.filter(({ at }) => at < END) };
}

/** Adds a visit before everything that happens in the shop, and now and then a visit without anything else. */
function visits(draw: Random, { viewed, carts, orders }: Story): { at: number }[] {
  const busy = [...viewed, ...carts, ...orders].map(({ at }) => later(draw, at, -0.15, -0.02));
  const idle = busy.filter(() => draw.chance(0.3)).map((at) => later(draw, at, -150, 150));
  const times = [...busy, ...idle].filter((at) => at >= VIEWS_SINCE && at < END).sort((a, b) => a - b);
  return times.filter((at, i) => at - (times[i - 1] ?? 0) > HOUR).map((at) => ({ at }));
}

/** Returns the mornings at which sold-out products are back, one event for each customer who has viewed one lately. */
export function restocks(all: { customer: string; looks: Look[] }[]): (Restock & { customer: string })[] {
  return Object.entries(GOODS).flatMap(([category, goods]) =>
    goods.flatMap(([product, price]) =>
      returns(product).flatMap((back) =>
        all
          .filter(({ looks }) =>
            looks.some((look) => look.product === product && back - REMEMBERED < look.at && look.at < back),
          )
          .map(({ customer }) => ({ customer, at: back, product, price, category: category as Category })),
      ),
    ),
  );
}

/** Returns two mornings in Moscow since views are recorded. */
function returns(product: string): number[] {
  const draw = random(`stock ${product}`);
  const days = Math.floor((END - VIEWS_SINCE) / DAY);
  return [draw.whole(35, 75), draw.whole(76, days - 1)].map((day) => later(draw, VIEWS_SINCE + day * DAY, 8.5, 12));
}
