import sql, { type Sql } from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { eventTable } from '../store/tables.ts';

/** Notes that events (a condition on their rows) are taken back or corrected, before they are. `at`: the tick. */
export async function noteChange(
  db: Database,
  { kind, change, at }: { kind: string; change: 'taken-back' | 'corrected'; at: number },
  which: Sql,
): Promise<void> {
  await db.run(sql`
    INSERT INTO event_change (customer, kind, id, change, happened_at, "at")
    SELECT customer, ${kind}::text, id, ${change}::text, "at", ${at}::bigint FROM ${ident(eventTable(kind))} WHERE ${which}`);
}
