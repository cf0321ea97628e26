import sql, { join } from 'sql-template-tag';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { temporary } from '../../store/statements.ts';
import { UNDATED } from '../files/rows.ts';
import { SOURCE } from '../files/shape.ts';

const source = ident(SOURCE);

/** The ids of rows that have the instant of their first reading begin so. */
export const FIRST_READ = 'read/';

/** The inboxes whose rows may be refusals. */
export const refusing = ['inbox_consent', 'inbox_suppression', 'inbox_feedback'];

/**
 * Gives each refusal without a date of its own the instant of its first reading, which it keeps while its file holds the
 * row: it is one entry, however often the file is read. A row that had gone from the file and is there again is another
 * entry; but a consent in a column of customers is a new one only if the column has held a refusal meanwhile. `inboxes`: those with rows; `whole`: the numbers of the sources that were read from their beginning.
 */
export async function settleUndated(db: Database, inboxes: string[], whole: number[]): Promise<void> {
  const rows = inboxes.map(
    (inbox) => sql`SELECT n.${source}, n.id, n.at FROM ${ident(inbox)} n WHERE starts_with(n.id, ${UNDATED}::text)`,
  );
  const none = sql`SELECT ${source}, id, "at" FROM undated WHERE FALSE`;
  const here = sql`SELECT ${source}, id, min("at") AS "at" FROM (${join([none, ...rows], ' UNION ALL ')}) h GROUP BY 1, 2`;
  const found = await temporary(db, 'here', here);
  if (whole.length > 0)
    await db.run(sql`
      DELETE FROM undated WHERE "at" IS NULL
        OR (${source} IN (${join(whole)}) AND (${source}, id) NOT IN (SELECT ${source}, id FROM here)
          AND (id NOT LIKE '%/yes' OR (${source}, concat(left(id, length(id) - 3), 'no')) IN (SELECT ${source}, id FROM here)))`);
  if (found === 0) return;
  await db.run(sql`
    INSERT INTO undated (${source}, id, "at") SELECT ${source}, id, "at" FROM here
    WHERE (${source}, id) NOT IN (SELECT ${source}, id FROM undated)`);
  for (const inbox of inboxes)
    await db.run(sql`
      UPDATE ${ident(inbox)} AS n SET id = concat(${FIRST_READ}::text, u.at, '/', u.${source}, '/', u.id), "at" = u.at
      FROM undated u WHERE u.${source} = n.${source} AND u.id = n.id`);
}
