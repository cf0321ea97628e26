import sql, { join } from 'sql-template-tag';
import { zoneAttribute } from '../program/facts.ts';
import { ident } from '../store/dialect.ts';
import { ask } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import { decide } from './decide.ts';
import { effects } from './effects.ts';
import { completed, dueAt, goTo, isDue } from './moves.ts';
import { atStep, type Due, isOneOf, standing } from './standing.ts';
import { asking, type StepFacts, type Tick } from './tick.ts';

/**
 * Phase 5: a round moves all due enrolments of all campaigns that are at steps of some kinds, with one statement a kind, and
 * again until nothing is due. Steps that only read go first, then those that write, those that wait, and sends, so the order in
 * which one customer's journeys are moved does not depend on other customers. Journeys have no cycles, which bounds the rounds.
 * Returns true if anybody was due.
 */
export async function advance(tick: Tick): Promise<boolean> {
  const rounds = 4 * tick.versions.reduce((sum, { definition }) => sum + definition.steps.length, 1) ** 2;
  const steps = await stepFacts(tick);
  for (let round = 0; round <= rounds; round++) {
    const { arrived, moving } = await whatIsDue(tick, steps);
    if (arrived.size === 0 && moving === 0) return round > 0;
    tick.moved += moving;
    const kinds = new Set([...arrived.values()].map(({ kind }) => kind));
    const at = (...some: string[]) => some.some((kind) => kinds.has(kind));
    if (moving > 0) await moveOn(tick);
    if (kinds.has('if')) await branch(tick, arrived);
    if (kinds.has('split')) await split(tick);
    if (kinds.has('prefer')) await prefer(tick);
    if (moving > 0 || at('if', 'split', 'prefer')) continue;
    if (at('set', 'add', 'remove')) {
      await effects(tick, arrived);
      continue;
    }
    if (kinds.has('wait')) await startWaits(tick);
    if (kinds.has('await')) await startAwaits(tick);
    if (kinds.has('until')) await startLocalWaits(tick);
    if (kinds.has('exit')) await exits(tick);
    if ([...arrived.values()].some(({ brief }) => brief)) continue;
    if (!kinds.has('send')) return true;
    // Nobody can get further without being judged now: all that competes for a customer is there.
    await decide(tick, arrived);
  }
  throw new Error('a journey did not come to rest within its own length');
}

/** `arrived`: where somebody has just come to; `moving`: the number of journeys that go on from where they waited. */
async function whatIsDue(tick: Tick, steps: Due): Promise<{ arrived: Due; moving: number }> {
  const rows = await tick.db.query<{ step: number; phase: number; n: number }>(sql`
    SELECT step, phase, count(*) AS n FROM enrolment e WHERE ${isDue(tick)} GROUP BY step, phase`);
  const arrived = rows.flatMap(({ step, phase }): [number, StepFacts][] => {
    const facts = steps.get(step);
    return facts && phase === 0 ? [[step, facts]] : [];
  });
  return {
    arrived: new Map(arrived),
    moving: rows.reduce((sum, { phase, n }) => (phase > 0 ? sum + Number(n) : sum), 0),
  };
}

async function stepFacts({ db }: Tick): Promise<Due> {
  // A local time can be this very minute.
  const rows = await db.query<StepFacts & { step: number }>(sql`
    SELECT s.step, s.campaign, s.version, s.id, s.kind, s.step IN (SELECT step FROM fallback) AS falls,
      s.kind = 'until' OR (s.kind = 'wait' AND s.ms = 0) OR (s.kind = 'await' AND s.within = 0) AS brief
    FROM step s`);
  return new Map(rows.map(({ step, ...facts }) => [step, facts]));
}

/** Waits that are over; of what was waited for, whether it has come (phase 2) or has not come in time. */
async function moveOn(tick: Tick): Promise<void> {
  const { db, now } = tick;
  const target = sql`(CASE WHEN s.kind IN ('send', 'await') AND enrolment.phase = 1 THEN s.otherwise ELSE s.next END)`;
  await db.run(sql`
    UPDATE enrolment SET ${goTo(target, completed, now)} FROM step s
    WHERE ${dueAt(tick, sql`enrolment.phase > 0`)}`);
}

async function startWaits(tick: Tick): Promise<void> {
  const { db, now } = tick;
  await db.run(sql`
    UPDATE enrolment SET phase = 1, due_at = ${now}::bigint + s.ms FROM step s
    WHERE ${dueAt(tick, sql`s.kind = 'wait' AND enrolment.phase = 0`)}`);
}

async function startAwaits(tick: Tick): Promise<void> {
  const { db, now } = tick;
  await db.run(sql`
    UPDATE enrolment SET phase = 1, due_at = ${now}::bigint + s.within FROM step s
    WHERE ${dueAt(tick, sql`s.kind = 'await' AND enrolment.phase = 0`)}`);
}

/**
 * Per zone, time of day and days of the week (a bit each, from Monday on) one row says when it next comes round, this very
 * minute included. A skipped local time means the end of the gap, one that occurs twice the first. The epoch began on a
 * Thursday.
 */
async function startLocalWaits(tick: Tick): Promise<void> {
  const { db, now, program } = tick;
  const day = sql`86400000`;
  const at = sql`coalesce(l.gap_at, w.target - l.shift)`;
  const weekday = sql`(${db.dialect.divided(sql`w.target`, day)} + 3) % 7`;
  await runAll(
    db,
    db.dialect.temporary(
      'coming',
      sql`
      SELECT w.zone, w.minute, w.days, min(${at}) AS "at" FROM (
        SELECT z.zone, m.minute, m.days, z.local - z.local % ${day} + m.minute * 60000 + k.ahead * ${day} AS target
        FROM (SELECT zone, ${now}::bigint + shift AS local FROM tz_offset
              WHERE from_at <= ${now}::bigint AND ${now}::bigint < to_at) z
        CROSS JOIN (SELECT DISTINCT minute, coalesce(days, 127) AS days FROM step WHERE kind = 'until') m
        CROSS JOIN (VALUES (-1), (0), (1), (2), (3), (4), (5), (6), (7)) AS k(ahead)) w
      JOIN tz_offset l ON l.zone = w.zone AND l.local_from <= w.target AND w.target < l.local_to
      WHERE ${at} >= ${now - (now % 60_000)}::bigint AND ((w.days >> (${weekday})::integer) & 1) = 1
      GROUP BY w.zone, w.minute, w.days`,
    ),
  );
  const zone = zoneAttribute(program);
  const home = program.project.timezone;
  await db.run(sql`
    UPDATE enrolment SET phase = 1, due_at = CASE WHEN w.at < ${now}::bigint THEN ${now}::bigint ELSE w.at END
    FROM step s, customer c, coming w
    WHERE ${dueAt(tick, sql`s.kind = 'until' AND enrolment.phase = 0`)} AND c.customer = enrolment.customer
      AND w.minute = s.minute AND w.days = coalesce(s.days, 127) AND w.zone = ${zone ? sql`coalesce(c.${ident(zone)}, ${home})` : sql`${home}`}`);
}

/** The bucket depends on the customer and the step alone, so a second enrolment falls into the same arm; redrawn, also on the occurrence. */
async function split(tick: Tick): Promise<void> {
  const { db, now } = tick;
  const draw = db.dialect.bucket(
    sql`concat(s.salt, '/', c.id, CASE WHEN s.redraw THEN concat('/', e.occurrence) ELSE '' END)`,
  );
  const drawn = sql`
    SELECT d.enrolment, a.arm, a.next, a.control FROM (
      SELECT e.enrolment, s.step, ${draw} AS bucket
      FROM enrolment e JOIN step s ON s.step = e.step JOIN customer c ON c.customer = e.customer
      WHERE ${isDue(tick)} AND s.kind = 'split') d
    JOIN arm a ON a.step = d.step WHERE d.bucket >= a.low AND d.bucket < a.high`;
  const reason = sql`CASE WHEN a.control THEN 'control' ELSE 'completed' END`;
  await db.run(sql`
    UPDATE enrolment SET arm = CASE WHEN enrolment.arm IS NULL THEN a.arm ELSE concat(enrolment.arm, '/', a.arm) END,
      ${goTo(sql`a.next`, reason, now)}
    FROM (${drawn}) a WHERE a.enrolment = enrolment.enrolment`);
}

/**
 * The untried stage whose channel the customer answers most: messages answered among those sent and one more, so that
 * little experience counts for little. Equal ones in the order of the file.
 */
async function prefer(tick: Tick): Promise<void> {
  const { db, now } = tick;
  const here = sql`
    SELECT e.enrolment, e.customer, e.step FROM enrolment e JOIN step s ON s.step = e.step
    WHERE ${isDue(tick)} AND s.kind = 'prefer'`;
  const answers = sql`
    SELECT m.customer, m.channel, count(r.message) / (count(*) + 1.0) AS share FROM message m
    LEFT JOIN (SELECT DISTINCT message FROM message_event WHERE kind IN ('opened', 'clicked')) r ON r.message = m.message
    WHERE m.status = 'sent' AND m.customer IN (SELECT customer FROM (${here}) h)
    GROUP BY m.customer, m.channel`;
  const choice = sql`
    SELECT h.enrolment, a.next, row_number() OVER (
      PARTITION BY h.enrolment ORDER BY coalesce(p.share, 0) DESC, a.low) AS nth
    FROM (${here}) h JOIN arm a ON a.step = h.step
    LEFT JOIN (${answers}) p ON p.customer = h.customer AND p.channel = a.arm
    WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.enrolment = h.enrolment AND m.step = a.next)`;
  const target = sql`
    SELECT h.enrolment, coalesce(n.next, s.next) AS next FROM (${here}) h JOIN step s ON s.step = h.step
    LEFT JOIN (${choice}) n ON n.enrolment = h.enrolment AND n.nth = 1`;
  await db.run(sql`
    UPDATE enrolment SET ${goTo(sql`n.next`, completed, now)} FROM (${target}) n WHERE n.enrolment = enrolment.enrolment`);
}

/**
 * Conditions are asked only of those who are due at them, and all of them together. Only who was asked goes on: another
 * may have moved to an `if` that nobody was at when this round began, and is asked in the next.
 */
async function branch(tick: Tick, arrived: Due): Promise<void> {
  const { db, now } = tick;
  const asked = standing(tick, arrived, 'if');
  const parts = asked.map(({ step, row, trigger }) => {
    const { from, where: here } = atStep(step, trigger, tick);
    const among = sql`(SELECT e.customer FROM enrolment e WHERE ${here}) here`;
    const { joins, where } = ask(row.condition, asking(tick, among));
    return sql`SELECT e.enrolment FROM ${from} ${joins} WHERE ${here} AND ${where}`;
  });
  await runAll(db, db.dialect.temporary('yes', join(parts, ' UNION ALL ')));
  const target = sql`
    SELECT e.enrolment, CASE WHEN y.enrolment IS NULL THEN s.otherwise ELSE s.next END AS next
    FROM enrolment e JOIN step s ON s.step = e.step LEFT JOIN yes y ON y.enrolment = e.enrolment
    WHERE ${isDue(tick)} AND ${isOneOf(asked.map(({ step }) => step))}`;
  await db.run(sql`
    UPDATE enrolment SET ${goTo(sql`n.next`, completed, now)} FROM (${target}) n WHERE n.enrolment = enrolment.enrolment`);
}

async function exits(tick: Tick): Promise<void> {
  const { db, now } = tick;
  await db.run(sql`
    UPDATE enrolment SET ${goTo(sql`NULL::integer`, sql`s.reason`, now)} FROM step s
    WHERE ${dueAt(tick, sql`s.kind = 'exit'`)}`);
}
