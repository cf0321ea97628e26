import sql from 'sql-template-tag';
import type { Database } from '../../store/database.ts';
import { type Erased, idHash } from '../files/erased.ts';

/** Returns what is known of customers who were erased; undefined where nobody was. */
export async function readErased(db: Database): Promise<Erased | undefined> {
  const rows = await db.query<{ hash: string; kind: string | null }>(sql`SELECT DISTINCT hash, kind FROM erased`);
  if (rows.length === 0) return undefined;
  // Stores of earlier versions do not know of which kind a hash is.
  const of = (...kinds: (string | null)[]) =>
    new Set(rows.filter(({ kind }) => kinds.includes(kind)).map(({ hash }) => hash));
  return { ids: of('id', null), addresses: of('address', null), others: of('other') };
}

/** Returns false of a store that an earlier Kaskad has left without the table as it is now. */
async function knows(db: Database): Promise<boolean> {
  const table = sql`FROM information_schema.columns WHERE table_name = 'erased' AND column_name = 'kind'`;
  return (await db.query(sql`SELECT 1 AS n ${table}`)).length > 0;
}

/** Returns when the customer with this id was erased; undefined: no such customer was. */
export async function erasedAt(db: Database, id: string): Promise<number | undefined> {
  if (!(await knows(db))) return undefined;
  const [row] = await db.query<{ at: number }>(
    sql`SELECT "at" FROM erased WHERE hash = ${idHash(id)} AND coalesce(kind, 'id') = 'id' ORDER BY "at" LIMIT 1`,
  );
  return row?.at;
}

/** Returns how many customers were erased. */
export async function countErased(db: Database): Promise<number> {
  if (!(await knows(db))) return 0;
  const [row] = await db.query<{ n: number }>(sql`SELECT count(DISTINCT customer) AS n FROM erased`);
  return row?.n ?? 0;
}
