import sql, { join, type Sql } from 'sql-template-tag';
import { ident } from '../../store/dialect.ts';
import type { Tick } from '../tick.ts';
import { fire, foresee, inThis, inZoneOf, latestFiring, local, nextOf, type Timed } from './clock.ts';
import { type Active, each, type TriggerKind } from './trigger.ts';

const table = 'firing_schedule';

function timed({ name, version, trigger: { cron, zone } }: Active<'schedule'>): Timed {
  return {
    name,
    version,
    inZones: zone === 'customer',
    cron,
    firings: (zone, after, until) => latest(cron, zone, after, until),
  };
}

export const schedule: TriggerKind<'schedule'> = {
  compile: (on) => on,
  async entrants(tick, campaigns) {
    const fired = await fire(tick, table, campaigns.map(timed));
    return each(campaigns, (campaign) => (fired.has(campaign.name) ? everybody(tick, campaign) : undefined));
  },
  async foresee(tick, campaigns, until) {
    await foresee(tick, table, campaigns.map(timed), until);
    const zones = (names: string[], here: Sql) =>
      names.length === 0
        ? []
        : [
            sql`SELECT moment.customer, (SELECT min(f.tick) FROM ${ident(table)} f WHERE f.campaign IN (${join(names)}) AND f.tick > moment.now AND ${here}) AS "at"
              FROM moment JOIN customer c ON c.customer = moment.customer`,
          ];
    const named = (own: boolean) =>
      campaigns.flatMap(({ name, trigger }) => ((trigger.zone === 'customer') === own ? [name] : []));
    return [...zones(named(true), inZoneOf(tick.program)), ...zones(named(false), sql`TRUE`)];
  },
  recurs: true,
  next: (db, program, now, triggers) =>
    nextOf(
      db,
      program,
      now,
      triggers.map(({ cron, zone }) => ({ cron, inZones: zone === 'customer' })),
    ),
};

/**
 * Only the latest of the instants missed in an outage counts. The occurrence is the local date and time, so a customer who
 * changes zones does not get it twice.
 */
function latest(cron: string, zone: string, after: number, until: number) {
  const at = latestFiring(cron, zone, after, until);
  return at === undefined ? [] : [{ at, occurrence: local(at, zone).toFormat("yyyy-MM-dd'T'HH:mm") }];
}

function everybody(tick: Tick, { name, trigger }: Active<'schedule'>): Sql {
  const { moments, program } = tick;
  return sql`
    SELECT c.customer, f.occurrence, NULL::bigint AS event_seq, f.at AS started_at
    FROM customer c${moments.join(sql`c.customer`)} JOIN ${ident(table)} f
      ON f.campaign = ${name} AND ${trigger.zone === 'customer' ? inZoneOf(program) : sql`TRUE`}${inThis(tick)}`;
}
