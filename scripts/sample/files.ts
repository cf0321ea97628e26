import { type Basket, type Story, story } from './behaviour.ts';
import { type Person, people } from './customers.ts';
import { consents, suppressions } from './permission.ts';
import { END, START, stamp } from './time.ts';

/** The sample shop's files: name → content. The same on every machine. */
export function sampleFiles(): Record<string, string> {
  const lives = people().map((person) => ({ person, told: story(person) }));
  const orders = byTime(lives.flatMap(({ person, told }) => told.orders.map((order) => ({ ...order, ...of(person) }))));
  const newcomers = lives.filter(({ person }) => person.registered >= START);
  return {
    'customers.csv': csv(lives.map(({ person, told }) => ({ ...person.row, tier: tier(told) }))),
    'registered.csv': csv(newcomers.map(({ person }) => when({ ...of(person), at: person.registered }))),
    'viewed.csv': csv(events(lives, ({ viewed }) => viewed)),
    'cart_updated.jsonl': events(lives, ({ carts }) => carts)
      .map(({ customer, at, items }) => `${JSON.stringify({ customer, at, ...sum({ items }), items })}\n`)
      .join(''),
    'order_paid.csv': csv(
      orders.map(({ customer, at, items }, i) => ({
        id: orderId(i),
        customer,
        at: stamp(at),
        ...sum({ items }),
        category: items[0]?.category ?? '',
      })),
    ),
    'order_delivered.csv': csv(
      orders
        .map(({ customer, delivered }, i) => ({ id: `${orderId(i)}-d`, customer, at: delivered }))
        .filter(({ at }) => at < END)
        .map(when),
    ),
    'consent.csv': csv(byTime(lives.flatMap(({ person }) => consents(person))).map(when)),
    'suppressions.csv': csv(byTime(lives.flatMap(({ person }) => suppressions(person))).map(when)),
  };
}

interface Life {
  person: Person;
  told: Story;
}

function events<T extends { at: number }>(lives: Life[], pick: (told: Story) => T[]) {
  return byTime(lives.flatMap(({ person, told }) => pick(told).map((event) => ({ ...of(person), ...event })))).map(
    when,
  );
}

function of({ row }: Person): { customer: string } {
  return { customer: row.id };
}

function when<T extends { at: number }>(row: T): Omit<T, 'at'> & { at: string } {
  return { ...row, at: stamp(row.at) };
}

function byTime<T extends { at: number }>(rows: T[]): T[] {
  return rows.sort((a, b) => a.at - b.at);
}

function sum({ items }: Pick<Basket, 'items'>): { total: number; items_count: number } {
  return { total: items.reduce((total, { price }) => total + price, 0), items_count: items.length };
}

function orderId(index: number): string {
  return `o${String(index + 1).padStart(5, '0')}`;
}

function tier({ orders }: Story): string {
  if (orders.length >= 12) return 'platinum';
  if (orders.length >= 6) return 'gold';
  return orders.length >= 3 ? 'silver' : '';
}

/** No cell of the sample needs quotes. */
function csv(rows: object[]): string {
  const header = Object.keys(rows[0] ?? {}).join(',');
  return [header, ...rows.map((row) => Object.values(row).join(','))].map((line) => `${line}\n`).join('');
}
