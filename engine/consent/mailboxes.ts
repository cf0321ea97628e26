import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Field } from '../../spec/model/data.ts';
import type { Program } from '../program/program.ts';
import { addressHashSql } from '../store/canonical-address.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { runAll, temporary } from '../store/statements.ts';

/** The attributes that hold addresses: those of the channels, and all of type e-mail and phone. */
export function addressAttributes({ data, channels }: Program) {
  const used = new Set(channels.map((channel) => channel.address));
  return data.customers.attributes.filter(({ name, type }) => type === 'email' || type === 'phone' || used.has(name));
}

/** The hash of an address of customer `c`. In a program whose customers are of several worlds, addresses are of their world. */
export function hashOf({ dialect }: Database, { worlds }: Program, field: Pick<Field, 'name' | 'type'>): Sql {
  const hash = addressHashSql(dialect, field.type, sql`c.${ident(field.name)}`);
  return worlds ? dialect.sha256(sql`concat(split_part(c.id, ':', 1), '/', ${hash})`) : hash;
}

const named = sql`(SELECT address FROM consent WHERE address IS NOT NULL
  UNION SELECT address FROM suppression WHERE address IS NOT NULL)`;

/**
 * Works out anew who shares an address, to be called when customers' addresses have changed. Fills `moved` (customer) with
 * those for whom that has changed; returns false where there are none, and that is nearly always.
 */
export async function findMailboxes(db: Database, program: Program): Promise<boolean> {
  const attributes = addressAttributes(program);
  const [some] = await db.query(sql`SELECT 1 AS n FROM ${named} x LIMIT 1`);
  const parts = attributes.map(({ name: attribute, type }) => {
    const column = ident(attribute);
    // Few share: so the addresses of the others are hashed only where an entry of a ledger may be about them.
    const canonical = type === 'email' ? sql`lower(${column})` : sql`${column}`;
    const several = sql`${canonical} IN (
      SELECT ${canonical} FROM customer WHERE ${column} IS NOT NULL GROUP BY 1 HAVING count(*) > 1)`;
    const hash = hashOf(db, program, { name: attribute, type });
    return sql`
      SELECT ${attribute}::text AS attribute, ${hash} AS address, c.customer, c.id FROM (
        SELECT customer, id, ${column} FROM customer
        WHERE ${column} IS NOT NULL) c WHERE ${several} ${some ? sql`OR ${hash} IN ${named}` : empty}`;
  });
  const found =
    parts.length === 0
      ? sql`SELECT attribute, address, customer, first FROM mailbox WHERE FALSE`
      : sql`
        SELECT attribute, address, customer, CASE WHEN n > 1 THEN first END AS first FROM (
          SELECT a.*, count(*) OVER same AS n, min(a.id) OVER same AS first FROM (${join(parts, ' UNION ALL ')}) a
          WINDOW same AS (PARTITION BY attribute, address)) b
        WHERE n > 1 OR address IN ${named}`;
  await temporary(db, 'found', found);
  const differ = sql`SELECT customer FROM (
      (SELECT * FROM found EXCEPT SELECT attribute, address, customer, first FROM mailbox) UNION ALL
      (SELECT attribute, address, customer, first FROM mailbox EXCEPT SELECT * FROM found)) d`;
  if ((await db.query(sql`${differ} LIMIT 1`)).length === 0) return false;
  await temporary(db, 'moved', sql`SELECT DISTINCT customer FROM (${differ}) d`);
  await runAll(db, [
    sql`DELETE FROM mailbox`,
    sql`INSERT INTO mailbox (attribute, address, customer, first) SELECT attribute, address, customer, first FROM found`,
  ]);
  return true;
}

/**
 * Notes the addresses that rows of the inbox take from customers; to be called before they do. `kept`: attributes that an empty
 * cell leaves as they are.
 */
export async function noteFormerAddresses(db: Database, program: Program, kept: Set<string>): Promise<void> {
  const used = new Set(program.channels.map(({ address }) => address));
  const fields = addressAttributes(program).filter((field) => used.has(field.name));
  if (fields.length === 0) return;
  const known = join(
    fields.map((field) => sql`${ident(field.name)} IS NOT NULL`),
    ' OR ',
  );
  // Not at the first reading.
  if ((await db.query(sql`SELECT 1 AS n FROM customer WHERE ${known} LIMIT 1`)).length === 0) return;
  const parts = fields.map((field) => {
    const column = ident(field.name);
    const goes = kept.has(field.name) ? sql`n.${column} <> c.${column}` : sql`n.${column} IS DISTINCT FROM c.${column}`;
    return sql`
        SELECT DISTINCT ${field.name}::text AS attribute, ${hashOf(db, program, field)} AS address
        FROM inbox_customer n JOIN identity i ON i.id = n.id JOIN customer c ON c.customer = i.customer
        WHERE c.${column} IS NOT NULL AND ${goes}`;
  });
  await db.run(sql`
    INSERT INTO former_address (attribute, address) SELECT attribute, address FROM (${join(parts, ' UNION ALL ')}) x
    WHERE NOT EXISTS (SELECT 1 FROM former_address f WHERE f.attribute = x.attribute AND f.address = x.address)`);
}

/** Notes the addresses of single customers that entries of the ledgers are about. `whom`: a subquery of customers. */
export async function noteMailboxes(db: Database, program: Program, whom: Sql): Promise<void> {
  const parts = addressAttributes(program).map(
    ({ name: attribute, type }) => sql`
      SELECT ${attribute}::text AS attribute, ${hashOf(db, program, { name: attribute, type })} AS address, c.customer
      FROM customer c WHERE c.${ident(attribute)} IS NOT NULL AND c.customer IN (${whom})`,
  );
  if (parts.length === 0) return;
  await db.run(sql`
    INSERT INTO mailbox (attribute, address, customer, first)
    SELECT a.attribute, a.address, a.customer, NULL FROM (${join(parts, ' UNION ALL ')}) a
    WHERE a.address IN ${named} AND NOT EXISTS (
      SELECT 1 FROM mailbox m WHERE m.attribute = a.attribute AND m.customer = a.customer)`);
}

/**
 * Notes the addresses of messages (a condition on them) that have none, as the customers have them now. What is known of a
 * message that left is the address that it was sent to.
 */
export async function noteAddresses(db: Database, program: Program, which: Sql): Promise<void> {
  const types = new Map(program.data.customers.attributes.map(({ name, type }) => [name, type]));
  const hashes = program.channels.flatMap(({ name: channel, address }) =>
    address === undefined
      ? []
      : [
          sql`WHEN ${channel}::text THEN ${hashOf(db, program, { name: address, type: types.get(address) ?? 'string' })}`,
        ],
  );
  if (hashes.length === 0) return;
  await db.run(sql`
    UPDATE message SET address = CASE message.channel ${join(hashes, ' ')} END FROM customer c
    WHERE c.customer = message.customer AND message.address IS NULL AND ${which}`);
}

/** A subquery: these customers and all who share an address with them. */
export function withSharers(whom: Sql): Sql {
  return sql`
    SELECT customer FROM (${whom}) w UNION
    SELECT b.customer FROM mailbox b WHERE b.first IS NOT NULL AND (b.attribute, b.address) IN (
      SELECT a.attribute, a.address FROM mailbox a WHERE a.first IS NOT NULL AND a.customer IN (${whom}))`;
}

/** Returns the customers, by the shop's ids, who have one of these addresses, in whichever attribute. */
export async function holdersOf(db: Database, program: Program, hashes: string[]): Promise<string[]> {
  if (hashes.length === 0) return [];
  const holders = addressAttributes(program).map(
    (field) => sql`SELECT c.id FROM customer c WHERE c.${ident(field.name)} IS NOT NULL
      AND ${hashOf(db, program, field)} IN (${join(hashes)})`,
  );
  if (holders.length === 0) return [];
  const rows = await db.query<{ id: string }>(sql`SELECT id FROM (${join(holders, ' UNION ')}) h ORDER BY id`);
  return rows.map((row) => row.id);
}
