import sql, { empty, type Sql } from 'sql-template-tag';
import { keepsOut, reentryMs } from '../program/facts.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus } from '../store/outcome-sql.ts';
import { ask } from '../store/query-sql.ts';
import { inStage } from '../store/rollout-sql.ts';
import { contextOutside } from '../store/scales.ts';
import { andNamed } from '../tick/removed-customers.ts';
import { triggerKind } from '../tick/triggers/index.ts';
import type { Listing } from './members.ts';

/** Customers inside a campaign, and those who may enter it. */
export interface CampaignAudience {
  inside: number;
  /** The customers at each step, in the order of the journey. */
  steps: { step: string; customers: number }[];
  mayEnter: number;
  /** The customers whom only the present stage of the rollout keeps out; absent: the campaign has no rollout. */
  outsideStage?: number;
}

/** `now`: epoch milliseconds. */
interface Asked {
  campaign: CompiledCampaign;
  now: number;
}

/** Counts the customers inside, and those who may enter; see `eligible`. */
export async function audienceOf(db: Database, program: Program, asked: Asked): Promise<CampaignAudience> {
  const { campaign } = asked;
  const rows = await db.query<{ step: string; customers: number }>(sql`
    SELECT s.id AS step, count(*) AS customers FROM enrolment e JOIN step s ON s.step = e.step
    WHERE e.campaign = ${campaign.name} AND e.status = ${enrolmentStatus.active} GROUP BY s.id`);
  const place = new Map(campaign.steps.map(({ id }, i) => [id, i]));
  const last = campaign.steps.length;
  const steps = rows.sort((a, b) => (place.get(a.step) ?? last) - (place.get(b.step) ?? last));
  const [row] = await db.query<{ n: number; outside: number }>(sql`
    SELECT count(*) FILTER (WHERE m.staged) AS n, count(*) FILTER (WHERE NOT m.staged) AS outside
    FROM (${await eligible(db, program, asked)}) m`);
  return {
    inside: rows.reduce((sum, { customers }) => sum + customers, 0),
    steps,
    mayEnter: row?.n ?? 0,
    ...(campaign.rollout && { outsideStage: row?.outside ?? 0 }),
  };
}

/** Lists all kinds: `state` is `inside`, `may enter` or `outside the stage`. */
export async function audienceListing(db: Database, program: Program, asked: Asked): Promise<Listing> {
  return {
    rows: sql`
      SELECT e.customer, 'inside' AS state, s.id AS step, e.entered_at FROM enrolment e JOIN step s ON s.step = e.step
      WHERE e.campaign = ${asked.campaign.name} AND e.status = ${enrolmentStatus.active}
      UNION ALL SELECT m.customer, CASE WHEN m.staged THEN 'may enter' ELSE 'outside the stage' END, NULL, NULL
      FROM (${await eligible(db, program, asked)}) m`,
    more: [
      { name: 'state', type: 'string' },
      { name: 'step', type: 'string' },
      { name: 'entered_at', type: 'instant' },
    ],
  };
}

/**
 * Returns the customers who enter at their next occurrence of the trigger: they meet the audience's condition, have the
 * values that the trigger needs, are not inside, and may enter by the rule of re-entry. `staged`: the present stage of the rollout lets them in.
 */
async function eligible(db: Database, program: Program, { campaign, now }: Asked): Promise<Sql> {
  const context = await contextOutside(db, program, now);
  const stage = inStage(db.dialect, campaign, await readCursors(db), { id: sql`c.id`, now: sql`${now}::bigint` });
  const question = campaign.audience && ask(campaign.audience, context);
  const having = triggerKind(campaign.trigger).eligible?.(campaign.trigger, context);
  return sql`
    SELECT c.customer, ${stage ?? sql`TRUE`} AS staged FROM customer c ${question?.joins ?? empty}
    WHERE ${question?.where ?? sql`TRUE`}${having ? sql` AND ${having}` : empty} AND NOT EXISTS (
      SELECT 1 FROM enrolment p WHERE p.customer = c.customer AND p.campaign = ${campaign.name}
        AND (p.status = ${enrolmentStatus.active} OR ${keepsOut(sql`${reentryMs(campaign.reenter)}::bigint`, sql`${now}::bigint`)}))
      ${andNamed(program, sql`c.customer`)}`;
}
