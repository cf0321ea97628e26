import sql from 'sql-template-tag';
import { idHash } from '../ingest/erased.ts';
import type { Database } from '../store/database.ts';

/** Returns the hashes of the ids and addresses of customers who were erased; undefined where nobody was. */
export async function readErased(db: Database): Promise<ReadonlySet<string> | undefined> {
  const rows = await db.query<{ hash: string }>(sql`SELECT DISTINCT hash FROM erased`);
  return rows.length === 0 ? undefined : new Set(rows.map(({ hash }) => hash));
}

/** Returns false of a store that an earlier Kaskad has left without the table. */
async function knows(db: Database): Promise<boolean> {
  return (await db.query(sql`SELECT 1 AS n FROM information_schema.tables WHERE table_name = 'erased'`)).length > 0;
}

/** Returns when the customer with this id was erased; undefined: no such customer was. */
export async function erasedAt(db: Database, id: string): Promise<number | undefined> {
  if (!(await knows(db))) return undefined;
  const [row] = await db.query<{ at: number }>(
    sql`SELECT "at" FROM erased WHERE hash = ${idHash(id)} ORDER BY "at" LIMIT 1`,
  );
  return row?.at;
}

/** Returns how many customers were erased. */
export async function countErased(db: Database): Promise<number> {
  if (!(await knows(db))) return 0;
  const [row] = await db.query<{ n: number }>(sql`SELECT count(DISTINCT customer) AS n FROM erased`);
  return row?.n ?? 0;
}
