import sql, { empty, type Sql } from 'sql-template-tag';
import type { Reentry } from '../../spec/model/campaign.ts';
import type { CompiledCampaign } from '../compile/program.ts';
import { ask } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import { watchAbsences } from './absence.ts';
import { entrantsOf } from './entrants.ts';
import { asking, type Tick } from './tick.ts';

/**
 * Phase 3: each trigger's new (customer, occurrence) pairs become enrolments where audience and re-entry allow.
 * One active enrolment per campaign and customer, by construction. Returns the campaigns that somebody entered late: with
 * a start before the tick before, so that what ends it may have been collected already.
 */
export async function enter(tick: Tick): Promise<Set<string>> {
  const absent = await watchAbsences(tick);
  let entered = 0;
  for (const version of tick.versions) {
    if (!version.current) continue;
    const entrants = await entrantsOf(tick, version, absent);
    if (entrants) entered += await enrol(tick, version.definition, entrants);
  }
  if (entered === 0) return new Set();
  const late = await tick.db.query<{ campaign: string }>(sql`
    SELECT DISTINCT campaign FROM enrolment
    WHERE entered_at = ${tick.now}::bigint AND started_at <= ${tick.previous ?? tick.now}::bigint`);
  return new Set(late.map((row) => row.campaign));
}

async function enrol(tick: Tick, campaign: CompiledCampaign, entrants: Sql): Promise<number> {
  const { db, now } = tick;
  if ((await runAll(db, db.dialect.temporary('entrant', entrants))) === 0) return 0;
  const question = campaign.audience ? ask(campaign.audience, asking(tick, sql`entrant`)) : undefined;
  const first = sql`(SELECT step FROM step WHERE campaign = ${campaign.name} AND version = ${campaign.hash} AND id = ${campaign.first})`;
  const [status, reason, ended] = campaign.first === null ? ['ended', 'completed', now] : ['active', null, null];
  return db.run(sql`
    INSERT INTO enrolment (enrolment, customer, campaign, version, occurrence, event_seq, started_at, entered_at,
      step, phase, due_at, status, reason, ended_at)
    SELECT (SELECT coalesce(max(enrolment), 0) FROM enrolment) + row_number() OVER (ORDER BY n.customer),
      n.customer, ${campaign.name}, ${campaign.hash}, n.occurrence, n.event_seq, n.started_at, ${now}::bigint,
      ${first}, 0, ${now}::bigint, ${status}, ${reason}, ${ended}::bigint
    FROM entrant n JOIN customer c ON c.customer = n.customer ${question?.joins ?? empty}
    WHERE ${question?.where ?? sql`TRUE`} AND NOT EXISTS (
      SELECT 1 FROM enrolment p
      WHERE p.customer = n.customer AND p.campaign = ${campaign.name}
        AND (p.status = 'active' OR p.occurrence = n.occurrence${again(campaign.reenter, now)}))`);
}

/** Which earlier enrolment keeps a customer out; the interval counts from entry to entry. */
export function again(reenter: Reentry, now: number): Sql {
  if (reenter.kind === 'never') return sql` OR TRUE`;
  return reenter.kind === 'always' ? empty : sql` OR p.entered_at > ${now - reenter.ms}::bigint`;
}
