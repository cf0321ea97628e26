import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { RolloutStage } from '../../spec/model/campaign.ts';
import type { CompiledCampaign } from '../program/program.ts';
import type { Dialect } from './dialect.ts';

/** The present stage of a rollout. */
export interface RolloutState {
  /** The stage that began at `since`, counted from 0. */
  stage: number;
  /** Epoch milliseconds. */
  since: number;
}

/** The cursors of a rollout: the instant at which a stage began, and which; that is the first where there is no such cursor. */
export function rolloutCursors(campaign: string): { since: string; stage: string } {
  return { since: `rollout:${campaign}`, stage: `rollout-stage:${campaign}` };
}

/** The condition that a cursor's name is that of a rollout. */
export const isRolloutCursor: Sql = sql`(starts_with(name, 'rollout:') OR starts_with(name, 'rollout-stage:'))`;

/** Reads where the rollout of a campaign was put last: by an apply, or by a promotion. */
export function rolloutState(cursors: ReadonlyMap<string, number>, campaign: string): RolloutState {
  const names = rolloutCursors(campaign);
  return { stage: cursors.get(names.stage) ?? 0, since: cursors.get(names.since) ?? 0 };
}

/** A stage and the instant from which on it lets in its share, epoch milliseconds. */
export type DatedStage = RolloutStage & { from: number };

/** Returns the stages from that of the state on, up to the one that waits to be promoted, or the last. */
export function stagesFrom(stages: readonly RolloutStage[], { stage, since }: RolloutState): DatedStage[] {
  const dated: DatedStage[] = [];
  let from = since;
  for (const one of stages.slice(stage)) {
    dated.push({ ...one, from });
    if (one.lasts === undefined) break;
    from += one.lasts;
  }
  return dated;
}

/** Returns the stage at an instant: its number, counted from 0. */
export function stageAt(stages: readonly RolloutStage[], state: RolloutState, now: number): number {
  const later = stagesFrom(stages, state).slice(1);
  return state.stage + later.filter(({ from }) => from <= now).length;
}

/**
 * The condition that the stage of the campaign's rollout at `now` lets in the customer with the shop's id `id`; undefined: it has no rollout.
 * The draw depends on the campaign and the customer alone, so a larger stage has everybody of a smaller one.
 */
export function inStage(
  { bucket, types }: Dialect,
  { name, rollout }: CompiledCampaign,
  cursors: ReadonlyMap<string, number>,
  { id, now }: { id: Sql; now: Sql },
): Sql | undefined {
  const [first, ...later] = stagesFrom(rollout ?? [], rolloutState(cursors, name));
  if (!first) return undefined;
  const whens = later.toReversed().map(({ from, share }) => sql`WHEN ${now} >= ${from}::bigint THEN ${part(share)}`);
  const share = whens.length === 0 ? part(first.share) : sql`CASE ${join(whens, ' ')} ELSE ${part(first.share)} END`;
  return sql`${bucket(sql`concat('rollout/', ${name}::text, '/', ${id})`)} < ${share}`;

  function part(share: number): Sql {
    return sql`${share / 10_000}::${raw(types.double)}`;
  }
}
