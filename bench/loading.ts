import { appendFile, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { compile } from '../engine/compile/compile.ts';
import { intake } from '../engine/data/intake/intake.ts';
import { applyProgram } from '../engine/deploy/apply.ts';
import type { Program } from '../engine/program/program.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { runTick } from '../engine/tick/run-tick.ts';
import { tz } from '../test/drive.ts';
import { day, hour, model } from '../test/world.ts';
import type { BenchLine } from './bench.ts';
import { median } from './measure.ts';

const start = Date.UTC(2026, 2, 2);
const FILE = 'orders.csv';

/**
 * Orders, of which one in a hundred is broken, from a file into the events of a store on the disk: the first tick, which reads, numbers, compares and
 * collects them, and the tick after one more row; against DuckDB's `read_csv` of the same file into a table of such a store. In seconds of CPU, because
 * DuckDB works on all cores.
 */
export async function loadingBench(rows: number, rounds = 3): Promise<BenchLine[]> {
  const first: number[] = [];
  const elapsed: number[] = [];
  const appended: number[] = [];
  const bare: number[] = [];
  let peak = 0;
  for (let i = 0; i < rounds; i++) {
    const root = await mkdtemp(join(tmpdir(), 'kaskad-loading-'));
    try {
      await writeOrders(join(root, FILE), rows);
      const times = await load(root, rows);
      first.push(times.first);
      elapsed.push(times.elapsed);
      appended.push(times.appended);
      if (peak === 0) peak = process.resourceUsage().maxRSS / 1024;
      bare.push(await readCsv(root));
    } finally {
      await rm(root, { recursive: true });
    }
  }
  const theirs = median(bare);
  const line = (name: string, ours: number, note: string): BenchLine => ({
    name,
    ours,
    theirs,
    unit: 's',
    note,
  });
  const size = `${rows.toLocaleString('en')} rows, one in a hundred broken`;
  return [
    line(
      'loading a file of orders',
      median(first),
      `${size}; CPU of the first tick, which took ${median(elapsed).toFixed(1)} s, against read_csv into a table; peak memory of the process until then ${peak.toFixed(0)} MB`,
    ),
    line(
      'loading one more row',
      median(appended),
      'CPU of the tick after a row was appended, against read_csv of the whole file',
    ),
  ];
}

async function load(root: string, rows: number): Promise<{ first: number; elapsed: number; appended: number }> {
  const program = orders();
  const db = await DuckDb.open(join(root, 'store.duckdb'));
  try {
    await applyProgram(db, { program, at: start - hour, lineage: 'bench' });
    const tick = (at: number) =>
      runTick(db, program, at, tz, async (tx) => {
        await intake(tx, program, { root, at, clock: Date.now() + hour });
      });
    const began = performance.now();
    const first = await cpu(() => tick(start));
    const elapsed = (performance.now() - began) / 1000;
    await appendFile(join(root, FILE), `o${rows},c1,2026-03-01T10:00:00+03:00,10.00,1,cat 1\n`);
    const appended = await cpu(() => tick(start + day));
    const [found] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM event_order_paid`);
    const sound = rows - Math.floor(rows / 100) + 1;
    if (found?.n !== sound) throw new Error(`${found?.n} orders were loaded of ${sound}`);
    return { first, elapsed, appended };
  } finally {
    await db.close();
  }
}

async function readCsv(root: string): Promise<number> {
  const db = await DuckDb.open(join(root, 'bare.duckdb'));
  try {
    return await cpu(() =>
      db.run(sql`CREATE TABLE orders AS SELECT * FROM read_csv(${join(root, FILE)}, ignore_errors = true)`),
    );
  } finally {
    await db.close();
  }
}

async function cpu(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function orders(): Program {
  const { data } = model();
  const fields = [
    { name: 'total', type: 'money', pii: false },
    { name: 'items_count', type: 'integer', pii: false },
    { name: 'category', type: 'string', pii: false },
  ] as const;
  const events = data.events.map((kind) =>
    kind.name === 'order_paid' ? { ...kind, sources: [{ path: FILE, rename: {} }], fields: [...fields] } : kind,
  );
  const customers = { ...data.customers, sources: [] };
  return compile(model({ data: { ...data, customers, consent: [], feedback: [], suppressions: [], events } }));
}

/** Writes orders. One row of 100 has a date that cannot be read, or a cell too many. */
async function writeOrders(path: string, rows: number): Promise<void> {
  const file = await open(path, 'w');
  let text = 'id,customer,at,total,items_count,category\n';
  for (let i = 0; i < rows; i++) {
    const at = new Date(Date.UTC(2024, 0, 1) + ((i * 31) % 63_072_000) * 1000).toISOString().slice(0, 19);
    const total = `${100 + (i % 5000)}.${String(i % 100).padStart(2, '0')}`;
    const broken = i % 100 === 57;
    const date = broken && i % 200 < 100 ? 'yesterday' : `${at}+03:00`;
    text += `o${i},c${(i * 7919) % 200_000},${date},${total},${i % 7},cat ${i % 40}${broken && i % 200 >= 100 ? ',x' : ''}\n`;
    if (text.length > 1 << 20) {
      await file.write(text);
      text = '';
    }
  }
  await file.write(text);
  await file.close();
}
