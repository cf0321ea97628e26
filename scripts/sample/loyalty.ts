import type { Basket, Story } from './behaviour.ts';
import type { Person } from './customers.ts';
import { random } from './random.ts';
import { DAY, END, later, moment, WINDOW } from './time.ts';

/** The tiers, and the number of the order with which each begins. */
const TIERS = [
  { tier: 'silver', order: 3 },
  { tier: 'gold', order: 6 },
  { tier: 'platinum', order: 12 },
] as const;

const WARNING = 14 * DAY;
const FEW = 100;

export interface Loyalty {
  /** Empty below the first tier. */
  tier: string;
  /** The balance; undefined for a customer who has not joined. */
  points: number | undefined;
  changes: { at: number; tier: string; previous: string }[];
  expiring: { at: number; points: number; expires_on: string }[];
}

/** Returns the row of the shop's loyalty system: a point for each twenty roubles, and some of them spent. */
export function loyalty({ row }: Person, { orders }: Story): Loyalty {
  const draw = random(`loyalty ${row.id}`);
  const reached = TIERS.filter(({ order }) => orders.length >= order);
  const changes = reached.flatMap(({ tier, order }, i) => {
    const at = later(draw, orders[order - 1]?.at ?? END, 0.02, 0.1);
    return at < END ? [{ at, tier, previous: reached[i - 1]?.tier ?? '' }] : [];
  });
  const points = draw.chance(0.9) ? Math.floor((spent(orders) / 20) * (0.2 + 0.6 * draw.next())) : undefined;
  const expiring: Loyalty['expiring'] = [];
  // Warnings are sent on Monday mornings; no customer is warned twice.
  for (let at = WINDOW - 4 * 7 * DAY + DAY / 8; at < END && expiring.length === 0; at += 7 * DAY) {
    if (points === undefined || points < FEW || !draw.chance(0.03)) continue;
    expiring.push({ at, points: Math.floor(points * (0.3 + 0.7 * draw.next())), expires_on: day(at + WARNING) });
  }
  return { tier: reached.at(-1)?.tier ?? '', points, changes, expiring };
}

export interface Referral {
  customer: string;
  at: number;
  side: 'referrer' | 'friend';
  points: number;
}

/** Returns the customers whom a friend has referred; the first order earns points for both. */
export function referrals(lives: { person: Person; acts: Story }[]): Referral[] {
  const draw = random('referrals');
  return lives.flatMap(({ person, acts }, i) => {
    const [first] = acts.orders;
    if (!first || i === 0 || !draw.chance(0.1)) return [];
    const referrer = lives[draw.whole(0, i - 1)]?.person.row.id ?? '';
    const at = later(draw, first.at, 0.1, 0.5);
    if (at >= END || first.at < person.registered) return [];
    return [
      { customer: referrer, at, side: 'referrer', points: 300 },
      { customer: person.row.id, at, side: 'friend', points: 200 },
    ];
  });
}

/** Returns the appointment (a fitting, a repair) of one customer in twenty-five in the following weeks. */
export function appointment({ row, registered, ahead }: Person): string {
  const draw = random(`appointment ${row.id}`);
  return registered < WINDOW && draw.chance(0.04) ? day(moment(draw, WINDOW + DAY, END, ahead)) : '';
}

function spent(orders: Basket[]): number {
  return orders.flatMap(({ items }) => items).reduce((sum, { price }) => sum + price, 0);
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
