import type { DateTime } from 'luxon';
import sql, { type Sql } from 'sql-template-tag';
import type { Program } from '../../program/program.ts';
import { ident } from '../../store/dialect.ts';
import { allFirings, type Firing, fire, inZoneOf, local, nextOf } from './clock.ts';
import { type Active, each, type TriggerKind, type TriggerOf } from './trigger.ts';

export const date: TriggerKind<'date'> = {
  compile: (on) => on,
  async entrants(tick, campaigns) {
    const timed = campaigns.map(({ name, version, trigger }) => ({
      name,
      version,
      inZones: true,
      firings: (zone: string, after: number, until: number) => days(trigger, zone, after, until),
    }));
    const fired = await fire(tick, 'firing_date', timed);
    return each(campaigns, (campaign) => (fired.has(campaign.name) ? onTheDay(tick.program, campaign) : undefined));
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

function onTheDay(program: Program, { name, trigger }: Active<'date'>): Sql {
  const date = sql`c.${ident(trigger.attribute)}`;
  const mark = sql`(extract(month FROM ${date}) * 100 + extract(day FROM ${date}))::integer`;
  const kept = trigger.yearly ? sql`f.mark = ${mark} AND f.day > ${date}` : sql`f.day = ${date}`;
  return sql`
    SELECT customer, occurrence, event_seq, started_at FROM (
      SELECT c.customer, f.occurrence, NULL::bigint AS event_seq, f.at AS started_at,
        row_number() OVER (PARTITION BY c.customer ORDER BY f.at DESC) AS nth
      FROM customer c JOIN firing_date f ON f.campaign = ${name} AND ${inZoneOf(program)} AND ${kept}) kept
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
