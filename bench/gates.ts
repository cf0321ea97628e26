import sql from 'sql-template-tag';
import { applyProgram } from '../engine/deploy/apply.ts';
import type { Program } from '../engine/program/program.ts';
import type { DuckDb } from '../engine/store/duckdb.ts';
import { runTick } from '../engine/tick/run-tick.ts';
import { campaign, program as compileModel, day } from '../test/world.ts';
import type { BenchLine } from './bench.ts';
import { everybodyAtFirstStep, largeShop, today } from './large-shop.ts';
import { median, seconds } from './measure.ts';

const quiet = { from: 21 * 60, to: 9 * 60 };

/**
 * One tick that takes all customers through suppression, consent, address, quiet hours and two caps into the outbox, against
 * the same written by hand: one statement that decides and one that moves on. Both start from the same store each time.
 */
export async function gatesBench(customers: number, times = 3): Promise<BenchLine> {
  const program = compileModel({
    campaigns: [campaign({ name: 'news' })],
    policies: {
      quietHours: { ...quiet, otherwise: 'hold', transactional: false },
      caps: [
        { name: 'weekly', max: 2, per: 7 * day },
        { name: 'monthly', max: 4, per: 30 * day, channel: 'email' },
      ],
    },
  });
  const ours: number[] = [];
  const theirs: number[] = [];
  const outcomes = new Set<string>();
  for (let i = 0; i < times; i++) {
    ours.push(await once(program, customers, outcomes, (db) => runTick(db, program, today, 'bench')));
    theirs.push(await once(program, customers, outcomes, byHand));
  }
  if (outcomes.size !== 1) throw new Error(`the two do not decide alike: ${[...outcomes].join(' | ')}`);
  const [a, b] = [median(ours), median(theirs)];
  return {
    name: 'tick: everybody through the gates into the outbox',
    ours: a,
    theirs: b,
    unit: 's',
    note: `${customers.toLocaleString('en')} enrolments, ${(customers * 3).toLocaleString('en')} past messages; against hand-written SQL`,
  };
}

async function once(
  program: Program,
  customers: number,
  outcomes: Set<string>,
  work: (db: DuckDb) => Promise<unknown>,
): Promise<number> {
  const db = await largeShop(program, customers);
  await applyProgram(db, { program, at: today - day, lineage: 'bench' });
  await everybodyAtFirstStep(db, program);
  const time = await seconds(() => work(db));
  const rows = await db.query(sql`
    SELECT status, reason, count(*) AS n FROM message WHERE enrolment > 0 GROUP BY ALL ORDER BY ALL`);
  const left = await db.query(sql`SELECT status, reason, count(*) AS n FROM enrolment GROUP BY ALL ORDER BY ALL`);
  outcomes.add(JSON.stringify([rows, left]));
  await db.close();
  return time;
}

/** Runs SQL written by hand for this one campaign. */
async function byHand(db: DuckDb): Promise<void> {
  const dayMs = sql`86400000`;
  const local = sql`((${today}::bigint + z.shift) % ${dayMs})`;
  await db.transaction(async (tx) => {
    await tx.run(sql`
      CREATE TEMP TABLE decided AS
      WITH sent AS (
        SELECT customer, count(*) FILTER (WHERE decided_at > ${today - 7 * day}::bigint) AS week, count(*) AS month
        FROM message WHERE status IN ('decided', 'claimed', 'sent', 'unknown') AND category = 'marketing'
          AND decided_at > ${today - 30 * day}::bigint GROUP BY customer),
      gates AS (
        SELECT e.enrolment, e.customer, e.campaign, e.version, e.step, e.arm, e.entered_at, s.channel, s.template,
          md5(concat(e.campaign, '/', c.id, '/', e.occurrence, '/', s.id, '/', s.channel)) AS message,
          CASE WHEN x.customer IS NOT NULL THEN 'suppressed' WHEN p.customer IS NULL THEN 'no-consent'
            WHEN c.email IS NULL THEN 'no-address' END AS reason,
          ${local} >= ${quiet.from * 60_000} OR ${local} < ${quiet.to * 60_000} AS night, z.shift,
          coalesce(t.week, 0) AS week, coalesce(t.month, 0) AS month
        FROM enrolment e JOIN step s ON s.step = e.step JOIN customer c ON c.customer = e.customer
        JOIN tz_offset z ON z.zone = coalesce(c.zone, 'UTC') AND z.from_at <= ${today}::bigint AND ${today}::bigint < z.to_at
        LEFT JOIN (SELECT DISTINCT customer FROM suppression WHERE channel IN ('email', '*')) x ON x.customer = e.customer
        LEFT JOIN subscription p ON p.customer = e.customer AND p.channel = 'email'
        LEFT JOIN sent t ON t.customer = e.customer
        WHERE e.status = 'active' AND e.due_at <= ${today}::bigint),
      ranked AS (
        SELECT *, row_number() OVER (PARTITION BY customer ORDER BY entered_at, enrolment) AS nth FROM gates
        WHERE reason IS NULL AND NOT night)
      SELECT g.*, CASE WHEN r.nth + g.month > 4 THEN 'cap:monthly' WHEN r.nth + g.week > 2 THEN 'cap:weekly' ELSE g.reason END AS why,
        CASE WHEN g.reason IS NULL AND g.night THEN
          ${today}::bigint - ((${today}::bigint + g.shift) % ${dayMs}) + ${quiet.to * 60_000}
          + CASE WHEN ((${today}::bigint + g.shift) % ${dayMs}) >= ${quiet.from * 60_000} THEN ${dayMs} ELSE 0 END END AS hold
      FROM gates g LEFT JOIN ranked r ON r.enrolment = g.enrolment`);
    await tx.run(sql`
      INSERT INTO message (message, enrolment, customer, campaign, version, step, arm, channel, template, category, status,
        reason, decided_at, send_at, expires_at, attempts, finished_at, price)
      SELECT message, enrolment, customer, campaign, version, step, arm, channel, template, 'marketing',
        CASE WHEN why IS NULL THEN 'decided' ELSE 'suppressed' END, why, ${today}::bigint, ${today}::bigint,
        ${today + day}::bigint, 0, CASE WHEN why IS NOT NULL THEN ${today}::bigint END, 0.1
      FROM decided WHERE hold IS NULL`);
    await tx.run(sql`
      UPDATE enrolment SET step = CASE WHEN d.hold IS NOT NULL THEN d.step END,
        status = CASE WHEN d.hold IS NULL THEN 'ended' ELSE 'active' END,
        reason = CASE WHEN d.hold IS NULL THEN 'completed' END,
        ended_at = CASE WHEN d.hold IS NULL THEN ${today}::bigint END,
        due_at = coalesce(d.hold, ${today}::bigint), deferred_at = CASE WHEN d.hold IS NOT NULL THEN ${today}::bigint END
      FROM decided d WHERE d.enrolment = enrolment.enrolment`);
  });
}
