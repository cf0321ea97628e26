import sql from 'sql-template-tag';
import { countErased } from '../../data/intake/erased.ts';
import { heldFiles } from '../../data/intake/unreadable.ts';
import type { Database } from '../../store/database.ts';

/** The knowledge of a store about the data files as it has read them last. */
export interface Before {
  files: { path: string; rows: number; lost: number; at: number }[];
  /** The files that have held rows. */
  held: string[];
  /** Hashes of the customers who were erased. */
  erased: { hash: string; kind: string }[];
}

/** Reads the store's knowledge; undefined: nothing has been applied to the store, or an earlier Kaskad has left it. */
export async function readBefore(db: Database): Promise<Before | undefined> {
  const counted = sql`FROM information_schema.columns WHERE table_name = 'source' AND column_name = 'passed'`;
  if ((await db.query(sql`SELECT 1 AS n ${counted} LIMIT 1`)).length === 0) return undefined;
  return {
    files: await db.query<{ path: string; rows: number; lost: number; at: number }>(
      sql`SELECT path, "rows", coalesce(lost, 0) AS lost, loaded_at AS "at" FROM source ORDER BY path`,
    ),
    held: [...(await heldFiles(db))],
    erased:
      (await countErased(db)) === 0
        ? []
        : await db.query<{ hash: string; kind: string }>(sql`SELECT hash, coalesce(kind, 'id') AS kind FROM erased`),
  };
}
