import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';

/** An event that was taken back or corrected after a tick had collected it. */
export interface EventChange {
  /** The tick that took the row in by which it changed. */
  at: number;
  change: 'taken-back' | 'corrected';
  event: string;
  id: string;
  /** The time of the event before the change. */
  happenedAt: number;
}

/** Returns the changes of a customer's events in the order of time; none of a store that an earlier Kaskad has left. */
export async function eventChanges(db: Database, customer: number): Promise<EventChange[]> {
  const known = await db.query(sql`SELECT 1 AS n FROM information_schema.tables WHERE table_name = 'event_change'`);
  if (known.length === 0) return [];
  return db.query<{ [K in keyof EventChange]: EventChange[K] }>(sql`
    SELECT "at", change, kind AS event, id, happened_at AS "happenedAt" FROM event_change
    WHERE customer = ${customer}::bigint ORDER BY "at", kind, id, happened_at`);
}
