import sql from 'sql-template-tag';
import { expect, test } from 'vitest';
import { tz } from '../../test/drive.ts';
import { hour, program } from '../../test/world.ts';
import { settle } from '../data/intake/settle.ts';
import { applyProgram } from '../deploy/apply.ts';
import { DuckDb } from '../store/duckdb.ts';
import { runTick } from './run-tick.ts';

const start = Date.UTC(2026, 2, 2);

test('events that are collected in several parts are numbered as in one', async () => {
  const db = await DuckDb.open(':memory:');
  const world = program();
  await applyProgram(db, { program: world, at: start - hour, lineage: 'test' });
  // Half of them happen at one instant, and some in the future.
  await db.run(sql`
    INSERT INTO inbox_event_order_paid (id, customer, "at", "#arrival", "#source")
    SELECT 'o' || (n * 7919 % 600000), 'c' || (n % 100),
      CASE WHEN n % 2 = 0 THEN ${start - hour}::bigint ELSE ${start}::bigint - (n * 104729 % 600000 - 1000) * 1000 END, n, 1
    FROM range(600000) AS r(n)`);
  await settle(db, world.data);
  await runTick(db, world, start, tz);
  const [found] = await db.query(sql`
    SELECT count(*) AS "rows", count(DISTINCT seq) AS numbers, min(seq) AS first, max(seq) AS last,
      count(*) FILTER (WHERE seq <> nth) AS wrong
    FROM (SELECT seq, row_number() OVER (ORDER BY "at", id, customer, "#source") AS nth FROM event_order_paid) e`);
  const [left] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM inbox_event_order_paid`);
  expect(left?.n).toBeGreaterThan(100);
  const rows = 600_000 - (left?.n ?? 0);
  expect(found).toEqual({ rows, numbers: rows, first: 1, last: rows, wrong: 0 });
  await db.close();
}, 60_000);
