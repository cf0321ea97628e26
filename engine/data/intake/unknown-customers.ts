import sql, { join, type Sql } from 'sql-template-tag';
import type { DataModel } from '../../../spec/model/data.ts';
import { later } from '../../../spec/words/t.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { possibleIds, spellingKey } from '../../store/id-spelling.ts';
import { eventInbox } from '../../store/tables.ts';
import { UNCLEAR, UNCLEAR_WORDS } from '../files/doubt.ts';
import type { ProblemCode } from '../files/problem.ts';
import { ARRIVAL, SOURCE } from '../files/shape.ts';

const BY_ADDRESS = later`No customer has this id. The refusal counts for the address in it, and for any customer with that address. Nothing is left to do.`;
const BY_SPELLING = later`No customer has exactly this id. The refusal counts for the customers who have it in another spelling, or have one of several ids in it. Correct the id.`;
const NOBODY = later`No customer has this id in any spelling, and there is no address in it: the refusal counts for nobody, unless there is such a customer later. Correct the id.`;
const CONSENT = later`No customer has this id. The consent counts when there is one.`;

/** The codes of refusals that name no customer exactly, by what they have an effect on. */
const REFUSED = ['refusal-of-nobody', 'refusal-by-spelling', 'refusal-by-address'] as const satisfies ProblemCode[];
const [OF_NOBODY, IN_SPELLING, OF_ADDRESS] = REFUSED;

/**
 * Removes the reports about ids that have become customers, which `born` (id, customer) holds, and corrects those about
 * refusals that name them in another spelling.
 */
export async function forgetUnknownCustomers(db: Database): Promise<void> {
  const reported = sql`code IN (${join(['unknown-customer', ...REFUSED])}) AND customer`;
  if ((await db.query(sql`SELECT 1 AS n FROM quarantine WHERE ${reported} IS NOT NULL LIMIT 1`)).length === 0) return;
  await db.run(sql`DELETE FROM quarantine WHERE ${reported} IN (SELECT customer FROM born)`);
  await db.run(sql`
    UPDATE quarantine SET code = ${IN_SPELLING}, message = ${BY_SPELLING} WHERE message = ${NOBODY} AND ${reported} IN (
      SELECT s.customer FROM (${possibleIds(db.dialect)}) s JOIN born b ON ${spellingKey(db.dialect, sql`b.id`)} = s.part)`);
}

/** Returns a query for the ids that only consent and suppressions have named: they make nobody a customer. */
export function unknownIds(data: DataModel): Sql {
  const coming = [
    sql`SELECT id FROM inbox_customer`,
    sql`SELECT customer FROM inbox_listing WHERE customer IS NOT NULL`,
    ...data.events.map((kind) => sql`SELECT customer FROM ${ident(eventInbox(kind.name))}`),
  ];
  return sql`SELECT id FROM stranger WHERE id NOT IN (${join(coming, ' UNION ALL ')})`;
}

/**
 * Reports rows of consent and suppressions, as they have just been read, that name somebody who is no customer. Where such a
 * row has more or fewer cells than its header, and counts for nobody, its file cannot be relied on.
 */
export async function reportUnknownCustomers(db: Database, data: DataModel, at: number): Promise<void> {
  if ((await db.query(sql`SELECT 1 AS n FROM stranger LIMIT 1`)).length === 0) return;
  // In campaign tests nothing is read from files.
  if ((await db.query(sql`SELECT 1 AS n FROM source LIMIT 1`)).length === 0) return;
  const strange = unknownIds(data);
  const somebody = sql`SELECT ${spellingKey(db.dialect, sql`id`)} FROM identity WHERE id NOT IN (${strange})`;
  const place = sql`${ident(SOURCE)}, ${ident(ARRIVAL)}`;
  const rows = [
    sql`SELECT customer, address, ${place}, NOT granted AS refusal FROM inbox_consent`,
    sql`SELECT customer, address, ${place}, TRUE FROM inbox_suppression`,
  ];
  const alike = sql`n.customer IN (SELECT m.id FROM (${possibleIds(db.dialect)}) m WHERE m.part IN (${somebody}))`;
  const line = sql`n.${ident(ARRIVAL)} - s.base`;
  const strangers = sql`
    FROM (${join(rows, ' UNION ALL ')}) n JOIN source s ON s.number = n.${ident(SOURCE)} AND n.${ident(ARRIVAL)} > s.base
      JOIN stranger y ON y.id = n.customer
    WHERE n.customer IN (${strange})`;
  const kind = (consent: string, address: string, spelling: string, nobody: string) => sql`
    CASE WHEN NOT n.refusal THEN ${consent} WHEN n.address IS NOT NULL THEN ${address}
      WHEN ${alike} THEN ${spelling} ELSE ${nobody} END`;
  await db.run(sql`
    INSERT INTO quarantine (path, line, field, code, message, "at", refusal, customer)
    SELECT DISTINCT s.path, ${line}, 'customer',
      ${kind('unknown-customer', OF_ADDRESS, IN_SPELLING, OF_NOBODY)}, ${kind(CONSENT, BY_ADDRESS, BY_SPELLING, NOBODY)},
      ${at}::bigint, n.refusal, y.customer
    ${strangers}`);
  const doubted = sql`code = 'wrong-cell-count' AND refusal AND NOT coalesce(fatal, FALSE)`;
  if ((await db.query(sql`SELECT 1 AS n FROM quarantine WHERE ${doubted} LIMIT 1`)).length === 0) return;
  const unclear = await db.run(sql`
    UPDATE quarantine SET code = ${UNCLEAR}, message = ${UNCLEAR_WORDS}
    WHERE ${doubted} AND (path, line) IN (
      SELECT s.path, ${line} ${strangers} AND n.refusal AND n.address IS NULL AND NOT ${alike})`);
  if (unclear > 0)
    await db.run(sql`
      UPDATE source SET readable = FALSE, prefix = NULL
      WHERE path IN (SELECT path FROM quarantine WHERE code = ${UNCLEAR})`);
}
