import sql, { empty, join, type Sql } from 'sql-template-tag';
import { keepsOut, reentryMs } from '../program/facts.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { afterTick, readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus } from '../store/outcome-sql.ts';
import { ask } from '../store/query-sql.ts';
import { type Entered, entered } from '../store/rollout-sql.ts';
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
  /** The customers who may enter, and enter the version before; absent where no change is rolled out. */
  before?: { version: string; mayEnter: number };
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
  const [row] = await db.query<{ n: number; outside: number; before: number }>(sql`
    SELECT count(*) FILTER (WHERE m.staged) AS n, count(*) FILTER (WHERE m.version <> ${campaign.hash}) AS "before", count(*) FILTER (WHERE NOT m.staged) AS outside
    FROM (${await eligible(db, program, asked)}) m`);
  return {
    inside: rows.reduce((sum, { customers }) => sum + customers, 0),
    steps,
    mayEnter: row?.n ?? 0,
    ...(campaign.before && { before: { version: campaign.before.hash, mayEnter: row?.before ?? 0 } }),
    ...(campaign.rollout && { outsideStage: row?.outside ?? 0 }),
  };
}

/** Lists all kinds: `state` is `inside`, `may enter` or `outside the stage`. `version`: of those inside, and of those who may enter the one that they then do. */
export async function audienceListing(db: Database, program: Program, asked: Asked): Promise<Listing> {
  return {
    rows: sql`
      SELECT e.customer, 'inside' AS state, s.id AS step, e.entered_at, e.version FROM enrolment e JOIN step s ON s.step = e.step
      WHERE e.campaign = ${asked.campaign.name} AND e.status = ${enrolmentStatus.active}
      UNION ALL SELECT m.customer, CASE WHEN m.staged THEN 'may enter' ELSE 'outside the stage' END, NULL, NULL, m.version
      FROM (${await eligible(db, program, asked)}) m`,
    more: [
      { name: 'state', type: 'string' },
      { name: 'step', type: 'string' },
      { name: 'entered_at', type: 'instant' },
      { name: 'version', type: 'string' },
    ],
  };
}

/**
 * Returns the customers who enter at their next occurrence of the trigger, and the version that they enter: they meet its audience's condition, have the
 * values that the trigger needs, are not inside, and may enter by its rule of re-entry. `staged`: the present stage of the rollout lets them in.
 */
async function eligible(db: Database, program: Program, { campaign, now }: Asked): Promise<Sql> {
  const context = await contextOutside(db, program, now);
  const { name, trigger } = campaign;
  const having = triggerKind(trigger).eligible?.(trigger, context);
  const of = ({ version: { hash, audience, reenter }, stage = sql`TRUE` }: Entered) => {
    const question = audience && ask(audience, context);
    const [staged, only] = campaign.rollout ? [stage, sql`TRUE`] : [sql`TRUE`, stage];
    return sql`
      SELECT c.customer, ${hash}::text AS version, ${staged} AS staged FROM customer c ${question?.joins ?? empty}
      WHERE ${question?.where ?? sql`TRUE`}${having ? sql` AND ${having}` : empty} AND ${only} AND NOT EXISTS (
        SELECT 1 FROM enrolment p WHERE p.customer = c.customer AND p.campaign = ${name}
          AND (p.status = ${enrolmentStatus.active} OR ${keepsOut(sql`${reentryMs(reenter)}::bigint`, sql`${now}::bigint`)}))
        ${andNamed(program, sql`c.customer`)}`;
  };
  const cursors = await readCursors(db);
  const at = { id: sql`c.id`, now: sql`${afterTick(now, cursors.get('tick'))}::bigint` };
  return join(entered(db.dialect, campaign, cursors, at).map(of), ' UNION ALL ');
}
