import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { RolloutStage } from '../../spec/model/campaign.ts';
import type { CompiledCampaign } from '../program/program.ts';
import type { Dialect } from './dialect.ts';

const prefix = 'rollout:';

/** The cursor that has the instant at which the first stage of a campaign's rollout began, epoch milliseconds. */
export function rolloutCursor(campaign: string): string {
  return `${prefix}${campaign}`;
}

/** The condition that a cursor's name is that of a rollout. */
export const isRolloutCursor: Sql = sql`starts_with(name, ${prefix})`;

/** The instants from which on the stages let in their shares (hundredths of a percent), the earliest first. `began`: epoch milliseconds. */
export function stagesFrom(stages: readonly RolloutStage[], began: number): { from: number; share: number }[] {
  let from = began;
  return stages.map(({ share, lasts = 0 }) => {
    const stage = { from, share };
    from += lasts;
    return stage;
  });
}

/** The share that the stages let in at an instant: hundredths of a percent. */
export function shareAt(stages: readonly RolloutStage[], began: number, now: number): number {
  const reached = stagesFrom(stages, began).filter(({ from }) => from <= now);
  return (reached.at(-1) ?? stages[0])?.share ?? 10_000;
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
  const [first, ...later] = stagesFrom(rollout ?? [], cursors.get(rolloutCursor(name)) ?? 0);
  if (!first) return undefined;
  const whens = later.toReversed().map(({ from, share }) => sql`WHEN ${now} >= ${from}::bigint THEN ${part(share)}`);
  const share = whens.length === 0 ? part(first.share) : sql`CASE ${join(whens, ' ')} ELSE ${part(first.share)} END`;
  return sql`${bucket(sql`concat('rollout/', ${name}::text, '/', ${id})`)} < ${share}`;

  function part(share: number): Sql {
    return sql`${share / 10_000}::${raw(types.double)}`;
  }
}
