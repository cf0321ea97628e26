import sql, { join } from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { channelsOf, type Subject } from './suppressions.ts';

/** An entry that the shop has written. */
export interface EntryInForce {
  reason: string;
  /** Epoch milliseconds. */
  since: number;
}

/** The reasons of entries that result from feedback of recipients. */
const feedback = ['bounced', 'complained'];

/**
 * Returns the latest entry of the shop's about just this subject and word, if it is in force on every channel that the word
 * means: adding the same again would change nothing.
 */
export async function findEntryInForce(
  db: Database,
  program: Program,
  { customers, hashes }: Subject,
  word: string,
): Promise<EntryInForce | undefined> {
  const meant = channelsOf(program, word);
  const words = program.channels.flatMap(({ name, kind }) => (meant.includes(name) ? [name, kind] : []));
  const mine = sql`x.address IS NULL AND x.customer IN (SELECT customer FROM customer WHERE id IN (${join([...customers, ''])}))`;
  const about = hashes.length > 0 ? sql`x.customer IS NULL AND x.address IN (${join(hashes)})` : mine;
  // A lift of an address leaves the entry about its customer, and adding that again would suppress the address anew.
  const rows = await db.query<{ address: string | null; reason: string; since: number }>(sql`
    SELECT x.address, x.reason, x.at AS since FROM suppression x
    WHERE ${about} AND x.channel = ${word} AND x.lifted IS NOT TRUE AND x.reason NOT IN (${join(feedback)})
      AND NOT EXISTS (SELECT 1 FROM suppression l
        WHERE l.lifted IS TRUE AND l.at > x.at AND l.channel IN (${join(['*', ...new Set(words)])})
          AND (l.address = x.address OR (x.address IS NULL AND ((l.address IS NULL AND l.customer = x.customer)
            OR l.address IN (SELECT m.address FROM mailbox m WHERE m.customer = x.customer)))))
    ORDER BY x.at DESC, x.id`);
  const covered = new Set(rows.map(({ address }) => address));
  const [latest] = rows;
  return latest && covered.size >= Math.max(1, hashes.length)
    ? { reason: latest.reason, since: latest.since }
    : undefined;
}
