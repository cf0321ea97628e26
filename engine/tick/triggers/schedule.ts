import sql, { join, type Sql } from 'sql-template-tag';
import { ident } from '../../store/dialect.ts';
import { allAt } from '../../store/moments.ts';
import type { Tick } from '../tick.ts';
import { fire, foresee, inThis, inZoneOf, latestFiring, local, nextOf, type Timed } from './clock.ts';
import { type Active, each, type TriggerKind } from './trigger.ts';

const table = 'firing_schedule';
/** Up to so many rows of customers are foreseen at once. */
const MOST = 1_000_000;

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
    return each(campaigns, (campaign) => (fired.has(campaign.name) ? everybody(tick, campaign, table) : undefined));
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
  async coming(tick, campaign, until) {
    await foresee(tick, 'firing_ahead', [timed(campaign)], until);
    const ticks = await tick.db.query<{ at: number; customers: number }>(sql`
      SELECT f.tick AS "at", (SELECT count(*) FROM customer) AS customers FROM firing_ahead f GROUP BY f.tick ORDER BY f.tick`);
    const [{ customers } = { customers: 0 }] = ticks;
    const size = Math.max(1, Math.floor(MOST / Math.max(1, customers)));
    const parts = Array.from({ length: Math.ceil(ticks.length / size) }, (_, i) =>
      ticks.slice(i * size, (i + 1) * size),
    );
    const all = everybody({ ...tick, moments: allAt(until) }, campaign, 'firing_ahead');
    return parts.map((part) => sql`${all} AND f.tick IN (${join(part.map(({ at }) => sql`${at}::bigint`))})`);
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

function everybody(tick: Tick, { name, trigger }: Active<'schedule'>, table: string): Sql {
  const { moments, program } = tick;
  return sql`
    SELECT c.customer, f.tick AS now, f.occurrence, NULL::bigint AS event_seq, f.at AS started_at
    FROM customer c${moments.join(sql`c.customer`)} JOIN ${ident(table)} f
      ON f.campaign = ${name} AND ${trigger.zone === 'customer' ? inZoneOf(program) : sql`TRUE`}${inThis(tick)}`;
}
