import sql, { type Sql } from 'sql-template-tag';
import { goesToCustomers } from '../program/facts.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus, exitReason, messageReason, messageStatus } from '../store/outcome-sql.ts';
import { phase } from '../store/phase.ts';
import { temporary } from '../store/statements.ts';
import { ensureClocks } from './clocks.ts';
import { applyCaps } from './decide-caps.ts';
import { gates, type Round } from './decide-gates.ts';
import { type Due, enrolments, isDue } from './moves.ts';
import { movedCursor } from './pass-over.ts';
import type { Tick } from './tick.ts';

/**
 * Phase 6: customers at a send pass the gates in order: suppressed → consent → reachable → hold-outs → same
 * address → quiet hours → frequency caps. The first that holds gives the reason. Every candidate becomes a message row, in the outbox or
 * refused, except where quiet hours hold it: then the enrolment waits and is asked again, all gates anew. Webhooks and
 * tasks are asked only whether the customer is suppressed everywhere: a call by the staff is a contact too.
 *
 * A round judges the candidates of a customer in the order of priority, up to the first that may change what the others meet. The others wait for the next round of the same tick, in which what the
 * customer has reached meanwhile takes part, so that priority holds in the whole tick.
 */
export async function decide(tick: Tick, arrived: Due): Promise<void> {
  const { db } = tick;
  const { rivals, ...round } = await surveyRound(tick, arrived);
  if (round.contested) await holdRivals(tick);
  await ensureClocks(
    tick,
    sql`${enrolments(tick)} JOIN customer c ON c.customer = e.customer WHERE ${candidate(tick)}`,
  );
  await temporary(db, 'candidate', candidates(tick, round));
  await applyCaps(tick, round.shared);
  // Without caps, no candidate changes what another one meets.
  if (rivals && !round.contested && tick.program.policies.caps.length > 0) await postponeRivals(db);
  if (round.shared) await postponeCopies(db);
  await db.run(insertMessages);
  await db.run(moveOn());
}

/** Up to so many candidates, and with more customers than that, permissions are looked up; otherwise it is faster to read all of them. */
const FEW = 50_000;

/** Looks for what makes this round's statements longer, so that most rounds have short ones. */
async function surveyRound(tick: Tick, arrived: Due): Promise<Round & { rivals: boolean }> {
  const steps = [...arrived.values()];
  const preferring = new Set(
    tick.versions.flatMap(({ definition: { name, steps } }) => (steps.some((step) => 'stages' in step) ? [name] : [])),
  );
  const found = await tick.db.query<{ what: string }>(sql`
    SELECT 'rivals' AS what WHERE EXISTS (${rivals(tick)}) UNION ALL
    SELECT 'large' WHERE EXISTS (SELECT 1 FROM customer WHERE customer > ${FEW}::bigint) UNION ALL
    SELECT 'shared' WHERE EXISTS (
      SELECT 1 FROM ${enrolments(tick)} JOIN mailbox b ON b.customer = e.customer WHERE ${candidate(tick)} AND b.first IS NOT NULL)`);
  const is = (fact: string) => found.some(({ what }) => what === fact);
  const [several, shared] = [is('rivals'), is('shared')];
  const hasFallback = steps.some((step) => step.hasFallback);
  return {
    rivals: several,
    few: is('large') && steps.reduce((sum, { due }) => sum + due, 0) <= FEW,
    hasFallback,
    prefers: steps.some(({ campaign }) => preferring.has(campaign)),
    // One of several customers with one address is judged before another one, and a cascade is several candidates.
    contested: several && (shared || hasFallback),
    shared,
    moved: steps.some(({ campaign }) => tick.cursors.has(movedCursor(campaign))),
  };
}

function candidate(tick: Tick): Sql {
  return sql`${isDue(tick)} AND e.phase = ${phase.arrived}`;
}

/** Customers who have several candidates. */
function rivals(tick: Tick): Sql {
  return sql`SELECT e.customer FROM ${enrolments(tick)} WHERE ${candidate(tick)} GROUP BY e.customer HAVING count(*) > 1`;
}

/** Fills `waiting` with the candidates whose customer has another one that is judged before. */
async function holdRivals(tick: Tick): Promise<void> {
  const { db, program } = tick;
  const ranked = sql`
    SELECT e.enrolment, row_number() OVER (PARTITION BY e.customer
      ORDER BY ${goesToCustomers(program, sql`s.channel`)}, k.priority DESC, e.entered_at, e.enrolment) AS nth
    FROM ${enrolments(tick)} JOIN step s ON s.step = e.step JOIN campaign k ON k.campaign = e.campaign AND k.version = e.version
    WHERE ${candidate(tick)} AND e.customer IN (${rivals(tick)})`;
  await temporary(db, 'waiting', sql`SELECT enrolment FROM (${ranked}) r WHERE nth > 1`);
}

/**
 * Removes the candidates that come after one of the same customer which may change what they meet: one that counts for a cap, or whose
 * journey may reach another send at once.
 */
async function postponeRivals(db: Database): Promise<void> {
  const counts = sql`(NOT ${refused} AND v.personal AND v.category = 'marketing')`;
  const waits = sql`(NOT ${refused} AND v.within IS NOT NULL)`;
  const rests = sql`(${waits} OR t.step IS NULL OR (t.kind = 'wait' AND t.ms > 0))`;
  await db.run(sql`
    DELETE FROM candidate WHERE enrolment IN (
      SELECT enrolment FROM (
        SELECT v.enrolment, count(CASE WHEN NOT v.held AND (${counts} OR NOT ${rests}) THEN 1 END) OVER (
          PARTITION BY v.customer ORDER BY v.personal, v.priority DESC, v.entered_at, v.enrolment
          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
        FROM candidate v LEFT JOIN capped k ON k.enrolment = v.enrolment
        LEFT JOIN step t ON t.step = CASE WHEN ${refused} THEN v.otherwise ELSE v.next END) ranked
      WHERE before > 0)`);
}

/**
 * `refusal`: by a gate up to quiet hours; `held`: quiet hours keep it back until `hold_until`; `goes`: decides where the
 * customer goes. With `hasFallback`, a customer whom a fact refuses (consent, address …) is taken on to the sends that
 * follow at once, in the same statement, up to the first that does not refuse them. A message that quiet hours
 * hold until it expires has expired, also if only the first tick after them is too late; where they cancel, none is held.
 */
function candidates(tick: Tick, round: Round): Sql {
  const cancels = tick.program.policies.quietHours?.otherwise === 'cancel';
  const { tick: grid } = tick.program.project;
  // The first tick at or after the end of the quiet hours.
  const then = sql`(${tick.db.dialect.divided(sql`(hold_until + ${grid - 1}::bigint)`, sql`${grid}::bigint`)} * ${grid}::bigint)`;
  const leaves = cancels ? sql`now` : sql`coalesce(${then}, now)`;
  const late = sql`${leaves} >= coalesce(deferred_at, now) + expires`;
  const refused = cancels ? sql`(${late} OR hold_until IS NOT NULL)` : late;
  return sql`
    SELECT g.*, reason IS NULL AND hold_until IS NOT NULL AND NOT (${refused}) AS held,
      reason IS NULL AND ${late} AS expired,
      coalesce(reason, CASE WHEN ${refused} THEN ${messageReason['quiet-hours']} END) AS refusal
    FROM (${round.hasFallback ? firstOpen(gates(tick, round)) : sql`SELECT g.*, TRUE AS goes FROM (${gates(tick, round)}) g`}) g`;
}

/**
 * A message that would be decided now and goes to an address of another one's customer may fill a cap for that one, or be
 * the same message: only the first stays, and the others are judged in the next round, when it counts.
 */
async function postponeCopies(db: Database): Promise<void> {
  await db.run(sql`
    DELETE FROM candidate WHERE enrolment IN (
      WITH passing AS (
        SELECT v.enrolment, v.customer, v.mailbox, row_number() OVER (ORDER BY v.priority DESC, v.entered_at, v.enrolment) AS nth
        FROM candidate v LEFT JOIN capped k ON k.enrolment = v.enrolment
        WHERE NOT ${refused} AND NOT v.held AND v.personal AND v.category = 'marketing'),
      best AS (SELECT mailbox, min(nth) AS nth FROM passing WHERE mailbox IS NOT NULL GROUP BY mailbox)
      SELECT p.enrolment FROM passing p JOIN mailbox b ON b.customer = p.customer AND b.first IS NOT NULL
      JOIN best f ON f.mailbox = b.address WHERE f.nth < p.nth)`);
}

function firstOpen(rows: Sql): Sql {
  return sql`
    WITH g AS MATERIALIZED (${rows}), furthest AS (
      SELECT enrolment, coalesce(min(CASE WHEN reason IS NULL THEN depth END), max(depth)) AS depth FROM g GROUP BY enrolment)
    SELECT g.*, g.depth = f.depth AS goes FROM g JOIN furthest f ON f.enrolment = g.enrolment WHERE g.depth <= f.depth`;
}

const refused = sql`(v.refusal IS NOT NULL OR k.cap IS NOT NULL)`;
const why = sql`coalesce(v.refusal, 'cap:' || k.cap)`;

const insertMessages = sql`
    INSERT INTO message (message, enrolment, customer, campaign, version, step, arm, channel, template, category,
      status, reason, decided_at, send_at, expires_at, deferred_at, attempts, finished_at, price, address)
    SELECT v.message, v.enrolment, v.customer, v.campaign, v.version, v.step, v.arm, v.channel, v.template, v.category,
      CASE WHEN v.expired THEN ${messageStatus.expired} WHEN ${refused} THEN ${messageStatus.suppressed} ELSE ${messageStatus.decided} END, ${why},
      v.now, v.now, coalesce(v.deferred_at, v.now) + v.expires, v.deferred_at, 0,
      CASE WHEN ${refused} THEN v.now END, v.price,
      CASE WHEN NOT ${refused} THEN v.mailbox END
    FROM candidate v LEFT JOIN capped k ON k.enrolment = v.enrolment WHERE NOT v.held`;

/** Decided: on, or waiting for the reaction; refused: to the next channel of the cascade, or on; held: asked again later. */
function moveOn(): Sql {
  const waits = sql`(NOT v.held AND NOT v.refused AND v.within IS NOT NULL)`;
  const target = sql`(CASE WHEN v.held OR ${waits} THEN v.step WHEN v.refused THEN v.otherwise ELSE v.next END)`;
  return sql`
    UPDATE enrolment SET step = ${target},
      phase = CASE WHEN ${waits} THEN ${phase.waiting} ELSE ${phase.arrived} END,
      due_at = CASE WHEN v.held THEN v.hold_until WHEN ${waits} THEN v.now + v.within WHEN ${target} IS NOT NULL THEN v.now END,
      deferred_at = CASE WHEN v.held THEN coalesce(v.deferred_at, v.now) END,
      status = CASE WHEN ${target} IS NULL THEN ${enrolmentStatus.ended} ELSE ${enrolmentStatus.active} END,
      reason = CASE WHEN ${target} IS NULL THEN ${exitReason.completed} END,
      ended_at = CASE WHEN ${target} IS NULL THEN v.now END
    FROM (
      SELECT v.*, ${refused} AS refused FROM candidate v LEFT JOIN capped k ON k.enrolment = v.enrolment WHERE v.goes ORDER BY v.enrolment) v
    WHERE enrolment.enrolment = v.enrolment`;
}
