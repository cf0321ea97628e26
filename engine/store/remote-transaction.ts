import type { Database } from './database.ts';

/** A transaction that somebody else steers, step by step. */
export interface RemoteTransaction {
  db: Database;
  /** Throws what the commit throws. */
  end(commit: boolean): Promise<void>;
}

class RolledBack extends Error {}

/** Waits for a turn, and keeps it until the end is told. */
export function beginRemote(db: Database): Promise<RemoteTransaction> {
  return new Promise((begun, failed) => {
    const wish = Promise.withResolvers<boolean>();
    const ended: Promise<void> = db.transaction(async (tx) => {
      begun({
        db: tx,
        async end(commit) {
          wish.resolve(commit);
          await ended.catch((error: unknown) => {
            if (!(error instanceof RolledBack)) throw error;
          });
        },
      });
      if (!(await wish.promise)) throw new RolledBack();
    });
    ended.catch(failed);
  });
}
