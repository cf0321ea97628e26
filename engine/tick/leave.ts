import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { ExitReason, FixedReason } from '../../spec/model/outcomes.ts';
import { canonical } from '../program/hash.ts';
import { type CompiledMatch, type Query, triggerEvent } from '../program/program.ts';
import { ident } from '../store/dialect.ts';
import { enrolmentStatus, exitReason, messageStatus } from '../store/outcome-sql.ts';
import { ask, value } from '../store/query-sql.ts';
import { temporary } from '../store/statements.ts';
import { eventTable } from '../store/tables.ts';
import { enrolments } from './moves.ts';
import { queryContext, type Tick, type Version } from './tick.ts';

/** An event that ends the enrolments of one version. */
interface Rule {
  version: Version;
  match: CompiledMatch;
  /** The time after the start in which a goal counts, and its value. */
  within?: number;
  worth?: Query;
}

/**
 * Phase 4, before anything advances, so that a buyer never gets the reminder of the same tick: exit events and goals
 * end enrolments and cancel what was decided and has not left. Late data counts by the event's own time. `late`: campaigns
 * that customers entered late with this tick.
 */
export function leave(tick: Tick, late: Set<string>): Promise<void> {
  return leaveFrom(tick, tick.versions, late);
}

/** The same for journeys of these campaigns that this tick has restarted. */
export function leaveAtOnce(tick: Tick, anew: Set<string>): Promise<void> {
  const versions = tick.versions.filter(({ definition }) => anew.has(definition.name));
  return leaveFrom({ ...tick, fresh: new Map() }, versions, anew);
}

async function leaveFrom(tick: Tick, versions: Version[], late: Set<string>): Promise<void> {
  const exits = versions.flatMap((version) => version.definition.exit.map((match): Rule => ({ version, match })));
  const goals = versions.flatMap((version): Rule[] => {
    const { goal } = version.definition;
    return goal ? [{ version, match: goal, within: goal.within, ...(goal.value && { worth: goal.value }) }] : [];
  });
  const found = await findDepartures(tick, exits, goals, late);
  if (found.has(false)) await end(tick, 'exit-event', false);
  if (!found.has(true)) return;
  await valueGoals(tick, goals);
  await tick.db.run(sql`
    UPDATE enrolment SET goal_at = d.at, goal_value = d.worth FROM (SELECT * FROM departure WHERE is_goal ORDER BY enrolment) d
    WHERE d.enrolment = enrolment.enrolment`);
  await end(tick, 'goal', true);
}

/**
 * Fills `departure` (is_goal, enrolment, now, campaign, version, event, at, seq, worth) with the first exit event and the first
 * goal of each enrolment: one question per event kind for all rules without a condition, and one for each that has one.
 * Returns the kinds that there are: exits (false) and goals (true).
 */
async function findDepartures(tick: Tick, exits: Rule[], goals: Rule[], late: Set<string>): Promise<Set<boolean>> {
  const { db } = tick;
  // Customers enter the version before, too, while a change is rolled out.
  const behind = ({ version: { definition } }: Rule) => late.has(definition.name) || tick.returned.has(definition.name);
  const partsOf = (rules: Rule[], isGoal: Sql) => {
    const news = rules.filter((rule) => tick.fresh.has(rule.match.event) || behind(rule));
    const parts = [...Map.groupBy(news, (rule) => rule.match.event)].flatMap(([event, mine]) =>
      departures(tick, event, mine, behind),
    );
    return parts.map((part) => sql`SELECT ${isGoal} AS is_goal, p.* FROM (${part}) p`);
  };
  const parts = [...partsOf(exits, sql`FALSE`), ...partsOf(goals, sql`TRUE`)];
  if (parts.length === 0) return new Set();
  const rows = sql`
    SELECT is_goal, enrolment, now, campaign, version, event, "at", seq, NULL::${raw(db.dialect.types.double)} AS worth FROM (
      SELECT d.*, row_number() OVER (PARTITION BY d.is_goal, d.enrolment ORDER BY d.at, d.event, d.seq) AS nth
      FROM (${join(parts, ' UNION ALL ')}) d) firsts
    WHERE nth = 1`;
  if ((await temporary(db, 'departure', rows)) === 0) return new Set();
  const found = await db.query<{ is_goal: boolean }>(sql`SELECT DISTINCT is_goal FROM departure`);
  return new Set(found.map((row) => row.is_goal));
}

function departures(tick: Tick, event: string, rules: Rule[], behind: (rule: Rule) => boolean) {
  const { moments } = tick;
  const isNew = tick.fresh.get(event);
  const recent = isNew ? isNew(sql`t`) : sql`FALSE`;
  const applies = (rule: Rule): Sql => {
    const { name: campaign, hash, trigger } = rule.version.definition;
    // Enrolments that began late, or are restored, are compared with all events since they started.
    const missed = sql`e.entered_at = ${moments.now} OR e.resumed_at = ${moments.now}`;
    const time = behind(rule) ? sql`(${recent} OR ${missed})` : recent;
    const self = triggerEvent(trigger) === event ? sql`AND t.seq <> e.event_seq` : empty;
    const window =
      rule.within === undefined
        ? empty
        : sql`AND e.goal_at IS NULL AND e.reason IS DISTINCT FROM ${exitReason.restarted} AND t.at <= e.started_at + ${rule.within}::bigint`;
    return sql`(e.campaign = ${campaign} AND e.version = ${hash} AND ${time} ${self} ${window})`;
  };
  const select = (joins: Sql, where: Sql) => sql`
    SELECT e.enrolment, ${moments.now} AS now, e.campaign, e.version, ${event}::text AS event, t.at, t.seq
    FROM ${enrolments(tick)} JOIN ${ident(eventTable(event))} t ON t.customer = e.customer AND t.at >= e.started_at${moments.known(sql`t.at`)} ${joins}
    WHERE ${where}`;
  const plain = rules.filter((rule) => !rule.match.when);
  const parts = plain.length > 0 ? [select(empty, join(plain.map(applies), ' OR '))] : [];
  for (const rule of rules) {
    if (!rule.match.when) continue;
    const among = sql`(SELECT customer FROM enrolment WHERE campaign = ${rule.version.definition.name}) inside`;
    const { joins, where } = ask(rule.match.when, queryContext(tick, among));
    parts.push(select(sql`JOIN customer c ON c.customer = e.customer ${joins}`, sql`${applies(rule)} AND ${where}`));
  }
  return parts;
}

/** Works out the worth of each conversion, once for all versions that ask it alike. */
async function valueGoals(tick: Tick, goals: Rule[]): Promise<void> {
  const { db, moments } = tick;
  const asked = Map.groupBy(
    goals.filter((goal) => goal.worth),
    (goal) => canonical([goal.match.event, goal.worth]),
  );
  for (const rules of asked.values()) {
    const [first] = rules;
    if (!first?.worth) continue;
    const { event } = first.match;
    const among = sql`(SELECT e.customer FROM departure d JOIN enrolment e ON e.enrolment = d.enrolment WHERE d.is_goal) inside`;
    const { joins, value: amount } = value(first.worth, queryContext(tick, among));
    const versions = rules.map(({ version: { definition } }) => sql`(${definition.name}, ${definition.hash})`);
    await db.run(sql`
      UPDATE departure SET worth = w.worth FROM (
        SELECT d.enrolment, ${amount} AS worth FROM departure d JOIN enrolment e ON e.enrolment = d.enrolment${moments.join(sql`e.customer`)}
        JOIN ${ident(eventTable(event))} t ON t.seq = d.seq JOIN customer c ON c.customer = e.customer ${joins}
        WHERE d.is_goal AND d.event = ${event} AND (d.campaign, d.version) IN (${join(versions)})) w
      WHERE departure.is_goal AND departure.enrolment = w.enrolment`);
  }
}

/** `reason`: stored with the enrolments ended and the messages cancelled. */
async function end({ db, outboxIsEmpty }: Tick, reason: ExitReason & FixedReason, goal: boolean): Promise<void> {
  const gone = sql`FROM (SELECT * FROM departure WHERE is_goal = ${goal} ORDER BY enrolment) d WHERE`;
  await db.run(sql`
    UPDATE enrolment SET status = ${enrolmentStatus.ended}, reason = ${reason}, ended_at = d.now, step = NULL, due_at = NULL
    ${gone} d.enrolment = enrolment.enrolment AND enrolment.status = ${enrolmentStatus.active}`);
  if (outboxIsEmpty) return;
  await db.run(sql`
    UPDATE message SET status = ${messageStatus.suppressed}, reason = ${reason}, finished_at = d.now
    ${gone} d.enrolment = message.enrolment AND message.status = ${messageStatus.decided}`);
}
