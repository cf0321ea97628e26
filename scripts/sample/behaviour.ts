import type { Person } from './customers.ts';
import { type Random, random } from './random.ts';
import { DAY, END, later, moment, START, VIEWS_SINCE } from './time.ts';
import { type Category, GOODS } from './words.ts';

export interface Item {
  name: string;
  price: number;
  category: Category;
}

export interface Basket {
  at: number;
  items: Item[];
}

/** The acts of one customer, each list in the order of time; instants are epoch milliseconds. */
export interface Story {
  viewed: { at: number; category: Category }[];
  carts: Basket[];
  orders: (Basket & { delivered: number })[];
}

/** The shop has recorded what people put into carts only since then. */
const CARTS_SINCE = Date.parse('2026-02-01T00:00:00+03:00');
const MONTH = 30 * DAY;

export function story({ row, registered, ahead }: Person): Story {
  const draw = random(`story ${row.id}`);
  const from = Math.max(registered, START);
  const until = leaves(draw, from);
  const favourite = draw.weighted<Category>([
    ['clothes', 40],
    ['gadgets', 20],
    ['kids', 22],
    ['care', 18],
  ]);
  const acts: Story = { viewed: [], carts: [], orders: [] };

  const purchase = (at: number): void => {
    if (at >= END) return;
    const basket = { at, items: items(draw, favourite) };
    acts.orders.push({ ...basket, delivered: later(draw, at, 30, 150) });
    if (draw.chance(0.55)) fill(draw, acts, { ...basket, at: later(draw, at, -3.5, -0.1) }, registered);
  };
  const months = (until - from) / MONTH;
  const times = (monthly: number) => Math.floor(monthly * months + draw.next());

  const buys = draw.chance(0.78) ? Math.min(0.17 / (1 - draw.next()), 5) : 0;
  if (registered >= START && draw.chance(0.25)) purchase(later(draw, registered, 0.3, 140));
  for (let left = times(buys); left > 0; left--) purchase(moment(draw, from, until, ahead));
  for (let left = times(0.1 + 0.5 * buys); left > 0; left--) {
    const at = moment(draw, from, until, ahead);
    fill(draw, acts, { at, items: items(draw, favourite) }, registered);
    if (draw.chance(0.1)) record(acts, { at: later(draw, at, 0.1, 3), items: [] });
  }
  for (let left = times(0.5 + 0.6 * buys); left > 0; left--) {
    look(acts, moment(draw, from, until, ahead), category(draw, favourite));
  }
  return inOrder(acts);
}

/** Returns the day on which a customer loses interest, which four in ten do. */
function leaves(draw: Random, from: number): number {
  return draw.chance(0.4) ? from + DAY + draw.next() * Math.max(END - from - DAY, 0) : END;
}

/** Adds a view of the goods, and then the cart with some of them; now and then first with only one. */
function fill(draw: Random, acts: Story, basket: Basket, registered: number): void {
  const [first] = basket.items;
  const before = later(draw, basket.at, -0.4, -0.05);
  if (!first || before < registered) return;
  look(acts, before - 60_000, first.category);
  if (basket.items.length > 1 && draw.chance(0.4)) record(acts, { at: before, items: [first] });
  record(acts, basket);
}

function record(acts: Story, basket: Basket): void {
  if (basket.at >= CARTS_SINCE && basket.at < END) acts.carts.push(basket);
}

function look(acts: Story, at: number, category: Category): void {
  if (at >= VIEWS_SINCE && at < END) acts.viewed.push({ at, category });
}

function category(draw: Random, favourite: Category): Category {
  return draw.chance(0.7) ? favourite : draw.pick(['clothes', 'gadgets', 'kids', 'care']);
}

function items(draw: Random, favourite: Category): Item[] {
  const count = draw.weighted([
    [1, 50],
    [2, 30],
    [3, 14],
    [4, 6],
  ]);
  return Array.from({ length: count }, () => {
    const kind = category(draw, favourite);
    const [name, price] = draw.pick(GOODS[kind]);
    return { name, price, category: kind };
  });
}

function inOrder(acts: Story): Story {
  for (const list of [acts.viewed, acts.carts, acts.orders]) list.sort((a, b) => a.at - b.at);
  return acts;
}
