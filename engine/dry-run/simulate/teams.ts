import sql, { join, type Sql } from 'sql-template-tag';
import { addressAttributes, hashOf } from '../../consent/mailboxes.ts';
import type { Program } from '../../program/program.ts';
import { addressHashSql } from '../../store/canonical-address.ts';
import type { Database } from '../../store/database.ts';
import { possibleIds, spellingKey } from '../../store/id-spelling.ts';
import { temporary } from '../../store/statements.ts';

/**
 * Fills `team` (customer, team) with the customers whose journeys depend on one another, so that they must be at one instant:
 * those who share an address, directly or through others, and all whom refusals to come name that do not name a customer by
 * the exact id.
 */
export async function fillTeams(db: Database, program: Program): Promise<void> {
  const named = await namedOtherwise(db, program);
  const links = sql`
    SELECT attribute AS kind, address AS link, customer FROM mailbox WHERE first IS NOT NULL
    ${named ? sql`UNION ALL SELECT 'refusal', '', customer FROM (${named}) n` : sql``}`;
  await formTeams(db, links);
}

/** Fills `team` (customer, team) with the customers who are linked (kind, link, customer), directly or through others. */
export async function formTeams(db: Database, links: Sql): Promise<void> {
  await temporary(db, 'link', links);
  await temporary(db, 'team', sql`SELECT customer, min(customer) AS team FROM link GROUP BY customer`);
  // Each pass gives everybody the least team among those with a link in common.
  const pass = sql`
    UPDATE team SET team = n.team FROM (
      SELECT l.customer, min(b.team) AS team FROM link l JOIN (
        SELECT k.kind, k.link, min(t.team) AS team FROM link k JOIN team t ON t.customer = k.customer GROUP BY k.kind, k.link) b
        ON b.kind = l.kind AND b.link = l.link GROUP BY l.customer) n
    WHERE n.customer = team.customer AND n.team < team.team`;
  while ((await db.run(pass)) > 0);
}

/** Returns the strangers whom refusals to come name, and the customers who can be meant; undefined: no refusal names a stranger. */
async function namedOtherwise(db: Database, program: Program): Promise<Sql | undefined> {
  const strange = sql`
    SELECT s.id, s.customer, n.address FROM inbox_consent n JOIN stranger s ON s.id = n.customer WHERE NOT n.granted
    UNION SELECT s.id, s.customer, n.address FROM inbox_suppression n JOIN stranger s ON s.id = n.customer`;
  if ((await db.query(sql`SELECT 1 AS n FROM (${strange}) x LIMIT 1`)).length === 0) return undefined;
  const { dialect } = db;
  const holders = addressAttributes(program).map(
    (field) => sql`SELECT c.customer FROM customer c JOIN strange n ON n.address = ${hashOf(db, program, field)}`,
  );
  return sql`
    WITH strange AS (${strange})
    SELECT customer FROM strange UNION
    SELECT i.customer FROM identity i JOIN (${possibleIds(dialect)}) p ON p.part = ${spellingKey(dialect, sql`i.id`)}
      JOIN strange s ON s.customer = p.customer UNION
    SELECT i.customer FROM identity i JOIN strange s ON s.address = ${addressHashSql(dialect, 'email', sql`i.id`)}
    ${holders.length > 0 ? sql`UNION ${join(holders, ' UNION ')}` : sql``}`;
}
