import type { Sql } from 'sql-template-tag';
import type { Column, Database, NewRow } from '../engine/store/database.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { Postgres } from '../engine/store/postgres.ts';

interface Spent {
  count: number;
  ms: number;
  /** Of the processor, by this process: a server's work is not in it. */
  cpu: number;
}

let recorded: Map<string, Spent> | undefined;

/**
 * Calls `work`, and prints the statements that any store of this process executed meanwhile: the time by the clock, that of the processor, how
 * often; the longest first. The processor's time of statements that run side by side counts for each of them.
 */
export async function printProfile(title: string, work: () => Promise<unknown>, most = 25): Promise<void> {
  instrument();
  recorded = new Map();
  const began = performance.now();
  await work();
  const elapsed = performance.now() - began;
  const statements = [...recorded].sort(([, a], [, b]) => b.ms - a.ms);
  recorded = undefined;
  const sum = (of: (spent: Spent) => number) => statements.reduce((total, [, spent]) => total + of(spent), 0);
  console.log(
    `${title}: ${elapsed.toFixed(1)} ms, ${sum(({ count }) => count)} statements of ${statements.length} texts take ${sum(({ ms }) => ms).toFixed(1)} ms, ${sum(({ cpu }) => cpu).toFixed(1)} of the processor`,
  );
  for (const [text, { count, ms, cpu }] of statements.slice(0, most)) {
    const figures = [`${ms.toFixed(1)} ms`, `${cpu.toFixed(1)} cpu`].map((figure) => figure.padStart(13)).join('');
    console.log(`${figures}${String(count).padStart(6)} ×  ${text.slice(0, 150)}`);
  }
}

let instrumented = false;

/** Replaces the methods of both kinds of store: a simulation and a plan open stores of their own, which no wrapper would see. */
function instrument(): void {
  if (instrumented) return;
  instrumented = true;
  for (const store of [DuckDb.prototype, Postgres.prototype] as Database[]) {
    const { query, run, load, temporary } = store;
    store.query = function (this: Database, statement: Sql) {
      return timed(statement.text, () => query.call(this, statement)) as ReturnType<typeof query>;
    } as typeof query;
    store.run = function (this: Database, statement: Sql) {
      return timed(statement.text, () => run.call(this, statement));
    };
    if (temporary)
      store.temporary = function (this: Database, table: string, rows: Sql) {
        return timed(`${table} AS ${rows.text}`, () => temporary.call(this, table, rows));
      };
    store.load = function (table: string, columns: Column[], rows: readonly NewRow[]) {
      return timed(`load ${table}`, () => load.call(this, table, columns, rows));
    };
  }
}

async function timed<T>(text: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const before = process.cpuUsage();
  try {
    return await work();
  } finally {
    const { user, system } = process.cpuUsage(before);
    const key = text.replaceAll(/\s+/g, ' ').trim();
    const { count, ms, cpu } = recorded?.get(key) ?? { count: 0, ms: 0, cpu: 0 };
    const spent = { count: count + 1, ms: ms + performance.now() - began, cpu: cpu + (user + system) / 1000 };
    recorded?.set(key, spent);
  }
}
