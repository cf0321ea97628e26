import type { Sql } from 'sql-template-tag';
import { valuesByColumn } from './columns.ts';
import type { Column, Database, NewRow, Row } from './database.ts';
import { duckdb } from './dialect.ts';
import type { Line } from './line.ts';
import type { EmbeddedStore } from './serve.ts';

/** Rows that travel in one message, at most. */
const LOAD = 10_000;

/** The embedded store, held by another process. A change outside of a transaction gets one of its own. */
export class RemoteDatabase implements EmbeddedStore {
  readonly dialect = duckdb;
  /** The holder of the store has its guests' transactions take turns. */
  readonly lane = this;
  private readonly line: Line;
  private readonly tx: number | undefined;

  constructor(line: Line, tx?: number) {
    this.line = line;
    this.tx = tx;
  }

  async query<T extends Row = Row>({ strings, values }: Sql): Promise<T[]> {
    return (await this.line.ask({ op: 'query', strings, values }, this.tx)) as T[];
  }

  async run(statement: Sql): Promise<number> {
    if (this.tx === undefined) return this.transaction((tx) => tx.run(statement));
    const { strings, values } = statement;
    return (await this.line.ask({ op: 'run', strings, values }, this.tx)) as number;
  }

  async load(table: string, columns: Column[], rows: readonly NewRow[]): Promise<void> {
    if (this.tx === undefined) return this.transaction((tx) => tx.load(table, columns, rows));
    for (let i = 0; i < rows.length; i += LOAD)
      await this.line.ask(
        { op: 'load', table, columns, values: valuesByColumn(columns, rows.slice(i, i + LOAD)) },
        this.tx,
      );
  }

  async transaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    if (this.tx !== undefined) return work(this);
    const tx = this.line.next();
    await this.line.ask({ op: 'begin', tx });
    try {
      const result = await work(new RemoteDatabase(this.line, tx));
      await this.line.ask({ op: 'end', tx, commit: true }, tx);
      return result;
    } catch (error) {
      // After a failed commit, or with the line down, there is nothing left to roll back.
      await this.line.ask({ op: 'end', tx, commit: false }, tx).catch(() => {});
      throw error;
    }
  }

  /** `path`: absolute; the holder of the store writes there. */
  async snapshot(path: string): Promise<void> {
    await this.line.ask({ op: 'snapshot', path });
  }

  close(): Promise<void> {
    return this.line.close();
  }
}
