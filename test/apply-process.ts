import { readFile } from 'node:fs/promises';
import { applyPlan } from '../engine/plan/apply-plan.ts';
import { readPlan } from '../engine/plan/check-plan.ts';
import type { Database, Row } from '../engine/store/database.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { Postgres } from '../engine/store/postgres.ts';

/**
 * `node test/apply-process.ts <store or url> <plan file> <instant> <point>`: applies a plan, and kills itself just before the statement of that
 * number; the last point is the end of the process. Prints `done` where it gets there.
 */
const [store = '', file = '', at = '', point = ''] = process.argv.slice(2);
let left = Number(point);

/** Counts statements, also those of transactions; nothing of the process survives the kill. */
function counted(db: Database): Database {
  const strike = () => {
    left--;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
  return new Proxy(db, {
    get(target, key) {
      if (key === 'transaction')
        return (work: (tx: Database) => Promise<unknown>) => {
          strike();
          return target.transaction((tx) => work(tx === target ? counted(target) : counted(tx)));
        };
      const value = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (key === 'query' || key === 'run' || key === 'load') strike();
        return (value as (...all: unknown[]) => Promise<Row[]>).apply(target, args);
      };
    },
  });
}

const db = store.startsWith('postgres') ? await Postgres.open(store) : await DuckDb.open(store);
const plan = readPlan(await readFile(file, 'utf8'));
if ('reason' in plan) throw new Error(plan.message);
const applied = await applyPlan(counted(db), plan, { at: Number(at), lineage: 'one', who: 'test' });
left--;
if (left === 0) process.kill(process.pid, 'SIGKILL');
await db.close();
console.log(`${applied.status} ${left < 0}`);
