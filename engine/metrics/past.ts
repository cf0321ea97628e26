import sql, { join, raw, type Sql } from 'sql-template-tag';
import { canonical } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { worthOf } from './attribution.ts';
import type { Split } from './splits.ts';
import { within } from './window.ts';

/** The time before the enrolment that is looked at, milliseconds. */
export const pastWithin = 90 * 86_400_000;

/**
 * Selects the events before the entry that are the campaign's goal now, and their values (place, unit, hit, amount, events, spent), for each drawn unit that has any;
 * removed campaigns have no goal, so no rows. It reads `u` (place, unit, customer, started, hit, amount), the drawn units.
 */
export async function pastOf(db: Database, program: Program, splits: Split[], to: number): Promise<Sql> {
  const campaigns = new Map(program.campaigns.map((campaign) => [campaign.name, campaign]));
  const began = Math.min(...splits.map((split) => split.began));
  const aimed = splits
    .flatMap(({ campaign, arms }) => arms.map(() => campaigns.get(campaign)))
    .flatMap((campaign, place) => (campaign?.goal ? [{ place, campaign, goal: campaign.goal }] : []));
  const { double } = db.dialect.types;
  const parts = [
    sql`SELECT 0 AS place, 0::bigint AS unit, 0 AS hit, 0::${raw(double)} AS amount, 0::bigint AS events, 0::${raw(double)} AS spent WHERE FALSE`,
  ];
  for (const mine of Map.groupBy(aimed, ({ goal }) => canonical([goal.event, goal.value ?? null])).values()) {
    const [first] = mine;
    if (!first) continue;
    const chosen = within(sql`t.at`, { from: began - pastWithin, to });
    const events = await worthOf(db, program, chosen, to, { event: first.goal.event, valued: first.campaign });
    parts.push(sql`
      SELECT u.place, u.unit, max(u.hit) AS hit, max(u.amount) AS amount, count(*) AS events, sum(t.worth)::${raw(double)} AS spent
      FROM u JOIN (${events}) t ON t.customer = u.customer AND t.at < u.started AND t.at >= u.started - ${pastWithin}::bigint
      WHERE u.place IN (${join(mine.map(({ place }) => sql`${place}::integer`))}) GROUP BY 1, 2`);
  }
  return join(parts, ' UNION ALL ');
}
