import { type Attention, attention, restocks } from './attention.ts';
import { type Basket, type Story, story } from './behaviour.ts';
import { type Person, people } from './customers.ts';
import { appointment, type Loyalty, loyalty, referrals } from './loyalty.ts';
import { interests, reviews } from './opinions.ts';
import { consents, suppressions } from './permission.ts';
import { byTime, csv, jsonLines, when } from './tables.ts';
import { END, START, stamp } from './time.ts';
import { FREE_DELIVERY_FROM, REFILLS } from './words.ts';

interface Life {
  person: Person;
  acts: Story;
  noticed: Attention;
  member: Loyalty;
}

/** Returns the sample shop's files: name → content. The same on every machine. */
export function sampleFiles(): Record<string, string> {
  const lives = people().map(lifeOf);
  const orders = byTime(lives.flatMap(({ person, acts }) => acts.orders.map((order) => ({ ...of(person), ...order }))));
  const newcomers = lives.filter(({ person }) => person.registered >= START);
  const looks = lives.map(({ person, noticed }) => ({ ...of(person), looks: noticed.viewed }));
  return {
    'customers.csv': csv(lives.map(customer)),
    'registered.csv': csv(newcomers.map(({ person }) => when({ ...of(person), at: person.registered }))),
    'visited.csv': csv(events(lives, ({ noticed }) => noticed.visited)),
    'viewed.csv': csv(events(lives, ({ noticed }) => noticed.viewed)),
    'wished.csv': csv(events(lives, ({ noticed }) => noticed.wished)),
    'back_in_stock.csv': csv(byTime(restocks(looks)).map(when)),
    'cart_updated.jsonl': jsonLines(events(lives, ({ acts }) => acts.carts).map(cart)),
    'order_paid.csv': csv(
      orders.map(({ customer, at, items }, i) => ({
        id: orderId(i),
        customer,
        at: stamp(at),
        ...sum(items),
        category: items[0]?.category ?? '',
        ...refill(items),
      })),
    ),
    'order_delivered.csv': csv(
      orders
        .map(({ customer, delivered }, i) => ({ id: `${orderId(i)}-d`, customer, at: delivered }))
        .filter(({ at }) => at < END)
        .map(when),
    ),
    'review_written.csv': csv(events(lives, ({ person, acts }) => reviews(person, acts))),
    'tier_changed.csv': csv(events(lives, ({ member }) => member.changes)),
    'points_expiring.csv': csv(events(lives, ({ member }) => member.expiring)),
    'referral_completed.csv': csv(byTime(referrals(lives)).map(when)),
    'consent.csv': csv(byTime(lives.flatMap(({ person }) => consents(person))).map(when)),
    'suppressions.csv': csv(byTime(lives.flatMap(({ person }) => suppressions(person))).map(when)),
  };
}

function lifeOf(person: Person): Life {
  const acts = story(person);
  return { person, acts, noticed: attention(person, acts), member: loyalty(person, acts) };
}

function customer({ person, member: { tier, points } }: Life): object {
  return { ...person.row, tier, points: points ?? '', interests: interests(person), appointment: appointment(person) };
}

function events<T extends { at: number }>(lives: Life[], pick: (life: Life) => T[]) {
  return byTime(lives.flatMap((life) => pick(life).map((event) => ({ ...of(life.person), ...event })))).map(when);
}

function of({ row }: Person): { customer: string } {
  return { customer: row.id };
}

function cart({ customer, at, items }: { customer: string; at: string; items: Basket['items'] }): object {
  const { total, items_count } = sum(items);
  const missing = items_count > 0 ? { to_free_delivery: Math.max(FREE_DELIVERY_FROM - total, 0) } : {};
  return { customer, at, total, ...missing, items_count, items };
}

function sum(items: Basket['items']): { total: number; items_count: number } {
  return { total: items.reduce((total, { price }) => total + price, 0), items_count: items.length };
}

/** Returns the first consumable product in the basket. */
function refill(items: Basket['items']): { refill: string; refill_days: number | '' } {
  const name = items.find((item) => REFILLS[item.name] !== undefined)?.name ?? '';
  return { refill: name, refill_days: REFILLS[name] ?? '' };
}

function orderId(index: number): string {
  return `o${String(index + 1).padStart(5, '0')}`;
}
