import sql, { empty, join, type Sql } from 'sql-template-tag';
import { feedsRead } from '../data/intake/feeds-of-files.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus, exitReason, messageReason, messageStatus } from '../store/outcome-sql.ts';
import type { Walk } from './tick.ts';

const removed = sql`(SELECT customer FROM removed_customer)`;

/** Ends the journeys of customers whom the files name no more, and cancels their messages that have not left. */
export async function endRemoved({ db, program, now, returned }: Walk): Promise<void> {
  if (!program.data.customers.complete) return;
  const fresh = await db.run(sql`UPDATE removed_customer SET "at" = ${now}::bigint WHERE "at" IS NULL`);
  // A customer may have been removed while the campaign was.
  if (fresh === 0 && returned.size === 0) return;
  await db.run(sql`
    UPDATE enrolment SET status = ${enrolmentStatus.ended}, reason = ${exitReason['removed-customer']}, ended_at = ${now}::bigint, step = NULL, due_at = NULL
    WHERE status = ${enrolmentStatus.active} AND customer IN ${removed}`);
  await db.run(sql`
    UPDATE message SET status = ${messageStatus.suppressed}, reason = ${messageReason['removed-customer']}, finished_at = ${now}::bigint
    WHERE status = ${messageStatus.decided} AND customer IN ${removed}`);
}

/** The customers that a tick removed because no file of customers names them any more. */
export interface Removed {
  customers: number;
  /** Journeys of theirs that ended. */
  journeys: number;
  /** Rows of the files of customers that cannot be read, so that it is unknown whom they name. */
  unread: { path: string; rows: number }[];
}

/** Returns what the tick at this instant removed; undefined: no customer. */
export async function removedAt(db: Database, program: Program, at: number): Promise<Removed | undefined> {
  if (!program.data.customers.complete) return undefined;
  const [row] = await db.query<{ customers: number; journeys: number }>(sql`
    SELECT (SELECT count(*) FROM removed_customer WHERE "at" = ${at}::bigint) AS customers,
      (SELECT count(*) FROM enrolment e JOIN removed_customer r ON r.customer = e.customer AND r.at = ${at}::bigint
        WHERE e.reason = ${exitReason['removed-customer']} AND e.ended_at = ${at}::bigint) AS journeys`);
  if (!row || row.customers === 0) return undefined;
  const paths = (await feedsRead(db, program)).flatMap(({ name, shape }) => (shape.complete ? [name] : []));
  const unread = await db.query<{ path: string; rows: number }>(
    sql`SELECT path, lost AS "rows" FROM source WHERE lost > 0 AND path IN (${join(paths)}) ORDER BY path`,
  );
  return { customers: row.customers, journeys: row.journeys, unread };
}

/** A condition, to be added to others: the customer is named by the files, where they name all customers. */
export function andNamed({ data }: Program, customer: Sql): Sql {
  return data.customers.complete ? sql` AND ${customer} NOT IN ${removed}` : empty;
}

/** Returns false of a store that an earlier Kaskad has left without the table. */
async function knows(db: Database): Promise<boolean> {
  const table = sql`FROM information_schema.tables WHERE table_name = 'removed_customer'`;
  return (await db.query(sql`SELECT 1 AS n ${table}`)).length > 0;
}

/** Returns since when no file of customers names this one; undefined: one does, or they do not name all customers. */
export async function removedSince(db: Database, program: Program, customer: number): Promise<number | undefined> {
  if (!program.data.customers.complete || !(await knows(db))) return undefined;
  const [row] = await db.query<{ at: number }>(
    sql`SELECT "at" FROM removed_customer WHERE customer = ${customer}::bigint AND "at" IS NOT NULL`,
  );
  return row?.at;
}

/** Returns how many customers no file of customers names any more. */
export async function countRemoved(db: Database, program: Program): Promise<number> {
  if (!program.data.customers.complete || !(await knows(db))) return 0;
  const [row] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM removed_customer WHERE "at" IS NOT NULL`);
  return row?.n ?? 0;
}
