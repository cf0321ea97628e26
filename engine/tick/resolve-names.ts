import sql, { join, type Sql } from 'sql-template-tag';
import type { DataModel } from '../../spec/model/data.ts';
import { SOURCE } from '../data/files/shape.ts';
import { forgetUnknownCustomers } from '../data/intake/unknown-customers.ts';
import { addressHashSql } from '../store/canonical-address.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { possibleIds, spellingKey } from '../store/id-spelling.ts';
import { runAll } from '../store/statements.ts';
import { eventInbox, eventTable } from '../store/tables.ts';
import type { Tick, Walk } from './tick.ts';

/**
 * Makes customers of those who are named by a customers' file, a list or an event that has happened. A refusal that
 * named one of them in another spelling is theirs too. Returns the inboxes that got rows by that.
 */
export async function createNamedCustomers(
  { db, program, now }: Walk,
  due: ReadonlyMap<string, unknown>,
): Promise<string[]> {
  if ((await db.query(sql`SELECT 1 AS n FROM stranger LIMIT 1`)).length === 0) return [];
  const happened = program.data.events
    .map((kind) => eventInbox(kind.name))
    .filter((inbox) => due.has(inbox))
    .map((inbox) => sql`SELECT customer FROM ${ident(inbox)} WHERE "at" <= ${now}::bigint`);
  const named = [sql`SELECT id FROM inbox_customer`, sql`SELECT customer FROM inbox_listing`, ...happened];
  return create({ db }, sql`SELECT id, customer FROM stranger WHERE id IN (${join(named, ' UNION ALL ')})`);
}

/** The same for those in `moment` to whom an event has happened. */
export async function createFoundCustomers({ db, program, moments }: Tick): Promise<string[]> {
  const happened = program.data.events.map(
    ({ name }) =>
      sql`SELECT 1 FROM ${ident(eventTable(name))} e WHERE e.customer = s.customer AND e.at <= ${moments.now}`,
  );
  if (happened.length === 0) return [];
  return create(
    { db },
    sql`SELECT s.id, s.customer FROM stranger s${moments.join(sql`s.customer`)} WHERE ${join(
      happened.map((each) => sql`EXISTS (${each})`),
      ' OR ',
    )}`,
  );
}

/** Makes customers of these strangers, and looks what refusals are theirs. */
async function create({ db }: { db: Database }, born: Sql): Promise<string[]> {
  if ((await runAll(db, db.dialect.temporary('born', born))) === 0) return [];
  await db.run(sql`INSERT INTO customer (customer, id) SELECT customer, id FROM born`);
  await db.run(sql`DELETE FROM stranger WHERE customer IN (SELECT customer FROM born)`);
  await forgetUnknownCustomers(db);
  const [entry] = await db.query(sql`SELECT * FROM (
    SELECT 1 AS n FROM consent UNION ALL SELECT 1 FROM suppression) entries LIMIT 1`);
  if (!entry) return [];
  const key = (id: Sql) => spellingKey(db.dialect, id);
  const alike = sql`JOIN (${possibleIds(db.dialect)}) s ON s.customer = w.customer JOIN born b ON ${key(sql`b.id`)} = s.part`;
  const addressed = sql`JOIN born b ON ${idHash(db, sql`b.id`)} = w.address WHERE ${isAddress(sql`b.id`)}`;
  const lifted = sql`SELECT address FROM suppression WHERE lifted IS TRUE AND address IS NOT NULL`;
  const id = sql`concat(w.id, '/', b.customer)`;
  const withdrawal = sql`SELECT ${id}, b.id, w.channel, FALSE, w.at, w.${ident(SOURCE)} FROM consent w`;
  const withdrawn = await db.run(sql`
    INSERT INTO inbox_consent (id, customer, channel, granted, "at", ${ident(SOURCE)})
    ${withdrawal} ${alike} WHERE NOT w.granted UNION ${withdrawal} ${addressed} AND NOT w.granted`);
  const suppression = sql`SELECT ${id}, b.id, w.channel, w.reason, w.at FROM suppression w`;
  const suppressed = await db.run(sql`
    INSERT INTO inbox_suppression (id, customer, channel, reason, "at")
    ${suppression} ${alike} UNION ${suppression} ${addressed} AND w.customer IS NULL AND w.address NOT IN (${lifted})`);
  return [...(withdrawn > 0 ? ['inbox_consent'] : []), ...(suppressed > 0 ? ['inbox_suppression'] : [])];
}

/**
 * Fills `meant` with what the refusals that are due mean which do not name a customer by the exact id: all customers
 * with the id in another spelling, all who have an address that is in it, also as their id, and the address itself. Returns
 * false where there is none.
 */
export async function resolveRefusals(
  { db, moments }: Pick<Tick, 'db' | 'moments'>,
  { customers: { attributes } }: DataModel,
  inbox: 'inbox_consent' | 'inbox_suppression',
  refuses: Sql,
): Promise<boolean> {
  const strange = sql`SELECT n.* FROM ${ident(inbox)} n JOIN stranger s ON s.id = n.customer${moments.join(sql`s.customer`)}
    WHERE n.at <= ${moments.now} AND ${refuses}`;
  if ((await db.query(sql`${strange} LIMIT 1`)).length === 0) return false;
  const key = (id: Sql) => spellingKey(db.dialect, id);
  const own = inbox === 'inbox_consent' ? sql`n.granted` : sql`n.reason`;
  const entry = (suffix: Sql, customer: Sql, address: Sql) => sql`
    SELECT concat(n.id, '/', ${suffix}) AS id, ${customer} AS customer, ${address} AS address, n.channel, ${own}, n.at, n.${ident(SOURCE)}`;
  const someone = entry(sql`i.customer`, sql`i.customer`, sql`NULL::text`);
  const addressed = attributes.filter(({ type }) => type === 'email' || type === 'phone');
  const parts = [
    sql`${someone} FROM strange n JOIN (${possibleIds(db.dialect)}) s ON s.id = n.customer
      JOIN identity i ON ${key(sql`i.id`)} = s.part AND i.id <> n.customer`,
    sql`${someone} FROM strange n JOIN identity i ON ${idHash(db, sql`i.id`)} = n.address WHERE ${isAddress(sql`i.id`)}`,
    ...addressed.map(
      (attribute) => sql`${someone} FROM strange n
        JOIN customer i ON ${addressHashSql(db.dialect, attribute.type, sql`i.${ident(attribute.name)}`)} = n.address`,
    ),
    sql`${entry(sql`concat('address/', n.address)`, sql`NULL::bigint`, sql`n.address`)} FROM strange n WHERE n.address IS NOT NULL`,
  ];
  const rows = sql`WITH strange AS (${strange}) ${join(parts, ' UNION ')}`;
  return (await runAll(db, db.dialect.temporary('meant', rows))) > 0;
}

/** Returns the hash of an id that is an address. */
function idHash({ dialect }: Database, id: Sql): Sql {
  return addressHashSql(dialect, 'email', id);
}

function isAddress(id: Sql): Sql {
  return sql`(strpos(${id}, '@') > 0 OR starts_with(${id}, '+'))`;
}
