import sql from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';

/** An entry of the ledger of suppressions that concerns a customer. */
export interface SuppressionEntry {
  at: number;
  /** A channel, a kind of channel, or `*`. */
  channel: string;
  reason: string;
  about: 'customer' | 'address' | 'earlier-address';
}

/** The entry by which a message was refused. */
export interface SuppressionAt {
  about: SuppressionEntry['about'];
  reason: string;
  since: number;
}

type Entry = { [K in keyof SuppressionEntry]: SuppressionEntry[K] } & { address: string | null; lifted: boolean };

const nearest: SuppressionEntry['about'][] = ['customer', 'address', 'earlier-address'];

/**
 * Returns the entries about a customer, about the addresses of now, and about those that the customer had when a message
 * was sent there or the entry was made.
 */
export async function suppressionEntries(db: Database, customer: number): Promise<Entry[]> {
  const mine = sql`customer = ${customer}::bigint`;
  const now = sql`address IN (SELECT address FROM mailbox WHERE ${mine})`;
  const rows = await db.query<Entry>(sql`
    SELECT DISTINCT "at", channel, reason, coalesce(lifted, FALSE) AS lifted, address,
      CASE WHEN address IS NULL THEN 'customer' WHEN ${now} THEN 'address' ELSE 'earlier-address' END AS about
    FROM suppression WHERE ${mine} OR ${now} OR address IN (SELECT address FROM message WHERE ${mine})
    ORDER BY "at", channel, reason, about, address`);
  return rows;
}

/** Returns the entries, each once: a row of the shop's makes one about the customer and one about each address. */
export function ledgerOf(entries: Entry[]): SuppressionEntry[] {
  const same = Map.groupBy(entries, ({ at, channel, reason }) => JSON.stringify([at, channel, reason]));
  return [...same.values()].flatMap((copies) => {
    const about = nearest.find((one) => copies.some((copy) => copy.about === one));
    const found = copies.find((copy) => copy.about === about);
    return found ? [{ at: found.at, channel: found.channel, reason: found.reason, about: found.about }] : [];
  });
}

/** Returns the entry by which a message on a channel was refused at an instant; undefined where the store has it no more. */
export function suppressionAt(
  entries: Entry[],
  { channels }: Program,
  channel: string,
  at: number,
): SuppressionAt | undefined {
  const kind = channels.find(({ name }) => name === channel)?.kind;
  const meant = entries.filter((one) => one.at <= at && [channel, kind, '*'].includes(one.channel));
  const latest = (some: Entry[]) => some.at(-1);
  const inForce = [...Map.groupBy(meant, ({ address }) => address).values()].flatMap((about) => {
    const last = latest(about.filter(({ lifted }) => !lifted));
    const lift = latest(about.filter(({ lifted }) => lifted));
    return last && last.at >= (lift?.at ?? Number.NEGATIVE_INFINITY) ? [last] : [];
  });
  const [found] = nearest.flatMap((about) => inForce.filter((one) => one.about === about).slice(-1));
  return found && { about: found.about, reason: found.reason, since: found.at };
}
