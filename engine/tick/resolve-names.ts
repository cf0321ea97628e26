import sql, { empty, join, type Sql } from 'sql-template-tag';
import { SOURCE } from '../data/files/shape.ts';
import { forgetUnknownCustomers } from '../data/intake/unknown-customers.ts';
import { addressHashSql } from '../store/canonical-address.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { possibleIds, spellingKey } from '../store/id-spelling.ts';
import { temporary } from '../store/statements.ts';
import { eventInbox, eventTable } from '../store/tables.ts';
import type { Tick, Walk } from './tick.ts';
import { tickOf } from './tick-of.ts';

/** What a tick has made of strangers. */
export interface Births {
  /** The inboxes that got rows by that. */
  inboxes: string[];
  /** True if there are any; `born` (id, customer, at) has them, with the tick of their first event. */
  any: boolean;
}

const none: Births = { inboxes: [], any: false };

/**
 * Makes customers of those who are named by a customers' file, a list or an event that has happened. A refusal that
 * named one of them in another spelling is theirs too.
 */
export async function createNamedCustomers(
  { db, program, now }: Walk,
  due: ReadonlyMap<string, unknown>,
): Promise<Births> {
  if ((await db.query(sql`SELECT 1 AS n FROM stranger LIMIT 1`)).length === 0) return none;
  const happened = program.data.events
    .map((kind) => eventInbox(kind.name))
    .filter((inbox) => due.has(inbox))
    .map((inbox) => sql`SELECT customer AS id, "at" FROM ${ident(inbox)} WHERE "at" <= ${now}::bigint`);
  const named = [
    sql`SELECT id, 0::bigint AS "at" FROM inbox_customer`,
    sql`SELECT customer, 0::bigint FROM inbox_listing`,
    ...happened,
  ];
  return create(
    { db, program },
    sql`
    SELECT s.id, s.customer, min(n.at) AS "at" FROM stranger s JOIN (${join(named, ' UNION ALL ')}) n ON n.id = s.id
    GROUP BY s.id, s.customer`,
  );
}

/** The same for those in `moment` to whom an event has happened. `any`: there are strangers among them. */
export async function createFoundCustomers({ db, program, moments }: Tick, any: boolean): Promise<Births> {
  const happened = program.data.events.map(({ name }) => sql`SELECT customer, "at" FROM ${ident(eventTable(name))} e`);
  if (!any || happened.length === 0) return none;
  return create(
    { db, program },
    sql`
    SELECT s.id, s.customer, min(e.at) AS "at" FROM stranger s JOIN (${join(happened, ' UNION ALL ')}) e ON e.customer = s.customer
      ${moments.join(sql`s.customer`)} WHERE e.at <= ${moments.now} GROUP BY s.id, s.customer`,
  );
}

/** Makes customers of these strangers, and looks what refusals are theirs. */
async function create({ db, program }: Pick<Tick, 'db' | 'program'>, born: Sql): Promise<Births> {
  const rows = sql`SELECT id, customer, ${tickOf(db, program, sql`b.at`)} AS "at" FROM (${born}) b`;
  if ((await temporary(db, 'born', rows)) === 0) return none;
  await db.run(sql`INSERT INTO customer (customer, id) SELECT customer, id FROM born`);
  await db.run(sql`DELETE FROM stranger WHERE customer IN (SELECT customer FROM born)`);
  await forgetUnknownCustomers(db);
  const [entry] = await db.query(sql`SELECT * FROM (
    SELECT 1 AS n FROM consent UNION ALL SELECT 1 FROM suppression) entries LIMIT 1`);
  if (!entry) return { inboxes: [], any: true };
  const key = (id: Sql) => spellingKey(db.dialect, id);
  const alike = sql`JOIN (${possibleIds(db.dialect)}) s ON s.customer = w.customer JOIN born b ON ${key(sql`b.id`)} = s.part`;
  const addressed = sql`JOIN born b ON ${idHash(db, sql`b.id`)} = w.address WHERE ${isAddress(sql`b.id`)}`;
  const lifted = sql`SELECT address FROM suppression WHERE lifted IS TRUE AND address IS NOT NULL`;
  const id = sql`concat(w.id, '/', b.customer)`;
  const withdrawal = sql`SELECT ${id}, b.id, w.channel, FALSE, w.at, w.${ident(SOURCE)} FROM consent w`;
  const unknown = (ledger: string) => sql`
    NOT EXISTS (SELECT 1 FROM ${ident(ledger)} x WHERE x.customer = b.customer AND x.channel = w.channel AND x.at = w.at)`;
  const withdraws = sql`NOT w.granted AND ${unknown('consent')}`;
  const withdrawn = await db.run(sql`
    INSERT INTO inbox_consent (id, customer, channel, granted, "at", ${ident(SOURCE)})
    ${withdrawal} ${alike} WHERE ${withdraws} UNION ${withdrawal} ${addressed} AND ${withdraws}`);
  const suppression = sql`SELECT ${id}, b.id, w.channel, w.reason, w.at FROM suppression w`;
  const suppressed = await db.run(sql`
    INSERT INTO inbox_suppression (id, customer, channel, reason, "at")
    ${suppression} ${alike} WHERE ${unknown('suppression')}
    UNION ${suppression} ${addressed} AND w.customer IS NULL AND w.address NOT IN (${lifted}) AND ${unknown('suppression')}`);
  const inboxes = [...(withdrawn > 0 ? ['inbox_consent'] : []), ...(suppressed > 0 ? ['inbox_suppression'] : [])];
  return { inboxes, any: true };
}

/**
 * Fills `meant` with what the refusals that are due mean which do not name a customer by the exact id: all customers
 * with the id in another spelling, all who have an address that is in it, also as their id, and the address itself. Whether it is the
 * exact id of a customer is asked as of its own tick: `births` are those of this one, which may be a later one. Returns false where there is none.
 */
export async function resolveRefusals(
  { db, program, moments }: Pick<Tick, 'db' | 'program' | 'moments'>,
  births: boolean,
  inbox: 'inbox_consent' | 'inbox_suppression',
  refuses: Sql,
): Promise<boolean> {
  const { attributes } = program.data.customers;
  const of = (those: Sql, when: Sql) => sql`
    SELECT n.* FROM ${ident(inbox)} n JOIN ${those} s ON s.id = n.customer${moments.join(sql`s.customer`)}
    WHERE n.at <= ${moments.now} AND ${refuses}${when}`;
  const earlier = sql` AND ${tickOf(db, program, sql`n.at`)} < s.at`;
  const strange = births
    ? sql`SELECT * FROM (${of(sql`stranger`, empty)} UNION ALL ${of(sql`born`, earlier)}) n`
    : of(sql`stranger`, empty);
  const strangers = births
    ? sql`(SELECT id, customer FROM stranger UNION ALL SELECT id, customer FROM born) x`
    : sql`stranger`;
  if ((await db.query(sql`${strange} LIMIT 1`)).length === 0) return false;
  const key = (id: Sql) => spellingKey(db.dialect, id);
  const own = inbox === 'inbox_consent' ? sql`n.granted` : sql`n.reason`;
  const entry = (suffix: Sql, customer: Sql, address: Sql) => sql`
    SELECT concat(n.id, '/', ${suffix}) AS id, ${customer} AS customer, ${address} AS address, n.channel, ${own}, n.at, n.${ident(SOURCE)}`;
  const someone = entry(sql`i.customer`, sql`i.customer`, sql`NULL::text`);
  const addressed = attributes.filter(({ type }) => type === 'email' || type === 'phone');
  const parts = [
    sql`${someone} FROM strange n JOIN (${possibleIds(db.dialect, strangers)}) s ON s.id = n.customer
      JOIN identity i ON ${key(sql`i.id`)} = s.part AND i.id <> n.customer`,
    sql`${someone} FROM strange n JOIN identity i ON ${idHash(db, sql`i.id`)} = n.address WHERE ${isAddress(sql`i.id`)}`,
    ...addressed.map(
      (attribute) => sql`${someone} FROM strange n
        JOIN customer i ON ${addressHashSql(db.dialect, attribute.type, sql`i.${ident(attribute.name)}`)} = n.address`,
    ),
    sql`${entry(sql`concat('address/', n.address)`, sql`NULL::bigint`, sql`n.address`)} FROM strange n WHERE n.address IS NOT NULL`,
  ];
  const rows = sql`WITH strange AS (${strange}) ${join(parts, ' UNION ')}`;
  return (await temporary(db, 'meant', rows)) > 0;
}

/** Returns the hash of an id that is an address. */
function idHash({ dialect }: Database, id: Sql): Sql {
  return addressHashSql(dialect, 'email', id);
}

function isAddress(id: Sql): Sql {
  return sql`(strpos(${id}, '@') > 0 OR starts_with(${id}, '+'))`;
}
