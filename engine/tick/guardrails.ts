import sql, { join } from 'sql-template-tag';
import { type GuardedFeedback, type Guardrails, guardedFeedback } from '../../spec/model/campaign.ts';
import { goesToCustomers } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import { noteAct } from '../store/audit.ts';
import type { Crossing } from '../store/crossing.ts';
import { readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { hasFeedback } from '../store/feedback.ts';
import { messageReason, messageStatus } from '../store/outcome-sql.ts';
import { pauseByGuardrails, pauseOf, readPauses } from '../store/pauses.ts';
import { holdRollout, rolloutState, stagesOf, versionBefore } from '../store/rollout-state.ts';

/** The messages of a campaign that its guardrails count, and those with the feedback. */
export interface Watched extends Record<GuardedFeedback, number> {
  campaign: string;
  guardrails: Guardrails;
  messages: number;
}

/** A campaign that a tick has paused, and why. */
export interface GuardedPause {
  campaign: string;
  crossed: Crossing[];
}

/**
 * Counts the messages of the named campaigns with guardrails (of all where `among` is absent) that have left within the campaign's time before `now`
 * (epoch milliseconds) and since it was resumed after guardrails had paused it, with one statement. While a change is rolled out, those of the new version alone:
 * the others would dilute them.
 */
export async function watched(
  db: Database,
  program: Program,
  now: number,
  among = (_campaign: string) => true,
): Promise<Watched[]> {
  const cursors = program.campaigns.some(({ before }) => before) ? await readCursors(db) : new Map<string, number>();
  const guarded = program.campaigns.flatMap((campaign) => {
    const { name, guardrails, hash } = campaign;
    const alone = versionBefore(campaign, rolloutState(cursors, name), Math.max(now, cursors.get('tick') ?? 0))
      ? hash
      : null;
    return guardrails && among(name) ? [{ name, guardrails, alone }] : [];
  });
  if (guarded.length === 0) return [];
  const times = guarded.map(
    ({ name, guardrails, alone }) => sql`(${name}::text, ${alone}::text, ${now - guardrails.within}::bigint)`,
  );
  const [unsubscribed, complained, bounced] = guardedFeedback.map((kind) => hasFeedback(sql`message.feedback`, kind));
  const rows = await db.query<{ campaign: string; messages: number } & Record<GuardedFeedback, number>>(sql`
    WITH guarded AS (
      SELECT g.campaign, g.alone, greatest(g.since, coalesce(d.until, g.since)) AS since
      FROM (VALUES ${join(times)}) g (campaign, alone, since)
      LEFT JOIN (
        SELECT name, max(until) AS until FROM delay WHERE kind = 'campaign' AND crossed IS NOT NULL GROUP BY name) d
        ON d.name = g.campaign)
    SELECT message.campaign, count(*) AS messages, count(*) FILTER (WHERE ${unsubscribed}) AS unsubscribed,
      count(*) FILTER (WHERE ${complained}) AS complained,
      count(*) FILTER (WHERE message.status = ${messageStatus.failed} OR ${bounced}) AS bounced
    FROM message JOIN guarded g ON g.campaign = message.campaign AND message.version = coalesce(g.alone, message.version)
    WHERE message.finished_at > g.since AND ${goesToCustomers(program, sql`message.channel`)} AND (
      message.status = ${messageStatus.sent}
      OR message.status = ${messageStatus.failed} AND message.reason = ${messageReason.bounced})
    GROUP BY message.campaign`);
  const counts = new Map(rows.map((row) => [row.campaign, row]));
  const none = { messages: 0, unsubscribed: 0, complained: 0, bounced: 0 };
  return guarded.map(({ name, guardrails }) => ({ ...none, ...counts.get(name), campaign: name, guardrails }));
}

/** Returns the guardrails that are crossed: the share of messages is above the limit, and there are enough of them. Pure. */
export function crossings({ guardrails: { limits, minMessages }, messages, ...counts }: Watched): Crossing[] {
  if (messages < minMessages) return [];
  return guardedFeedback.flatMap((feedback) => {
    const limit = limits[feedback];
    const count = counts[feedback];
    return limit !== undefined && count * 10_000 > limit * messages ? [{ feedback, count, messages, limit }] : [];
  });
}

/**
 * Pauses the campaigns that have crossed guardrails, holds their rollouts, and notes it in the audit log. One that is paused already is not
 * judged. `at`: the instant of the tick; `now`: the clock; epoch milliseconds.
 */
export async function judgeGuardrails(
  tx: Database,
  program: Program,
  { at, now }: { at: number; now: number },
): Promise<GuardedPause[]> {
  if (!program.campaigns.some(({ guardrails }) => guardrails)) return [];
  const pauses = await readPauses(tx);
  const found = await watched(tx, program, at, (name) => !pauseOf(pauses, name));
  const paused = found
    .map((one) => ({ campaign: one.campaign, crossed: crossings(one) }))
    .filter(({ crossed }) => crossed.length > 0);
  for (const { campaign, crossed } of paused) {
    const found = program.campaigns.find(({ name }) => name === campaign);
    const stages = found ? stagesOf(found) : [];
    await pauseByGuardrails(tx, campaign, now, crossed);
    if (stages.length > 0) await holdRollout(tx, campaign, stages, at);
    const counts = crossed.map(({ feedback, count, messages }) => [feedback, `${count} of ${messages}`]);
    const facts = { kind: 'campaign', name: campaign, ...Object.fromEntries(counts) };
    await noteAct(tx, { at: now, who: 'guardrails', what: 'pause', facts });
  }
  return paused;
}
