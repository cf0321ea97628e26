import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { applyProgram } from '../engine/deploy/apply.ts';
import type { Program } from '../engine/program/program.ts';
import type { Database } from '../engine/store/database.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { Postgres } from '../engine/store/postgres.ts';
import { runTick } from '../engine/tick/run-tick.ts';
import { startCluster } from '../test/cluster.ts';
import type { BenchLine } from './bench.ts';
import { median, seconds } from './measure.ts';
import { printProfile } from './profile.ts';
import { sampleShop } from './shop-project.ts';

/** A Monday, 15:00 in Moscow: nothing is refreshed and no schedule fires in the hours that follow. */
const start = Date.UTC(2026, 2, 2, 12);
const day = 86_400_000;
const year = 365 * day;
const tz = 'bench';

interface Stage {
  name: string;
  db: Database;
  close(): Promise<void>;
}

/**
 * Ticks of the sample shop's campaigns in a store that has run for long, on both kinds of store: one in which nobody is due, and one in which ten
 * customers go on from a wait to a message. Against the one statement that asks who is due. The enrolments are of a year, and every fifth of each day is still active.
 */
export async function tickBench(enrolments: number, profile: boolean, rounds = 7): Promise<BenchLine[]> {
  const program = await sampleShop();
  const lines: BenchLine[] = [];
  for (const open of [openDuckDb, openPostgres]) {
    for (const size of profile ? [enrolments] : [enrolments / 10, enrolments, enrolments * 10]) {
      const stage = await open();
      try {
        lines.push(...(await measure(stage, program, size, profile, rounds)));
      } finally {
        await stage.close();
      }
    }
  }
  return lines;
}

async function measure(
  { name, db }: Stage,
  program: Program,
  size: number,
  profile: boolean,
  rounds: number,
): Promise<BenchLine[]> {
  await fill(db, program, size);
  let now = start;
  const next = () => {
    now += program.project.tick;
    return now;
  };
  const tick = () => runTick(db, program, now, tz);
  const idle: number[] = [];
  const busy: number[] = [];
  const asked: number[] = [];
  // The first tick after the rows were written is slower.
  next();
  await tick();
  for (let round = 0; round < rounds; round++) {
    next();
    idle.push(await seconds(tick));
    next();
    await makeDue(db, now, round);
    asked.push(await seconds(() => whoIsDue(db, now)));
    busy.push(await seconds(tick));
  }
  const sent = await db.query<{ n: number }>(
    sql`SELECT count(*) AS n FROM message WHERE decided_at > ${start}::bigint`,
  );
  if (sent[0]?.n !== 10 * rounds) throw new Error(`${sent[0]?.n} messages, not ${10 * rounds}`);
  const where = `${name}, ${size.toLocaleString('en')} enrolments`;
  if (profile) {
    next();
    await printProfile(`idle tick, ${where}`, tick);
    next();
    await makeDue(db, now, rounds);
    await printProfile(`tick with ten due, ${where}`, tick);
  }
  const theirs = median(asked);
  const line = (what: string, ours: number): BenchLine => ({ name: `${what}, ${where}`, ours, theirs, unit: 's' });
  return [
    { ...line('idle tick', median(idle)), note: 'against one statement that counts who is due' },
    line('tick with ten due', median(busy)),
  ];
}

async function whoIsDue(db: Database, now: number): Promise<void> {
  await db.query(
    sql`SELECT step, count(*) AS n FROM enrolment WHERE status = 'active' AND due_at <= ${now}::bigint GROUP BY step`,
  );
}

/** Fills a store on which the program has ticked once. Enrolments wait at the steps that lead to a message, or have ended; each has sent one. */
async function fill(db: Database, program: Program, enrolments: number): Promise<void> {
  await applyProgram(db, { program, at: start - day, lineage: 'bench' });
  await runTick(db, program, start, tz);
  const numbers = sql`generate_series(1, ${enrolments}::bigint) AS g(n)`;
  await db.run(sql`
    INSERT INTO customer (customer, id, email, timezone)
    SELECT n, concat('c', n), concat('c', n, '@example.com'), 'Europe/Moscow' FROM ${numbers}`);
  await db.run(sql`INSERT INTO identity (id, customer) SELECT id, customer FROM customer`);
  await db.run(sql`INSERT INTO subscription (customer, channel) SELECT customer, 'email' FROM customer`);
  await db.run(sql`
    INSERT INTO event_order_paid (seq, id, customer, "at", total)
    SELECT n, concat('o', n), n, ${start}::bigint - (n * 7919) % 63072000 * 1000, 100 + n % 5000 FROM ${numbers}`);
  const waits = sql`
    SELECT s.*, row_number() OVER (ORDER BY s.step) - 1 AS place, count(*) OVER () AS places
    FROM step s JOIN step n ON n.step = s.next WHERE s.kind = 'wait' AND n.kind = 'send' AND n.channel = 'email'`;
  const active = sql`g.n % 5 = 0`;
  const age = db.dialect.divided(sql`((${enrolments}::bigint - n) * ${year}::bigint)`, sql`${enrolments}::bigint`);
  // A campaign was changed once: customers of then have all come to the end.
  const earlier = sql`(SELECT min(campaign) FROM (${waits}) w)`;
  await db.run(sql`
    INSERT INTO campaign (campaign, version, is_current, active_from, category, priority, expires, goal_within, reenter, first_step, definition, resume_within)
    SELECT campaign, 'earlier', FALSE, active_from, category, priority, expires, goal_within, reenter, first_step, definition, resume_within
    FROM campaign WHERE campaign = ${earlier}`);
  await db.run(sql`
    INSERT INTO step (step, campaign, version, id, kind)
    SELECT (SELECT max(step) FROM step) + step, campaign, 'earlier', id, kind FROM step WHERE campaign = ${earlier}`);
  await db.run(sql`
    INSERT INTO enrolment (enrolment, customer, campaign, version, occurrence, started_at, entered_at, step, phase, due_at,
      status, reason, ended_at)
    SELECT g.n, g.n, w.campaign, CASE WHEN w.campaign = ${earlier} AND g.n % 5 = 1 THEN 'earlier' ELSE w.version END, concat('o', g.n), g.at, g.at, CASE WHEN ${active} THEN w.step END, 1,
      CASE WHEN ${active} THEN ${start + day}::bigint + g.n % ${day}::bigint END,
      CASE WHEN ${active} THEN 'active' ELSE 'ended' END, CASE WHEN NOT ${active} THEN 'completed' END,
      CASE WHEN NOT ${active} THEN g.at + ${day}::bigint END
    FROM (SELECT n, ${start - day}::bigint - ${age} AS at FROM ${numbers}) g
    JOIN (${waits}) w ON w.place = g.n % w.places`);
  await db.run(sql`
    INSERT INTO message (message, enrolment, customer, campaign, version, step, channel, category, status, decided_at, send_at,
      expires_at, attempts, finished_at, price)
    SELECT md5(concat('m', enrolment)), enrolment, customer, campaign, version, -1, 'email', 'marketing', 'sent', entered_at, entered_at,
      entered_at + ${day}::bigint, 1, entered_at, 0.1 FROM enrolment`);
  await db.run(db.dialect.name === 'duckdb' ? sql`CHECKPOINT` : sql`ANALYZE`);
}

/** Makes ten active enrolments due that are spread over the table. */
async function makeDue(db: Database, now: number, round: number): Promise<void> {
  await db.run(sql`
    UPDATE enrolment SET due_at = ${now}::bigint WHERE status = 'active' AND enrolment IN (
      SELECT 5 * ((k * m.n / 50)::bigint + ${round}::bigint + 1) FROM (SELECT count(*) AS n FROM customer) m, generate_series(0, 9) AS g(k))`);
}

async function openDuckDb(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'kaskad-due-'));
  const db = await DuckDb.open(join(folder, 'store.duckdb'));
  return {
    name: 'DuckDB',
    db,
    close: async () => {
      await db.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function openPostgres(): Promise<Stage> {
  const server = await startCluster();
  const db = await Postgres.open(server.url);
  return {
    name: 'PostgreSQL',
    db,
    close: async () => {
      await db.close();
      await server.stop();
    },
  };
}
