import sql, { join, raw, type Sql } from 'sql-template-tag';
import { canonical } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { worthOf } from './attribution.ts';
import type { Split } from './splits.ts';
import { within } from './window.ts';

/** The time before the enrolment that is looked at, milliseconds. */
export const pastWithin = 90 * 86_400_000;

/** What those in an arm had done before: sums over all of them, whose others have 0. */
export interface Past extends Record<string, string | number> {
  /** The number of the split, and the arm. */
  nth: number;
  arm: string;
  /** Events that are the goal now: their number, its squares, and its products with 1 for those who reached the goal. */
  events: number;
  eventSquares: number;
  eventHits: number;
  /** What they were worth, likewise, with the products with the revenue. */
  worth: number;
  worthSquares: number;
  worthProducts: number;
}

/**
 * Returns what those in the arms had done in the time before they entered, by the goals that their campaigns have now; of removed campaigns nothing.
 * `units`: selects (nth, arm, unit, customer, started, hit, worth), one row for each that was drawn. `began`: none of them entered before.
 */
export async function pasts(
  db: Database,
  program: Program,
  splits: Split[],
  units: Sql,
  { began, to }: { began: number; to: number },
): Promise<Past[]> {
  const campaigns = new Map(program.campaigns.map((campaign) => [campaign.name, campaign]));
  const aimed = splits.flatMap(({ campaign: name }, nth) => {
    const campaign = campaigns.get(name);
    return campaign?.goal ? [{ nth, campaign, goal: campaign.goal }] : [];
  });
  const double = raw(db.dialect.types.double);
  const found: Past[] = [];
  for (const mine of Map.groupBy(aimed, ({ goal }) => canonical([goal.event, goal.value ?? null])).values()) {
    const [first] = mine;
    if (!first) continue;
    const chosen = within(sql`t.at`, { from: began - pastWithin, to });
    const events = await worthOf(db, program, chosen, to, { event: first.goal.event, valued: first.campaign });
    const numbers = join(mine.map(({ nth }) => sql`${nth}::integer`));
    found.push(
      ...(await db.query<Past>(sql`
        SELECT p.nth, p.arm, sum(p.events) AS events, sum(p.events * p.events) AS "eventSquares", sum(p.events * p.hit) AS "eventHits",
          sum(p.spent) AS worth, sum(p.spent * p.spent) AS "worthSquares", sum(p.spent * p.worth) AS "worthProducts"
        FROM (
          SELECT u.nth, u.arm, u.unit, max(u.hit) AS hit, max(coalesce(u.worth, 0))::${double} AS worth, count(*) AS events,
            sum(t.worth)::${double} AS spent
          FROM (${units}) u JOIN (${events}) t ON t.customer = u.customer AND t.at < u.started AND t.at >= u.started - ${pastWithin}::bigint
          WHERE u.nth IN (${numbers}) GROUP BY 1, 2, 3) p
        GROUP BY 1, 2`)),
    );
  }
  return found;
}
