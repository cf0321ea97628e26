import sql, { join, type Sql } from 'sql-template-tag';
import { addressHashesIn } from '../data/files/convert/address.ts';
import { addressesOfId, idHash } from '../data/files/erased.ts';
import { type ProblemCode, printable } from '../data/files/problem.ts';
import { unknownIds } from '../data/intake/unknown-customers.ts';
import type { Program } from '../program/program.ts';
import { addressHash } from '../store/canonical-address.ts';
import type { Database, Row } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { possibleIds, spellingKey } from '../store/id-spelling.ts';
import { enrolmentStatus, exitReason, messageReason, messageStatus } from '../store/outcome-sql.ts';
import { prepareTables } from '../store/tables.ts';
import { addressAttributes, holdersOf } from './mailboxes.ts';
import { refreshNamed } from './permissions.ts';
import { noteSuppression } from './suppressions.ts';

/** The enrolments and messages that end when a customer is erased. */
export interface UnderWay {
  /** Journeys. */
  enrolments: number;
  /** Messages that are decided and have not left. */
  messages: number;
}

/** The effects of an erasure. */
export interface Erasure extends UnderWay {
  /** Other customers, by the shop's ids, who have an address of the customer's: it is suppressed for them too. */
  others: string[];
}

/** Returns what erasing the customer with this id would do; undefined: nobody has the id. */
export async function forecastErasure(db: Database, program: Program, id: string): Promise<Erasure | undefined> {
  const [found] = await db.query<{ customer: number }>(sql`SELECT customer FROM identity WHERE id = ${id}`);
  const ending = await underWay(db, id);
  if (!found || !ending) return undefined;
  const addresses = await addressesOf(db, program, id, sql`${found.customer}::bigint`);
  return { ...ending, others: await othersWith(db, program, id, addresses) };
}

async function othersWith(db: Database, program: Program, id: string, addresses: { hash: string }[]) {
  const holders = await holdersOf(db, program, [...new Set(addresses.map(({ hash }) => hash))]);
  return holders.filter((holder) => holder !== id);
}

/** Returns the active enrolments and undelivered messages of the customer with this id; undefined: nobody has the id. */
async function underWay(db: Database, id: string): Promise<UnderWay | undefined> {
  const [row] = await db.query<{ enrolments: number; messages: number }>(sql`
    SELECT (SELECT count(*) FROM enrolment e WHERE e.customer = i.customer AND e.status = ${enrolmentStatus.active}) AS enrolments,
      (SELECT count(*) FROM message m WHERE m.customer = i.customer AND m.status = ${messageStatus.decided}) AS messages
    FROM identity i WHERE i.id = ${id}`);
  return row && { enrolments: row.enrolments, messages: row.messages };
}

/**
 * Removes what the store knows of the customer with this id, but for counts. The number stays taken, and hashes of the id
 * and the addresses stay, so that nothing is read of the customer again or sent there. Returns what has ended; undefined:
 * nobody has the id. `at`: epoch milliseconds. Runs in one transaction.
 */
export function erase(db: Database, program: Program, id: string, at: number): Promise<Erasure | undefined> {
  return db.transaction(async (tx) => {
    await prepareTables(tx, program.data);
    const [found] = await tx.query<{ customer: number }>(sql`SELECT customer FROM identity WHERE id = ${id}`);
    const ending = await underWay(tx, id);
    if (!found || !ending) return undefined;
    const customer = sql`${found.customer}::bigint`;
    const addresses = await addressesOf(tx, program, id, customer);
    const hashes = [...new Set(addresses.map(({ hash }) => hash))];
    const sharing = await othersWith(tx, program, id, addresses);
    const { strangers, others } = await namesakes(tx, program, id, hashes);
    const names = [id, ...strangers];
    await end(tx, customer, at);
    await forget(tx, names);
    await forgetProblems(tx, [...names, ...addresses.map(({ text }) => text)]);
    const own = idHash(id);
    for (const table of ['identity', 'stranger'])
      await tx.run(sql`INSERT INTO ${ident(table)} (id, customer) VALUES (${own}, ${customer})`);
    const known = { id: [own], address: hashes, other: others.map(idHash) };
    for (const [kind, list] of Object.entries(known))
      for (const hash of list)
        await tx.run(
          sql`INSERT INTO erased (customer, hash, kind, "at") VALUES (${customer}, ${hash}, ${kind}, ${at}::bigint)`,
        );
    if (hashes.length > 0)
      await noteSuppression(tx, program, { customers: [], hashes }, { word: '*', reason: 'erased', at, lifted: false });
    await refreshNamed(tx, program);
    return { ...ending, others: sharing };
  });
}

/** The addresses that the customer has; an id may be one too. */
async function addressesOf(db: Database, program: Program, id: string, customer: Sql) {
  const [row = {}] = await db.query<Row>(sql`SELECT * FROM customer WHERE customer = ${customer}`);
  const found = addressAttributes(program).flatMap(({ name: attribute, type }) => {
    const text = row[attribute];
    return typeof text === 'string' ? [{ text, hash: addressHash(type, text) }] : [];
  });
  return [...found, ...addressesOfId(id).map((hash) => ({ text: id, hash }))];
}

/**
 * Returns the other ids that may mean the customer. `strangers`: refusals, which make nobody a customer, have named the
 * customer so, by an address or in another spelling. `others`: the id of another customer is an address of this one.
 */
async function namesakes(db: Database, program: Program, id: string, hashes: string[]) {
  const key = (text: Sql) => spellingKey(db.dialect, text);
  const known = new Set(hashes);
  const rows = await db.query<{ id: string; nobody: boolean; alike: boolean }>(sql`
    SELECT i.id, n.id IS NOT NULL AS nobody, i.id IN (SELECT m.id FROM (${possibleIds(db.dialect)}) m WHERE m.part = ${key(sql`${id}::text`)}) AS alike
    FROM identity i LEFT JOIN (${unknownIds(program.data)}) n ON n.id = i.id
    WHERE i.id <> ${id} AND (n.id IS NOT NULL OR strpos(i.id, '@') > 0 OR starts_with(i.id, '+'))`);
  const among = (found: string[]) => found.some((hash) => known.has(hash));
  return {
    strangers: rows.filter((row) => row.nobody && (row.alike || among(addressHashesIn(row.id)))).map((row) => row.id),
    others: rows.filter((row) => !row.nobody && among(addressesOfId(row.id))).map((row) => row.id),
  };
}

/** Ends the customer's enrolments and messages, those of removed campaigns included. */
async function end(db: Database, customer: Sql, at: number): Promise<void> {
  await db.run(sql`
    UPDATE enrolment SET status = ${enrolmentStatus.ended}, reason = ${exitReason.erased}, ended_at = ${at}::bigint, step = NULL
    WHERE status = ${enrolmentStatus.active} AND customer = ${customer}`);
  await db.run(
    sql`UPDATE enrolment SET occurrence = NULL, removed_from = NULL, due_at = NULL WHERE customer = ${customer}`,
  );
  await db.run(sql`
    UPDATE message SET status = ${messageStatus.suppressed}, reason = ${messageReason.erased}, finished_at = ${at}::bigint
    WHERE customer = ${customer} AND (status = ${messageStatus.decided} OR (status = ${messageStatus.suppressed} AND reason = ${messageReason.removed}))`);
}

/** These tables are kept for their counts: they have the number, not the id. */
const counted = new Set(['enrolment', 'message', 'message_event', 'quarantine']);

/** Deletes the rows of all tables, those of earlier declarations too, that have one of the names, or its number. */
async function forget(db: Database, names: string[]): Promise<void> {
  const known = await db.query<{ customer: number }>(sql`SELECT customer FROM identity WHERE id IN (${join(names)})`);
  // An event that was taken back has minus the number.
  const numbers = join(known.flatMap(({ customer }) => [sql`${customer}::bigint`, sql`${-customer}::bigint`]));
  const schema = db.dialect.name === 'duckdb' ? sql`current_schema()` : sql`ANY(current_schemas(false))`;
  const tables = await db.query<{ table_name: string; data_type: string }>(sql`
    SELECT table_name, data_type FROM information_schema.columns
    WHERE column_name = 'customer' AND table_catalog = current_database() AND table_schema = ${schema}`);
  for (const { table_name: table, data_type: type } of tables) {
    if (counted.has(table)) continue;
    const whom = type.toLowerCase() === 'bigint' ? numbers : join(names);
    await db.run(sql`DELETE FROM ${ident(table)} WHERE customer IN (${whom})`);
  }
  await db.run(sql`DELETE FROM inbox_customer WHERE id IN (${join(names)})`);
}

/** Problems that quote the names of columns, and values only where a file has no header. */
const OF_COLUMNS: ProblemCode[] = ['unknown-column', 'missing-column', 'repeated-column', 'unused-rename'];

/** Deletes the problems that quote one of the texts, and all that quote a value: nothing shows whose row it was. */
async function forgetProblems(db: Database, texts: string[]): Promise<void> {
  const quoted = texts.map((text) => sql`strpos(message, ${printable(text)}::text) > 0`);
  await db.run(sql`
    DELETE FROM quarantine WHERE ${join(quoted, ' OR ')}
      OR (strpos(message, '"') > 0 AND code NOT IN (${join(OF_COLUMNS)}))`);
}
