import type { Sql } from 'sql-template-tag';
import type { Column, Database, NewRow, Row } from '../../store/database.ts';

/**
 * A store that calls `moved` after every statement that may have moved enrolments, in the same transaction. Each such
 * statement takes an enrolment one step on, or past sends that were refused, which messages record; so that what is
 * seen is the whole way and not only where it came to rest.
 */
export class Watched implements Database {
  readonly dialect;
  readonly lane;
  private readonly inner: Database;
  private readonly moved: (db: Database) => Promise<void>;

  constructor(inner: Database, moved: (db: Database) => Promise<void>) {
    this.inner = inner;
    this.moved = moved;
    this.dialect = inner.dialect;
    this.lane = inner.lane;
  }

  query<T extends Row = Row>(statement: Sql): Promise<T[]> {
    return this.inner.query<T>(statement);
  }

  async run(statement: Sql): Promise<number> {
    const rows = await this.inner.run(statement);
    if (rows > 0 && moves.test(statement.strings[0] ?? '')) await this.moved(this.inner);
    return rows;
  }

  load(table: string, columns: Column[], rows: readonly NewRow[]): Promise<void> {
    return this.inner.load(table, columns, rows);
  }

  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    return this.inner.transaction((tx) => work(new Watched(tx, this.moved)));
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

const moves = /^\s*(?:INSERT INTO|UPDATE)\s+enrolment\b/;
