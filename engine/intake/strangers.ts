import sql, { join } from 'sql-template-tag';
import type { DataModel } from '../../spec/model/data.ts';
import { ARRIVAL, SOURCE } from '../ingest/shape.ts';
import type { Database } from '../store/database.ts';
import { name } from '../store/dialect.ts';
import { eventInbox } from '../store/tables.ts';
import { MOST_PROBLEMS } from './file.ts';

const REFUSAL =
  'No customer has this id. The refusal counts for customers who have it in other letters, and for an address for whoever has that.';
const CONSENT = 'No customer has this id. The consent counts when there is one.';

/** Reports rows of consent and suppressions, as they have just been read, that name somebody who is no customer. */
export async function reportStrangers(db: Database, data: DataModel, at: number): Promise<void> {
  if ((await db.query(sql`SELECT 1 AS n FROM stranger LIMIT 1`)).length === 0) return;
  const coming = [
    sql`SELECT id FROM inbox_customer`,
    sql`SELECT customer FROM inbox_listing WHERE customer IS NOT NULL`,
    ...data.events.map((kind) => sql`SELECT customer FROM ${name(eventInbox(kind.name))}`),
  ];
  const strange = sql`SELECT id FROM stranger WHERE id NOT IN (${join(coming, ' UNION ALL ')})`;
  const rows = [
    sql`SELECT customer, ${name(SOURCE)}, ${name(ARRIVAL)}, NOT granted AS refusal FROM inbox_consent`,
    sql`SELECT customer, ${name(SOURCE)}, ${name(ARRIVAL)}, TRUE FROM inbox_suppression`,
  ];
  await db.run(sql`
    INSERT INTO quarantine (path, line, field, code, message, "at", refusal)
    SELECT DISTINCT s.path, n.${name(ARRIVAL)} - s.base, 'customer', 'unknown-customer',
      CASE WHEN n.refusal THEN ${REFUSAL} ELSE ${CONSENT} END, ${at}::bigint, n.refusal
    FROM (${join(rows, ' UNION ALL ')}) n JOIN source s ON s.number = n.${name(SOURCE)} AND n.${name(ARRIVAL)} > s.base
    WHERE n.customer IN (${strange}) LIMIT ${MOST_PROBLEMS}::bigint`);
}
