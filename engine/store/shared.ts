import type { Sql } from 'sql-template-tag';
import type { Column, Database, NewRow, Row } from './database.ts';
import { duckdb } from './dialect.ts';
import { HolderGone } from './line.ts';
import type { EmbeddedStore } from './serve.ts';

/** A store in this process's hands, or a connection to the process that holds it. */
export interface Access {
  db: EmbeddedStore;
  /** True if this process holds the store itself. */
  holds: boolean;
  close(): Promise<void>;
}

/**
 * A store whose holder may change: when the process that holds it ends, what has not begun is begun anew with the next
 * holder, which may be this process.
 */
export class SharedStore implements EmbeddedStore {
  readonly dialect = duckdb;
  /** A guest's transactions take turns with those of the holder. */
  readonly lane = this;
  private access: Promise<Access>;
  private readonly reopen: () => Promise<Access>;

  constructor(access: Access, reopen: () => Promise<Access>) {
    this.access = Promise.resolve(access);
    this.reopen = reopen;
  }

  query<T extends Row = Row>(statement: Sql): Promise<T[]> {
    return this.with((db) => db.query<T>(statement));
  }

  run(statement: Sql): Promise<number> {
    return this.with((db) => db.run(statement));
  }

  load(table: string, columns: Column[], rows: readonly NewRow[]): Promise<void> {
    return this.with((db) => db.load(table, columns, rows));
  }

  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    return this.with((db) => db.transaction(work));
  }

  snapshot(path: string): Promise<void> {
    return this.with((db) => db.snapshot(path));
  }

  async close(): Promise<void> {
    // A store that could not be opened again needs no closing.
    const access = await this.access.catch(() => undefined);
    await access?.close();
  }

  private async with<T>(work: (db: EmbeddedStore) => Promise<T>): Promise<T> {
    for (;;) {
      const access = this.access;
      const { db } = await access;
      try {
        return await work(db);
      } catch (error) {
        if (!(error instanceof HolderGone)) throw error;
        // The first of several calls that find the holder gone opens the store for all.
        if (this.access === access) this.access = access.then(({ close }) => close()).then(this.reopen);
      }
    }
  }
}
