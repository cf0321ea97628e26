import sql, { type Sql } from 'sql-template-tag';
import type { Program } from '../../program/program.ts';
import { fire, inZoneOf, latestFiring, local, nextOf } from './clock.ts';
import { type Active, each, type TriggerKind } from './trigger.ts';

export const schedule: TriggerKind<'schedule'> = {
  compile: (on) => on,
  async entrants(tick, campaigns) {
    const timed = campaigns.map(({ name, version, trigger: { cron, zone } }) => ({
      name,
      version,
      inZones: zone === 'customer',
      firings: (zone: string, after: number, until: number) => latest(cron, zone, after, until),
    }));
    const fired = await fire(tick, 'firing_schedule', timed);
    return each(campaigns, (campaign) => (fired.has(campaign.name) ? everybody(tick.program, campaign) : undefined));
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

function everybody(program: Program, { name, trigger }: Active<'schedule'>): Sql {
  return sql`
    SELECT c.customer, f.occurrence, NULL::bigint AS event_seq, f.at AS started_at
    FROM customer c JOIN firing_schedule f ON f.campaign = ${name} AND ${trigger.zone === 'customer' ? inZoneOf(program) : sql`TRUE`}`;
}
