import type { Database } from '../store/database.ts';
import { isOutdated, migrate } from '../store/tables.ts';
import { currentDeployment } from './apply.ts';

/** Adds the tables and columns that a store lacks which an earlier version has written. */
export async function upgradeStore(db: Database): Promise<void> {
  if (!(await isOutdated(db))) return;
  const applied = await currentDeployment(db);
  if (applied) await db.transaction((tx) => migrate(tx, applied.program.data));
}
