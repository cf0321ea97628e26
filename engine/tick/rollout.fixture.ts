import { bucket } from '../../test/bucket.ts';
import { begin } from '../../test/drive.ts';
import { events, people } from '../../test/world.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';

export const start = Date.UTC(2026, 2, 2, 10);
export const everybody = Array.from({ length: 40 }, (_, i) => `c${i}`);

/** Returns the customers whom a stage of the campaign `cart` with this share lets in. */
export const below = (share: number) => everybody.filter((id) => bucket(`rollout/cart/${id}`) < share);

/** Applies a program to an empty store that has the customers. */
export async function shopOf(open: () => Promise<Database>, program: Program): Promise<Database> {
  const db = await begin(open, program, start);
  await people(
    db,
    everybody.map((id) => ({ id })),
  );
  return db;
}

/** Has these customers change the cart at an instant. */
export function changeCarts(db: Database, at: number, ids = everybody): Promise<void> {
  return events(
    db,
    'cart_updated',
    ids.map((customer) => ({ customer, at })),
  );
}
