import sql from 'sql-template-tag';
import { t } from '../../spec/words/t.ts';
import { UserError } from '../user-error.ts';
import { presentColumns } from './columns.ts';
import type { Database } from './database.ts';
import { setMeta } from './meta.ts';
import { migrations as all, type Migration, NEWEST } from './migrations/migrations.ts';

/** The numbers of a store's tables before and after a migration. */
export interface Upgrade {
  from: number;
  to: number;
}

/** Notes the version of tables that have just been created. */
export const noteNewest = (db: Database) => setMeta(db, 'version', String(NEWEST));

/** Returns the version of the store's tables; 0 for tables of before there were numbers, undefined without tables of a store. */
async function storeVersion(db: Database): Promise<number | undefined> {
  const present = await presentColumns(db);
  // Another program may have tables of these names.
  if (!present.get('meta')?.has('value') || !present.get('deployment')?.has('lineage')) return undefined;
  const [row] = await db.query<{ value: string }>(sql`SELECT value FROM meta WHERE name = 'version'`);
  return Number(row?.value ?? 0);
}

/**
 * Brings the store's tables to the newest version: each migration all or nothing. Of several processes that do it at once
 * on PostgreSQL one migrates and the others wait. `before` is called with the version first. Returns undefined where the
 * store has no tables yet, or is up to date; throws UserError for a store that a later version of Kaskad has written.
 */
export async function upgradeStore(
  db: Database,
  before?: (version: number) => Promise<void>,
  migrations: readonly Migration[] = all,
): Promise<Upgrade | undefined> {
  const from = await storeVersion(db);
  const to = migrations.length;
  if (from === undefined || from === to) return undefined;
  refuseLater(from, to);
  await before?.(from);
  for (const { number, run } of migrations.slice(from))
    await db.transaction(async (tx) => {
      await lock(tx);
      const version = (await storeVersion(tx)) ?? 0;
      refuseLater(version, to);
      if (version >= number) return;
      await run(tx);
      await setMeta(tx, 'version', String(number));
    });
  return { from, to };
}

/** Throws UserError where the number of a store is later than the one that this version of Kaskad writes. */
export function refuseLater(version: number, newest: number = NEWEST): void {
  if (version <= newest) return;
  throw new UserError(
    'store-newer',
    t`The store was written by a later version of Kaskad (its tables have number ${String(version)}, this version writes ${String(newest)}).`,
    t`Update Kaskad to that version. Nothing in the store was changed.`,
  );
}

/** Until the transaction ends, no other process migrates, and no transaction of another process begins; see Postgres. */
async function lock(tx: Database): Promise<void> {
  if (tx.dialect.name !== 'postgres') return;
  await tx.query(sql`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended('kaskad upgrade ' || current_schema(), 0))`);
  await tx.run(sql`LOCK TABLE meta IN ACCESS EXCLUSIVE MODE`);
}
