import sql, { raw } from 'sql-template-tag';
import { type Window, within } from '../metrics/window.ts';
import type { Database } from '../store/database.ts';
import type { CampaignSummary } from './summary.ts';

/** Entries, exits and conversions by campaign and arm; a conversion counts on the day of the goal's event. */
export async function campaignSummaries(db: Database, window: Window): Promise<CampaignSummary[]> {
  const { to } = window;
  const rows = await db.query<{
    campaign: string;
    arm: string | null;
    reason: string | null;
    entered: number;
    ended: number;
    active: number;
    goal: boolean;
    conversions: number;
    value: number;
  }>(sql`
    SELECT campaign, arm, reason,
      count(*) FILTER (WHERE ${within(sql`entered_at`, window)}) AS entered,
      count(*) FILTER (WHERE ${within(sql`ended_at`, window)}) AS ended,
      count(*) FILTER (WHERE entered_at < ${to}::bigint AND (ended_at IS NULL OR ended_at >= ${to}::bigint)) AS active,
      campaign IN (SELECT campaign FROM campaign WHERE goal_within IS NOT NULL) AS goal,
      count(*) FILTER (WHERE ${within(sql`goal_at`, window)}) AS conversions,
      coalesce(sum(goal_value::${raw(db.dialect.types.decimal)}) FILTER (WHERE ${within(sql`goal_at`, window)}), 0) AS "value"
    FROM enrolment GROUP BY campaign, arm, reason ORDER BY campaign, coalesce(arm, ''), coalesce(reason, '')`);
  const found = new Map<string, CampaignSummary>();
  for (const { campaign, arm, reason, entered, ended, active, goal, conversions, value } of rows) {
    if (entered + ended + active + conversions === 0) continue;
    const id = `${campaign}\n${arm}`;
    const one = found.get(id) ?? { campaign, arm, entered: 0, exits: {}, active: 0, goal, conversions: 0, value: 0 };
    found.set(id, {
      ...one,
      entered: one.entered + entered,
      exits: ended > 0 ? { ...one.exits, [reason ?? 'unknown']: ended } : one.exits,
      active: one.active + active,
      conversions: one.conversions + conversions,
      value: Math.round((one.value + value) * 10_000) / 10_000,
    });
  }
  return [...found.values()];
}
