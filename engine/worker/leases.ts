import sql, { join, type Sql } from 'sql-template-tag';
import type { Entry } from '../delivery/entry.ts';
import type { Lapsed, Leased } from '../delivery/leases.ts';
import { ids } from '../delivery/list.ts';
import { record } from '../delivery/record.ts';
import { isResent } from '../delivery/resend.ts';
import { clearTransit, dropTransit, takeTransit } from '../delivery/transit.ts';
import type { Program } from '../program/program.ts';
import type { Database, Row } from '../store/database.ts';
import { messageReason, messageStatus } from '../store/outcome-sql.ts';
import { sameBoot, thisBoot } from './boot.ts';

/**
 * Returns the clock that all workers of a store share, epoch milliseconds: on PostgreSQL the server's, whose workers may be on machines
 * with clocks of their own; an embedded store has one process.
 */
export function sharedClock(db: Database, now: () => number): () => Promise<number> {
  if (db.dialect.name === 'duckdb') return async () => now();
  return async () => {
    const [row] = await db.query<{ now: number }>(
      sql`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now`,
    );
    return row?.now ?? now();
  };
}

/**
 * Settles what earlier workers have left; a process calls it before it begins to send. An embedded store has one owner at a time, so all workers before this one
 * are dead, even if their leases are not over. On PostgreSQL they are dead when their leases are over.
 */
export async function takeOver(db: Database, program: Program, now: number): Promise<Lapsed> {
  if (db.dialect.name !== 'duckdb')
    return expireLeases(db, program, now, { clock: await sharedClock(db, () => now)() });
  const earlier = await settleEarlierVersions(db, program, now);
  const { unknown, again } = await settleClaims(db, program, now, sql`TRUE`);
  clearTransit(db);
  return { unknown: earlier.unknown + unknown, again: earlier.again + again };
}

/**
 * Settles the claims of workers whose lease is over. `clock`: of leases, epoch milliseconds. `self`: the process that asks;
 * its own channels are at work, even if its clock is wrong.
 */
export function expireLeases(
  db: Database,
  program: Program,
  now: number,
  { clock = now, self }: { clock?: number; self?: string } = {},
): Promise<Lapsed> {
  const others = self === undefined ? sql`TRUE` : sql`NOT starts_with(worker, ${`${self} `}::text)`;
  return settleClaims(db, program, now, sql`lease_until <= ${clock}::bigint AND ${others}`);
}

/** Returns the due messages that other workers have claimed on these channels; to be called when this process has no claims. */
export async function leasedToOthers(db: Database, channels: string[], now: number): Promise<Leased | undefined> {
  if (channels.length === 0) return undefined;
  const [row] = await db.query<{ messages: number; until: number | null }>(sql`
    SELECT count(*) AS messages, max(w.lease_until) AS until
    FROM claim c JOIN worker w ON w.worker = c.worker JOIN message m ON m.message = c.message
    WHERE m.status = ${messageStatus.decided} AND m.send_at <= ${now}::bigint AND m.channel IN (${join(channels)})`);
  return row?.until ? { messages: row.messages, until: row.until } : undefined;
}

/** `over`: holds for the workers that are gone. */
async function settleClaims(db: Database, program: Program, now: number, over: Sql): Promise<Lapsed> {
  const lapsed = { unknown: 0, again: 0 };
  const [some] = await db.query(sql`SELECT worker FROM worker WHERE ${over} LIMIT 1`);
  if (!some) return lapsed;
  let dead: Dead[] = [];
  await db.transaction(async (tx) => {
    // Deletes first: of two processes that find the same worker, one continues.
    dead = await tx.query<Dead>(sql`DELETE FROM worker WHERE ${over} RETURNING worker, boot, boot_id`);
    for (const each of dead) {
      const { unknown, again } = await settleDead(tx, program, each, now);
      lapsed.unknown += unknown;
      lapsed.again += again;
    }
  });
  for (const { worker } of dead) dropTransit(db, worker);
  return lapsed;
}

/** Earlier versions kept a claim as the message's status: `reserved` had not left, anything else may have. */
async function settleEarlierVersions(db: Database, program: Program, now: number): Promise<Lapsed> {
  const free = sql`(reason = 'reserved' OR ${isResent(program)})`;
  const again = await db.run(sql`
    UPDATE message SET status = ${messageStatus.decided}, reason = ${messageReason['lease-expired']}
    WHERE status = 'claimed' AND ${free}`);
  const unknown = await db.run(sql`
    UPDATE message SET status = ${messageStatus.unknown}, reason = ${messageReason['lease-expired']}, finished_at = ${now}::bigint
    WHERE status = 'claimed'`);
  return { unknown, again };
}

interface Dead extends Row {
  worker: string;
  boot: number | null;
  boot_id: string | null;
}

async function settleDead(
  tx: Database,
  program: Program,
  { worker, boot, boot_id }: Dead,
  now: number,
): Promise<Lapsed> {
  const claims = await tx.query<{ message: string }>(sql`SELECT message FROM claim WHERE worker = ${worker}::text`);
  // A message that is not claimed any more has been settled.
  const mine = new Set(claims.map((row) => row.message));
  const left = await takeTransit(tx, worker);
  const known = [...left.values()].filter((entry) => entry !== null && mine.has(entry.message)) as Entry[];
  if (known.length > 0) await record(tx, program, worker, now, known);
  for (const entry of known) mine.delete(entry.message);
  // A machine that failed may have lost what was written last: everything claimed may have left.
  const lost = boot !== null && !sameBoot({ id: boot_id, at: boot }, thisBoot());
  const open = [...mine].filter((message) => lost || left.has(message));
  const claimed = await tx.run(sql`DELETE FROM claim WHERE worker = ${worker}::text`);
  if (open.length === 0) return { unknown: 0, again: claimed };
  // A message that was cancelled meanwhile need not arrive any more.
  const again = sql`(status = ${messageStatus.decided} AND ${isResent(program)})`;
  const unknown = await tx.run(sql`
    UPDATE message SET status = ${messageStatus.unknown}, reason = ${messageReason['lease-expired']}, attempts = attempts + 1, finished_at = ${now}::bigint
    WHERE message IN ${ids(open)} AND status NOT IN (${messageStatus.sent}, ${messageStatus.failed}) AND NOT ${again}`);
  await tx.run(sql`
    UPDATE message SET reason = ${messageReason['lease-expired']}, attempts = attempts + 1
    WHERE message IN ${ids(open)} AND status = ${messageStatus.decided}`);
  return { unknown, again: claimed - unknown };
}
