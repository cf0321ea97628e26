import sql, { empty, join } from 'sql-template-tag';
import type { Program } from '../compile/program.ts';
import { goesToCustomers } from '../run/to-customers.ts';
import type { Database } from '../store/database.ts';

export interface Lapsed {
  /** May have left: nobody knows. Not sent again. */
  unknown: number;
  /** Back in the outbox: they never left, must arrive even at the risk of twice, or are recognised where they arrive. */
  again: number;
}

/**
 * Settles the claims of workers that are gone. `everyone`: also claims whose lease still runs; right at the start of the
 * only process there is, where whoever holds one is dead.
 */
export async function expireLeases(
  db: Database,
  program: Program,
  now: number,
  options: { everyone?: boolean } = {},
): Promise<Lapsed> {
  const over = sql`status = 'claimed'${options.everyone ? empty : sql` AND lease_until <= ${now}::bigint`}`;
  const named = (resend: boolean) => program.channels.filter((c) => c.resendUnknown === resend).map((c) => c.name);
  const among = (channels: string[]) => (channels.length === 0 ? sql`FALSE` : sql`channel IN (${join(channels)})`);
  const resend = sql`CASE
    WHEN reason = 'reserved' OR ${among(named(true))} THEN TRUE
    WHEN ${among(named(false))} THEN FALSE
    WHEN NOT ${goesToCustomers(program, sql`channel`)} THEN TRUE
    ELSE category = 'transactional' END`;
  // `claimed_by` stays: a worker that was only slow can still tell what became of the message.
  const [some] = await db.query(sql`SELECT message FROM message WHERE ${over} LIMIT 1`);
  if (!some) return { unknown: 0, again: 0 };
  return db.transaction(async (tx) => {
    const again = await tx.run(sql`
      UPDATE message SET status = 'decided', reason = 'lease-expired', lease_until = NULL WHERE ${over} AND ${resend}`);
    const unknown = await tx.run(sql`
      UPDATE message SET status = 'unknown', reason = 'lease-expired', lease_until = NULL, finished_at = ${now}::bigint
      WHERE ${over}`);
    return { unknown, again };
  });
}
