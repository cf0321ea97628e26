import sql, { join } from 'sql-template-tag';
import { UNDATED } from '../ingest/rows.ts';
import { ARRIVAL, SOURCE } from '../ingest/shape.ts';
import type { Database } from '../store/database.ts';
import { name } from '../store/dialect.ts';
import { runAll } from '../store/statements.ts';

const source = name(SOURCE);

/**
 * A withdrawal without a date of its own has the date of its reading, so it must be an entry of the ledger once, however
 * often its file is read; but a row that had gone from the file and is there again is another entry. `whole`: the numbers
 * of the sources that were read from their beginning.
 */
export async function settleUndated(db: Database, whole: number[]): Promise<void> {
  const undated = sql`starts_with(n.id, ${UNDATED}::text)`;
  const found = await runAll(
    db,
    db.dialect.temporary('here', sql`SELECT DISTINCT n.${source}, n.id FROM inbox_consent n WHERE ${undated}`),
  );
  if (found === 0 && whole.length === 0) return;
  const known = sql`(SELECT ${source}, id FROM undated)`;
  await db.run(sql`DELETE FROM inbox_consent WHERE (${source}, id) IN ${known}`);
  if (whole.length > 0)
    await db.run(sql`
      DELETE FROM undated WHERE ${source} IN (${join(whole)}) AND (${source}, id) NOT IN (SELECT ${source}, id FROM here)`);
  await db.run(
    sql`INSERT INTO undated (${source}, id) SELECT ${source}, id FROM here WHERE (${source}, id) NOT IN ${known}`,
  );
  await db.run(sql`
    UPDATE inbox_consent AS n SET id = concat('read/', n.${name(ARRIVAL)}, '/', n.${source}) WHERE ${undated}`);
}
