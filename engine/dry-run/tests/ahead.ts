import sql, { join } from 'sql-template-tag';
import type { Program, Query } from '../../program/program.ts';
import { scalesInUse } from '../../program/scales.ts';
import type { Database, Row } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { allAt, members } from '../../store/query-sql.ts';
import { eventInbox } from '../../store/tables.ts';
import { lastRefresh, refreshAfter } from '../../tick/refresh-instants.ts';
import { nextInstant } from '../../tick/run-tick.ts';
import { nextTriggered } from '../../tick/triggers/index.ts';
import type { TriggerOf } from '../../tick/triggers/trigger.ts';
import { turningPoints } from '../turning-points.ts';
import type { World } from './worlds.ts';

const day = 86_400_000;

/**
 * Returns the next instant to visit after a tick at `now`; undefined: there is none. A test of hundreds of days would visit
 * thousands at which nobody enters. So it passes over refreshes that would find the same members, and days that are the day
 * of no customer. `until`: later instants do not matter.
 */
export async function ahead(db: Database, world: World, now: number, until: number): Promise<number | undefined> {
  const { program, campaign } = world;
  const next = await nextMoveOf(db, world, now, until);
  if (next === undefined || next > until || scalesInUse(program, [campaign]).size === 0) return next;
  // Customers must be scored at the last refresh before that; earlier scores are replaced.
  const { tick } = program.project;
  const scored = Math.ceil(lastRefresh(program.project, next) / tick) * tick;
  return scored > now ? scored : next;
}

async function nextMoveOf(db: Database, { program, campaign }: World, now: number, until: number) {
  const { trigger } = campaign;
  if (!('segment' in trigger || 'attribute' in trigger)) return nextInstant(db, program, now);
  const byHand = { ...program, campaigns: [{ ...campaign, trigger: { kind: 'manual' as const } }] };
  const other = (await nextInstant(db, byHand, now)) ?? Number.POSITIVE_INFINITY;
  const limit = Math.min(other, until + 1);
  const found =
    'attribute' in trigger
      ? await nextDate(db, program, trigger, now, limit)
      : await nextChange(db, program, trigger.segment, now, limit, other <= until);
  const next = Math.min(other, found ?? Number.POSITIVE_INFINITY);
  return next === Number.POSITIVE_INFINITY ? undefined : next;
}

/**
 * The first refresh before `limit` that sees new data, or other members than now. `thenTick`: at the limit there is a
 * tick, which would make up for a refresh left out; so without any, it is the last one before it.
 */
async function nextChange(
  db: Database,
  program: Program,
  segment: string,
  now: number,
  limit: number,
  thenTick: boolean,
) {
  const query = program.segments.find(({ name }) => name === segment)?.query;
  if (!query) return undefined;
  const { tick } = program.project;
  const waiting = await firstWaiting(db, program);
  const points = await turningPoints(db, program.data, query);
  let passed: number | undefined;
  for (let refresh = next(now), turn = 0; refresh < limit; refresh = next(refresh)) {
    if (waiting <= refresh) return refresh;
    // A fact at the very instant of a turn need not hold after it.
    while (points && (points[turn] ?? Number.POSITIVE_INFINITY) < (passed ?? now)) turn++;
    const steady = points && (points[turn] ?? Number.POSITIVE_INFINITY) > refresh;
    // The tick's own changes are seen by the first refresh after it.
    if ((passed === undefined || !steady) && (await changed(query, refresh))) return refresh;
    passed = refresh;
  }
  return thenTick ? passed : undefined;

  async function changed(query: Query, refresh: number): Promise<boolean> {
    const there = sql`SELECT customer FROM membership WHERE segment = ${segment}`;
    // That refresh would be of customers scored anew.
    const then = members(query, { dialect: db.dialect, program, moments: allAt(refresh) });
    const differ = sql`SELECT 1 AS n FROM (${then}) a FULL JOIN (${there}) b ON a.customer = b.customer
      WHERE a.customer IS NULL OR b.customer IS NULL LIMIT 1`;
    return (await db.query(differ)).length > 0;
  }

  function next(after: number): number {
    return Math.ceil((refreshAfter(program.project, after) ?? limit) / tick) * tick;
  }
}

/** Returns the instant of the first row that no tick has taken in yet. */
async function firstWaiting(db: Database, { data }: Program): Promise<number> {
  const inboxes = [
    ...data.events.map((kind) => eventInbox(kind.name)),
    'inbox_consent',
    'inbox_suppression',
    'inbox_feedback',
  ];
  const [row] = await db.query<{ at: number | null }>(sql`
    SELECT min("at") AS "at" FROM (
      ${join(
        inboxes.map((inbox) => sql`SELECT min("at") AS "at" FROM ${ident(inbox)}`),
        ' UNION ALL ',
      )}) x`);
  return row?.at ?? Number.POSITIVE_INFINITY;
}

/** Returns the first instant before `limit` of the trigger's time of day, in any zone, on a day that may be a customer's. */
async function nextDate(db: Database, program: Program, trigger: TriggerOf<'date'>, now: number, limit: number) {
  const { attribute, days } = trigger;
  const rows = await db.query<Row & { date: string }>(
    sql`SELECT DISTINCT ${ident(attribute)} AS date FROM customer WHERE ${ident(attribute)} IS NOT NULL`,
  );
  const kept = new Set(rows.flatMap(({ date }) => keptOn(date.slice(5))));
  for (let at = now; ; ) {
    const next = await nextTriggered(db, program, at);
    if (next === undefined || next >= limit) return undefined;
    const { tick } = program.project;
    const around = [-1, 0, 1].map((shift) => new Date(next + (shift - days) * day).toISOString().slice(5, 10));
    if (around.some((monthDay) => kept.has(monthDay))) return Math.ceil(next / tick) * tick;
    at = next;
  }
}

function keptOn(monthDay: string): string[] {
  return monthDay === '02-29' ? ['02-28', '02-29', '03-01'] : [monthDay];
}
