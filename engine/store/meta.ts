import sql from 'sql-template-tag';
import type { Database } from './database.ts';

/** Sets a fact about the store; of several workers that do it at once the last one counts. */
export async function setMeta(db: Database, name: string, value: string): Promise<void> {
  await db.run(sql`
    INSERT INTO meta (name, value) VALUES (${name}, ${value}) ON CONFLICT (name) DO UPDATE SET value = excluded.value`);
}
