import sql, { type Sql } from 'sql-template-tag';
import { name } from '../store/dialect.ts';
import { ask } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import { decide } from './decide.ts';
import type { Tick } from './tick.ts';
import { zoneAttribute } from './zones-in-use.ts';

interface Due {
  kind: string;
  phase: number;
}

/**
 * Phase 5: per step kind one statement moves all due enrolments of all campaigns, and again until nothing is due.
 * Journeys have no cycles, so the longest path bounds the rounds.
 */
export async function advance(tick: Tick): Promise<void> {
  const rounds = Math.max(0, ...tick.versions.map((v) => v.definition.steps.length)) * 2 + 1;
  const kinds = await stepKinds(tick);
  for (let round = 0; round <= rounds; round++) {
    const due = await whatIsDue(tick, kinds);
    if (due.length === 0) return;
    const arrived = new Set(due.filter((d) => d.phase === 0).map((d) => d.kind));
    if (due.some((d) => d.phase > 0)) await moveOn(tick);
    if (arrived.has('wait')) await startWaits(tick);
    if (arrived.has('until')) await startLocalWaits(tick);
    if (arrived.has('split')) await split(tick);
    if (arrived.has('if')) await branch(tick);
    if (arrived.has('exit')) await exits(tick);
    if (arrived.has('send')) await decide(tick);
  }
  throw new Error('a journey did not come to rest within its own length');
}

/** Reactions that have come let the cascade stages that wait for them go on: a click counts as an open, both as delivered. */
export async function react({ db, now, reactionsFrom }: Tick): Promise<void> {
  if (reactionsFrom === undefined) return;
  await db.run(sql`
    UPDATE enrolment SET phase = 2, due_at = ${now}::bigint FROM step s, message m, message_event r
    WHERE enrolment.status = 'active' AND enrolment.phase = 1 AND s.step = enrolment.step AND s.kind = 'send'
      AND m.enrolment = enrolment.enrolment AND m.step = enrolment.step AND r.message = m.message
      AND r.seq >= ${reactionsFrom}::bigint
      AND (r.kind = s.until OR (s.until = 'opened' AND r.kind = 'clicked')
        OR (s.until = 'delivered' AND r.kind IN ('opened', 'clicked')))`);
}

/** What an enrolment of the outer statement must be to be at a step (alias `s`) of these kinds, due now. */
function dueAt(now: number, condition: Sql): Sql {
  return sql`enrolment.status = 'active' AND enrolment.due_at <= ${now}::bigint AND s.step = enrolment.step AND ${condition}`;
}

/** Sets the outer enrolment on its way to `step`; without one it has ended with `reason`. */
function goTo(step: Sql, reason: Sql, now: number): Sql {
  return sql`step = ${step}, phase = 0, due_at = ${now}::bigint, deferred_at = NULL,
    status = CASE WHEN ${step} IS NULL THEN 'ended' ELSE 'active' END,
    reason = CASE WHEN ${step} IS NULL THEN ${reason} END,
    ended_at = CASE WHEN ${step} IS NULL THEN ${now}::bigint END`;
}

export const completed = sql`'completed'`;

async function whatIsDue({ db, now }: Tick, kinds: Map<number, string>): Promise<Due[]> {
  const rows = await db.query<{ step: number; phase: number }>(sql`
    SELECT DISTINCT step, phase FROM enrolment WHERE status = 'active' AND due_at <= ${now}::bigint`);
  return rows.map(({ step, phase }) => ({ kind: kinds.get(step) ?? '', phase }));
}

async function stepKinds({ db }: Tick): Promise<Map<number, string>> {
  const rows = await db.query<{ step: number; kind: string }>(sql`SELECT step, kind FROM step`);
  return new Map(rows.map((row) => [row.step, row.kind]));
}

/** Waits that are over; cascade stages whose reaction has come (phase 2) or has not come in time. */
async function moveOn({ db, now }: Tick): Promise<void> {
  const target = sql`(CASE WHEN s.kind = 'send' AND enrolment.phase = 1 THEN s.otherwise ELSE s.next END)`;
  await db.run(sql`
    UPDATE enrolment SET ${goTo(target, completed, now)} FROM step s
    WHERE ${dueAt(now, sql`enrolment.phase > 0`)}`);
}

async function startWaits({ db, now }: Tick): Promise<void> {
  await db.run(sql`
    UPDATE enrolment SET phase = 1, due_at = ${now}::bigint + s.ms FROM step s
    WHERE ${dueAt(now, sql`s.kind = 'wait' AND enrolment.phase = 0`)}`);
}

/** Per zone and time of day one row says when it comes round; a skipped local time means the end of the gap. */
async function startLocalWaits({ db, now, program }: Tick): Promise<void> {
  const day = sql`86400000`;
  await runAll(
    db,
    db.dialect.temporary(
      'coming',
      sql`
      SELECT w.zone, w.minute, coalesce(l.gap_at, w.target - l.shift) AS "at" FROM (
        SELECT z.zone, m.minute,
          z.local - z.local % ${day} + m.minute * 60000
            + CASE WHEN m.minute * 60000 < z.local % ${day} - z.local % 60000 THEN ${day} ELSE 0 END AS target
        FROM (SELECT zone, ${now}::bigint + shift AS local FROM tz_offset
              WHERE from_at <= ${now}::bigint AND ${now}::bigint < to_at) z
        CROSS JOIN (SELECT DISTINCT minute FROM step WHERE kind = 'until') m) w
      JOIN tz_offset l ON l.zone = w.zone AND l.local_from <= w.target AND w.target < l.local_to`,
    ),
  );
  const zone = zoneAttribute(program);
  const home = program.project.timezone;
  await db.run(sql`
    UPDATE enrolment SET phase = 1, due_at = CASE WHEN w.at < ${now}::bigint THEN ${now}::bigint ELSE w.at END
    FROM step s, customer c, coming w
    WHERE ${dueAt(now, sql`s.kind = 'until' AND enrolment.phase = 0`)} AND c.customer = enrolment.customer
      AND w.minute = s.minute AND w.zone = ${zone ? sql`coalesce(c.${name(zone)}, ${home})` : sql`${home}`}`);
}

/** The bucket depends on the customer and the step alone, so a second enrolment falls into the same arm. */
async function split({ db, now }: Tick): Promise<void> {
  const draw = db.dialect.bucket(sql`concat(s.salt, '/', c.id)`);
  const drawn = sql`
    SELECT d.enrolment, a.arm, a.next, a.control FROM (
      SELECT e.enrolment, s.step, ${draw} AS bucket
      FROM enrolment e JOIN step s ON s.step = e.step JOIN customer c ON c.customer = e.customer
      WHERE e.status = 'active' AND e.due_at <= ${now}::bigint AND s.kind = 'split') d
    JOIN arm a ON a.step = d.step WHERE d.bucket >= a.low AND d.bucket < a.high`;
  const reason = sql`CASE WHEN a.control THEN 'control' ELSE 'completed' END`;
  await db.run(sql`
    UPDATE enrolment SET arm = CASE WHEN enrolment.arm IS NULL THEN a.arm ELSE concat(enrolment.arm, '/', a.arm) END,
      ${goTo(sql`a.next`, reason, now)}
    FROM (${drawn}) a WHERE a.enrolment = enrolment.enrolment`);
}

/** An expression of its own, so a statement of its own; asked only of those who stand at it. */
async function branch(tick: Tick): Promise<void> {
  const { db, now, program } = tick;
  const at = await db.query<{ step: number; campaign: string; version: string; id: string }>(sql`
    SELECT DISTINCT s.step, s.campaign, s.version, s.id FROM enrolment e JOIN step s ON s.step = e.step
    WHERE e.status = 'active' AND e.due_at <= ${now}::bigint AND s.kind = 'if' ORDER BY s.step`);
  for (const place of at) {
    const version = tick.versions.find(
      ({ definition }) => definition.name === place.campaign && definition.hash === place.version,
    );
    const row = version?.definition.steps.find((step) => step.id === place.id);
    if (!version || row?.kind !== 'if') throw new Error(`step ${place.campaign}/${place.id} is not of its version`);
    const here = sql`e.step = ${place.step}::integer AND e.status = 'active' AND e.due_at <= ${now}::bigint`;
    const among = sql`(SELECT e.customer FROM enrolment e WHERE ${here}) here`;
    const { joins, where } = ask(row.condition, { dialect: db.dialect, program, now, among });
    const { trigger } = version.definition;
    const event =
      trigger.kind === 'event' ? sql`JOIN ${name(`event_${trigger.event}`)} t ON t.seq = e.event_seq` : sql``;
    const yes = sql`SELECT e.enrolment FROM enrolment e ${event} JOIN customer c ON c.customer = e.customer ${joins}
      WHERE ${here} AND ${where}`;
    await runAll(db, db.dialect.temporary('yes', yes));
    const target = sql`(CASE WHEN enrolment.enrolment IN (SELECT enrolment FROM yes) THEN s.next ELSE s.otherwise END)`;
    await db.run(sql`
      UPDATE enrolment SET ${goTo(target, completed, now)} FROM step s
      WHERE ${dueAt(now, sql`s.step = ${place.step}::integer`)}`);
  }
}

async function exits({ db, now }: Tick): Promise<void> {
  await db.run(sql`
    UPDATE enrolment SET ${goTo(sql`NULL::integer`, sql`s.reason`, now)} FROM step s
    WHERE ${dueAt(now, sql`s.kind = 'exit'`)}`);
}
