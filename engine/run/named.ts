import sql, { join, type Sql } from 'sql-template-tag';
import type { DataModel } from '../../spec/model/data.ts';
import { addressHashSql } from '../store/canonical-address.ts';
import { name } from '../store/dialect.ts';
import { runAll } from '../store/statements.ts';
import { eventInbox } from '../store/tables.ts';
import type { Tick } from './tick.ts';

/**
 * Makes customers of those who are named by a customers' file, a list or an event that has happened. A refusal that
 * named one of them in other letters is theirs too. Returns the inboxes that got rows by that.
 */
export async function becomeCustomers({ db, program, now }: Tick, due: ReadonlySet<string>): Promise<string[]> {
  if ((await db.query(sql`SELECT 1 AS n FROM stranger LIMIT 1`)).length === 0) return [];
  const happened = program.data.events
    .map((kind) => eventInbox(kind.name))
    .filter((inbox) => due.has(inbox))
    .map((inbox) => sql`SELECT customer FROM ${name(inbox)} WHERE "at" <= ${now}::bigint`);
  const named = [sql`SELECT id FROM inbox_customer`, sql`SELECT customer FROM inbox_listing`, ...happened];
  const born = sql`SELECT id, customer FROM stranger WHERE id IN (${join(named, ' UNION ALL ')})`;
  if ((await runAll(db, db.dialect.temporary('born', born))) === 0) return [];
  await db.run(sql`INSERT INTO customer (customer, id) SELECT customer, id FROM born`);
  await db.run(sql`DELETE FROM stranger WHERE customer IN (SELECT customer FROM born)`);
  const alike = sql`JOIN stranger s ON s.customer = w.customer JOIN born b ON lower(b.id) = lower(s.id)`;
  const id = sql`concat(w.id, '/', b.customer)`;
  const withdrawn = await db.run(sql`
    INSERT INTO inbox_consent (id, customer, channel, granted, "at")
    SELECT ${id}, b.id, w.channel, FALSE, w.at FROM consent w ${alike} WHERE NOT w.granted`);
  const suppressed = await db.run(sql`
    INSERT INTO inbox_suppression (id, customer, channel, reason, "at")
    SELECT ${id}, b.id, w.channel, w.reason, w.at FROM suppression w ${alike}`);
  return [...(withdrawn > 0 ? ['inbox_consent'] : []), ...(suppressed > 0 ? ['inbox_suppression'] : [])];
}

/**
 * Fills `meant` with what the refusals that are due mean which do not name a customer by the exact id: all customers
 * with the id in other letters, all who have the address, and the address itself. Returns false where there is none.
 */
export async function refusedByName(
  { db, now }: Pick<Tick, 'db' | 'now'>,
  { customers: { attributes } }: DataModel,
  inbox: 'inbox_consent' | 'inbox_suppression',
  refuses: Sql,
): Promise<boolean> {
  const strange = sql`SELECT n.* FROM ${name(inbox)} n JOIN stranger s ON s.id = n.customer
    WHERE n.at <= ${now}::bigint AND ${refuses}`;
  if ((await db.query(sql`${strange} LIMIT 1`)).length === 0) return false;
  const own = inbox === 'inbox_consent' ? sql`n.granted` : sql`n.reason`;
  const entry = (suffix: Sql, customer: Sql, address: Sql) => sql`
    SELECT concat(n.id, '/', ${suffix}) AS id, ${customer} AS customer, ${address} AS address, n.channel, ${own}, n.at`;
  const someone = entry(sql`i.customer`, sql`i.customer`, sql`NULL::text`);
  const addressed = attributes.filter(({ type }) => type === 'email' || type === 'phone');
  const parts = [
    sql`${someone} FROM strange n JOIN identity i ON lower(i.id) = lower(n.customer) AND i.id <> n.customer`,
    ...addressed.map(
      (attribute) => sql`${someone} FROM strange n
        JOIN customer i ON ${addressHashSql(db.dialect, attribute.type, sql`i.${name(attribute.name)}`)} = n.address`,
    ),
    sql`${entry(sql`'address'`, sql`NULL::bigint`, sql`n.address`)} FROM strange n WHERE n.address IS NOT NULL`,
  ];
  const rows = sql`WITH strange AS (${strange}) ${join(parts, ' UNION ')}`;
  return (await runAll(db, db.dialect.temporary('meant', rows))) > 0;
}
