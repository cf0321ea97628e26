import sql, { join } from 'sql-template-tag';
import type { Program } from '../compile/program.ts';
import { goesToCustomers } from '../run/to-customers.ts';
import type { Database, Row } from '../store/database.ts';
import type { Entry } from './entry.ts';
import { bootInstant } from './lease.ts';
import { ids } from './list.ts';
import { record } from './record.ts';
import { dropTransit, takeTransit } from './transit.ts';

/** Two estimates of when one machine was started differ by less, milliseconds. */
const SAME_BOOT = 60_000;

export interface Lapsed {
  /** May have left: nobody knows. Not sent again. */
  unknown: number;
  /** Free again: they never left, must arrive even at the risk of twice, or are recognised where they arrive. */
  again: number;
}

/**
 * Settles the claims of workers that are gone. `everyone`: also of those whose lease still runs; right at the start of the
 * only process there is, where all others are dead.
 */
export async function expireLeases(
  db: Database,
  program: Program,
  now: number,
  { everyone = false }: { everyone?: boolean } = {},
): Promise<Lapsed> {
  const over = everyone ? sql`TRUE` : sql`lease_until <= ${now}::bigint`;
  const lapsed = everyone ? await settleEarlierVersions(db, program, now) : { unknown: 0, again: 0 };
  const [some] = await db.query(sql`SELECT worker FROM worker WHERE ${over} LIMIT 1`);
  if (!some) return lapsed;
  let dead: Dead[] = [];
  await db.transaction(async (tx) => {
    // Deleting comes first: of two processes that find the same worker, one goes on.
    dead = await tx.query<Dead>(sql`DELETE FROM worker WHERE ${over} RETURNING worker, boot`);
    for (const each of dead) {
      const { unknown, again } = await bury(tx, program, each, now);
      lapsed.unknown += unknown;
      lapsed.again += again;
    }
  });
  for (const { worker } of dead) dropTransit(db, worker);
  return lapsed;
}

/** Earlier versions kept a claim as the message's status: `reserved` had not left, anything else may have. */
async function settleEarlierVersions(db: Database, program: Program, now: number): Promise<Lapsed> {
  const free = sql`(reason = 'reserved' OR ${resent(program)})`;
  const again = await db.run(sql`
    UPDATE message SET status = 'decided', reason = 'lease-expired'
    WHERE status = 'claimed' AND ${free}`);
  const unknown = await db.run(sql`
    UPDATE message SET status = 'unknown', reason = 'lease-expired', finished_at = ${now}::bigint
    WHERE status = 'claimed'`);
  return { unknown, again };
}

interface Dead extends Row {
  worker: string;
  boot: number | null;
}

async function bury(tx: Database, program: Program, { worker, boot }: Dead, now: number): Promise<Lapsed> {
  const claims = await tx.query<{ message: string }>(sql`SELECT message FROM claim WHERE worker = ${worker}::text`);
  // What is not claimed any more has been settled.
  const mine = new Set(claims.map((row) => row.message));
  const left = await takeTransit(tx, worker);
  const known = [...left.values()].filter((entry) => entry !== null && mine.has(entry.message)) as Entry[];
  if (known.length > 0) await record(tx, worker, now, known);
  for (const entry of known) mine.delete(entry.message);
  // A machine that failed may have lost what was written last: everything claimed may have left.
  const lost = boot !== null && Math.abs(bootInstant() - boot) > SAME_BOOT;
  const open = [...mine].filter((message) => lost || left.has(message));
  const claimed = await tx.run(sql`DELETE FROM claim WHERE worker = ${worker}::text`);
  if (open.length === 0) return { unknown: 0, again: claimed };
  // What somebody has cancelled meanwhile need not arrive any more.
  const again = sql`(status = 'decided' AND ${resent(program)})`;
  const unknown = await tx.run(sql`
    UPDATE message SET status = 'unknown', reason = 'lease-expired', attempts = attempts + 1, finished_at = ${now}::bigint
    WHERE message IN ${ids(open)} AND status NOT IN ('sent', 'failed') AND NOT ${again}`);
  await tx.run(sql`
    UPDATE message SET reason = 'lease-expired', attempts = attempts + 1
    WHERE message IN ${ids(open)} AND status = 'decided'`);
  return { unknown, again: claimed - unknown };
}

/** Holds for messages that are sent again although they may have left. */
function resent(program: Program) {
  const named = (resend: boolean) => program.channels.filter((c) => c.resendUnknown === resend).map((c) => c.name);
  const among = (channels: string[]) => (channels.length === 0 ? sql`FALSE` : sql`channel IN (${join(channels)})`);
  return sql`CASE
    WHEN ${among(named(true))} THEN TRUE
    WHEN ${among(named(false))} THEN FALSE
    WHEN NOT ${goesToCustomers(program, sql`channel`)} THEN TRUE
    ELSE category = 'transactional' END`;
}
