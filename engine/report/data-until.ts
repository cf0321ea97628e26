import sql, { join } from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { eventInbox, eventTable } from '../store/tables.ts';

/** Returns the instant of the last event that the store has, taken in or waiting, in epoch milliseconds; undefined: it has none. */
export async function dataUntil(db: Database, { data }: Pick<Program, 'data'>): Promise<number | undefined> {
  const tables = data.events.flatMap(({ name }) => [eventTable(name), eventInbox(name)]);
  if (tables.length === 0) return undefined;
  const parts = tables.map((table) => sql`SELECT max("at") AS "at" FROM ${ident(table)}`);
  const [row] = await db.query<{ at: number | null }>(
    sql`SELECT max("at") AS "at" FROM (${join(parts, ' UNION ALL ')}) x`,
  );
  return row?.at ?? undefined;
}
