import { createHash } from 'node:crypto';
import sql, { join, type Sql } from 'sql-template-tag';
import { addressesIn } from '../data/files/convert/address.ts';
import type { Program } from '../program/program.ts';
import { addressHash } from '../store/canonical-address.ts';
import type { Database } from '../store/database.ts';
import { addressAttributes, findMailboxes, holdersOf } from './mailboxes.ts';
import { ensurePermissions, refreshSuppressions } from './permissions.ts';

/** A customer who is suppressed on a channel, and the latest entry for it. */
export interface Suppressed {
  /** The shop's id. */
  customer: string;
  channel: string;
  /** The word of the entry: the channel, a kind of channel, or `*`. */
  word: string;
  reason: string;
  /** Epoch milliseconds. */
  since: number;
  /** True where the entry is about the address alone: it ends when the customer has another. */
  by_address: boolean;
}

/** A channel on which an address is suppressed for every customer, and the latest entry for it. */
export type AddressEntry = Omit<Suppressed, 'customer' | 'by_address'>;

/** Customers, or an address that customers have or may have later. */
export interface Subject {
  /** The shop's ids; of an address, of those who have it. */
  customers: string[];
  /** Hashes of the address, by the types of attribute that it can be. Empty for a customer's id. */
  hashes: string[];
}

/** Returns what a customer's id or an address means in this store; undefined for an id that nobody has. */
export async function findSubject(db: Database, program: Program, text: string): Promise<Subject | undefined> {
  const [known] = await db.query<{ id: string }>(
    sql`SELECT c.id FROM identity i JOIN customer c ON c.customer = i.customer WHERE i.id = ${text}`,
  );
  if (known) return { customers: [known.id], hashes: [] };
  const attributes = addressAttributes(program);
  const found = addressesIn(text).map(({ type, address }) => addressHash(type, address));
  // Addresses of other types are as they are written.
  const others = attributes.filter(({ type }) => type !== 'email' && type !== 'phone').map(({ type }) => type);
  const other = /@|^\+\d/.test(text) ? others.map((type) => addressHash(type, text)) : [];
  const hashes = [...new Set([...found, ...other])];
  if (hashes.length === 0 || attributes.length === 0) return undefined;
  return { customers: await holdersOf(db, program, hashes), hashes };
}

/** Returns the suppressed customers with their channels, the latest first. `whom`: the shop's ids; absent: all customers. */
export async function listSuppressed(db: Database, program: Program, whom?: string[]): Promise<Suppressed[]> {
  if (whom?.length === 0 || program.channels.length === 0) return [];
  const among = whom ? sql`AND c.id IN (${join(whom)})` : sql``;
  return db.query<{ [K in keyof Suppressed]: Suppressed[K] }>(sql`
    SELECT customer, channel, word, reason, since, by_address FROM (
      SELECT c.id AS customer, b.channel, x.channel AS word, x.reason, x.at AS since, x.address IS NOT NULL AS by_address,
        row_number() OVER (PARTITION BY b.customer, b.channel ORDER BY x.at DESC, x.address IS NOT NULL, x.id) AS nth
      FROM blocked b JOIN customer c ON c.customer = b.customer
      JOIN ${words(program)} ON w.channel = b.channel
      JOIN suppression x ON x.channel = w.word AND x.lifted IS NOT TRUE AND (
        (x.address IS NULL AND x.customer = b.customer)
        OR x.address IN (SELECT m.address FROM mailbox m WHERE m.customer = b.customer))
      WHERE TRUE ${among}) entries
    WHERE nth = 1 ORDER BY since DESC, customer, channel`);
}

/** Returns the entries of the ledger about others who have an address of these customers', all by the shop's ids. */
export async function suppressedSharers(db: Database, program: Program, customers: string[]): Promise<Suppressed[]> {
  if (customers.length === 0) return [];
  const ids = join(customers);
  const rows = await db.query<{ id: string }>(sql`
    SELECT DISTINCT c.id FROM customer k JOIN mailbox a ON a.customer = k.customer
    JOIN mailbox b ON b.address = a.address JOIN customer c ON c.customer = b.customer
    WHERE k.id IN (${ids}) AND c.id NOT IN (${ids})`);
  return listSuppressed(
    db,
    program,
    rows.map((row) => row.id),
  );
}

/** Returns the number of addresses with an entry in force that no customer has any more: they stay suppressed for a later owner. */
export async function countUnowned(db: Database, program: Program): Promise<number> {
  if (program.channels.length === 0) return 0;
  const [row] = await db.query<{ n: number }>(sql`
    SELECT count(DISTINCT address) AS n FROM (${inForce(program, sql`address NOT IN (SELECT address FROM mailbox)`)}) a`);
  return row?.n ?? 0;
}

/** Returns the channels that a word means: a channel, a kind of channel, or `*`. */
export function channelsOf({ channels }: Program, word: string): string[] {
  return channels.filter(({ name, kind }) => [name, kind, '*'].includes(word)).map(({ name }) => name);
}

/** Returns true if a subject is suppressed on a channel that the word means. */
export async function isSuppressed(db: Database, program: Program, subject: Subject, word: string): Promise<boolean> {
  const meant = channelsOf(program, word);
  const now = await listSuppressed(db, program, subject.customers);
  if (now.some(({ channel }) => meant.includes(channel))) return true;
  return (await listAddress(db, program, subject)).some(({ channel }) => meant.includes(channel));
}

/** Returns the channels on which an address is suppressed for every present and later owner, each with the latest entry; none for a customer's id. */
export async function listAddress(db: Database, program: Program, { hashes }: Subject): Promise<AddressEntry[]> {
  if (hashes.length === 0 || program.channels.length === 0) return [];
  return db.query<{ [K in keyof AddressEntry]: AddressEntry[K] }>(sql`
    SELECT channel, word, reason, since FROM (
      SELECT w.channel, x.channel AS word, x.reason, x.at AS since,
        row_number() OVER (PARTITION BY w.channel ORDER BY x.at DESC, x.id) AS nth
      FROM suppression x JOIN ${words(program)} ON w.word = x.channel
      JOIN (${inForce(program, sql`address IN (${join(hashes)})`)}) f ON f.address = x.address AND f.channel = w.channel
      WHERE x.lifted IS NOT TRUE) e
    WHERE nth = 1 ORDER BY channel`);
}

/** The addresses and channels of which the latest entry about the address is no lift. `which`: of the entries. */
function inForce(program: Program, which: Sql): Sql {
  return sql`
    SELECT x.address, w.channel FROM suppression x JOIN ${words(program)} ON w.word = x.channel
    WHERE address IS NOT NULL AND ${which} GROUP BY x.address, w.channel
    HAVING max(CASE WHEN lifted IS NOT TRUE THEN "at" END) >= coalesce(max(CASE WHEN lifted THEN "at" END), -1)`;
}

/** The words that mean each channel. */
export function words({ channels }: Program): Sql {
  const pairs = channels.flatMap(({ name, kind }) => [...new Set([name, kind, '*'])].map((word) => [name, word]));
  return sql`(VALUES ${join(pairs.map((pair) => sql`(${pair[0]}::text, ${pair[1]}::text)`))}) w (channel, word)`;
}

/**
 * Adds an entry to the ledger, or one that ends those before it. `word`: a channel, a kind of channel, or `*`.
 * `at`: epoch milliseconds. Runs in one transaction. Returns the instant from which it counts.
 */
export async function noteSuppression(
  db: Database,
  program: Program,
  subject: Subject,
  entry: { word: string; reason: string; at: number; lifted: boolean },
): Promise<number> {
  return db.transaction(async (tx) => {
    await ensurePermissions(tx, program);
    const at = await after(tx, entry.at);
    const add = (key: string, customer: Sql, address: string | null) => {
      const id = createHash('sha256').update(`by hand/${key}/${entry.word}/${at}/${entry.lifted}`).digest('hex');
      return tx.run(sql`
        INSERT INTO suppression (id, customer, channel, reason, "at", address, lifted)
        SELECT ${id}, ${customer}, ${entry.word}::text, ${entry.reason}::text, ${at}::bigint, ${address}::text, ${entry.lifted}::boolean`);
    };
    const number = (id: string) => sql`(SELECT customer FROM customer WHERE id = ${id})`;
    for (const hash of subject.hashes) await add(hash, sql`NULL::bigint`, hash);
    // The shop's own entries about the customer end, too, when the address of the customer is let go.
    if (subject.hashes.length === 0 || entry.lifted)
      for (const id of subject.customers) await add(id, number(id), null);
    await findMailboxes(tx, program);
    const whom = subject.customers.length > 0 ? sql`id IN (${join(subject.customers)})` : sql`FALSE`;
    await refreshSuppressions(tx, program, sql`SELECT customer FROM customer WHERE ${whom}`);
    return at;
  });
}

/** Returns an instant after all entries, even if the clock was set back: the later entry counts. */
async function after(db: Database, now: number): Promise<number> {
  const [row] = await db.query<{ at: number | null }>(sql`SELECT max("at") AS "at" FROM suppression`);
  return Math.max(now, (row?.at ?? 0) + 1);
}
