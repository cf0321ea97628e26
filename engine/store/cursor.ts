import sql from 'sql-template-tag';
import type { Database } from './database.ts';

/** Returns the instant from which on something counts that is done at `at`: after the last tick, which may be ahead of the clock; epoch milliseconds. */
export function afterTick(at: number, lastTick = 0): number {
  return Math.max(at, lastTick + 1);
}

/** The progress of something: an instant (epoch milliseconds); undefined where it has not begun. */
export async function readCursor(db: Database, name: string): Promise<number | undefined> {
  const [row] = await db.query<{ value: number }>(sql`SELECT value FROM cursor WHERE name = ${name}`);
  return row?.value;
}

export async function moveCursor(db: Database, name: string, value: number): Promise<void> {
  const moved = await db.run(sql`UPDATE cursor SET value = ${value}::bigint WHERE name = ${name}`);
  if (moved === 0) await db.run(sql`INSERT INTO cursor (name, value) VALUES (${name}, ${value}::bigint)`);
}

export async function readCursors(db: Database): Promise<Map<string, number>> {
  const rows = await db.query<{ name: string; value: number }>(sql`SELECT name, value FROM cursor`);
  return new Map(rows.map((row) => [row.name, row.value]));
}
