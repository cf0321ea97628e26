import type { DateTime } from 'luxon';
import sql, { type Sql } from 'sql-template-tag';
import { ident } from '../../store/dialect.ts';
import { allAt } from '../../store/moments.ts';
import type { Tick } from '../tick.ts';
import { allFirings, type Firing, fire, foresee, inThis, inZoneOf, local, nextOf, type Timed } from './clock.ts';
import { type Active, each, type TriggerKind, type TriggerOf } from './trigger.ts';

const table = 'firing_date';

function timed({ name, version, trigger }: Active<'date'>): Timed {
  return {
    name,
    version,
    inZones: true,
    cron: daily(trigger),
    firings: (zone, after, until) => days(trigger, zone, after, until),
  };
}

export const date: TriggerKind<'date'> = {
  compile: (on) => on,
  async entrants(tick, campaigns) {
    const fired = await fire(tick, table, campaigns.map(timed));
    return each(campaigns, (campaign) => (fired.has(campaign.name) ? onTheDay(tick, campaign, table) : undefined));
  },
  async foresee(tick, campaigns, until) {
    await foresee(tick, table, campaigns.map(timed), until);
    return campaigns.map(
      ({ name, trigger }) => sql`
        SELECT moment.customer, f.tick AS "at" FROM moment JOIN customer c ON c.customer = moment.customer
        JOIN ${ident(table)} f ON f.campaign = ${name} AND ${inZoneOf(tick.program)} AND ${isKept(trigger)} AND f.tick > moment.now`,
    );
  },
  async coming(tick, campaign, until) {
    await foresee(tick, 'firing_ahead', [timed(campaign)], until);
    return [onTheDay({ ...tick, moments: allAt(until) }, campaign, 'firing_ahead')];
  },
  recurs: true,
  next: (db, program, now, triggers) =>
    nextOf(
      db,
      program,
      now,
      triggers.map((trigger) => ({ cron: daily(trigger), inZones: true })),
    ),
  eligible: ({ attribute }) => sql`c.${ident(attribute)} IS NOT NULL`,
};

/**
 * Every day on which the trigger can fire for a date. The occurrence is the local date, so a change of zone cannot repeat
 * one. The days missed in an outage are made up for.
 */
function days(trigger: TriggerOf<'date'>, zone: string, after: number, until: number): Firing[] {
  return allFirings(daily(trigger), zone, after, until).flatMap((at): Firing[] => {
    const kept = local(at, zone).minus({ days: trigger.days });
    const day = kept.toISODate() ?? '';
    return marks(kept, trigger.yearly?.leapDay).map((mark) => ({ at, occurrence: day, day, mark }));
  });
}

/** The condition that a firing `f` is of the date of a customer `c`. */
function isKept(trigger: TriggerOf<'date'>): Sql {
  const date = sql`c.${ident(trigger.attribute)}`;
  const mark = sql`(extract(month FROM ${date}) * 100 + extract(day FROM ${date}))::integer`;
  return trigger.yearly ? sql`f.mark = ${mark} AND f.day > ${date}` : sql`f.day = ${date}`;
}

/** Selects the customers on whose day one of the firings is; also by the tick that looks at it, where those of the future are known. */
function onTheDay(tick: Tick, { name, trigger }: Active<'date'>, table: string): Sql {
  const { moments, program } = tick;
  return sql`
    SELECT customer, tick AS now, occurrence, event_seq, started_at FROM (
      SELECT c.customer, f.tick, f.occurrence, NULL::bigint AS event_seq, f.at AS started_at,
        row_number() OVER (PARTITION BY c.customer, f.tick ORDER BY f.at DESC) AS nth
      FROM customer c${moments.join(sql`c.customer`)} JOIN ${ident(table)} f
        ON f.campaign = ${name} AND ${inZoneOf(program)} AND ${isKept(trigger)}${inThis(tick)}) kept
    WHERE nth = 1`;
}

/** Returns month and day as 229; in a year without 29 February also that, on the day on which it is kept. */
function marks(day: DateTime, leapDay: 'february 28' | 'march 1' | undefined): number[] {
  const own = day.month * 100 + day.day;
  const substitute = leapDay === 'february 28' ? 228 : 301;
  return leapDay && !day.isInLeapYear && own === substitute ? [own, 229] : [own];
}

function daily({ minuteOfDay }: TriggerOf<'date'>): string {
  return `${minuteOfDay % 60} ${Math.floor(minuteOfDay / 60)} * * *`;
}
