import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { CompiledCampaign } from '../program/program.ts';
import type { Dialect } from './dialect.ts';
import { rolloutState, stagesFrom, stagesOf, versionBefore } from './rollout-state.ts';

/**
 * The condition that the stage of the campaign's rollout at `now` has the customer with the shop's id `id`: lets him in, or where its change is rolled out,
 * into its version instead of the one before. Undefined: it has no rollout.
 * The draw depends on the campaign and the customer alone, so a larger stage has everybody of a smaller one.
 */
export function inStage(
  { bucket, types }: Dialect,
  campaign: CompiledCampaign,
  cursors: ReadonlyMap<string, number>,
  { id, now }: { id: Sql; now: Sql },
): Sql | undefined {
  const [first, ...later] = stagesFrom(stagesOf(campaign), rolloutState(cursors, campaign.name));
  if (!first) return undefined;
  const whens = later.toReversed().map(({ from, share }) => sql`WHEN ${now} >= ${from}::bigint THEN ${part(share)}`);
  const share = whens.length === 0 ? part(first.share) : sql`CASE ${join(whens, ' ')} ELSE ${part(first.share)} END`;
  return sql`${bucket(sql`concat('rollout/', ${campaign.name}::text, '/', ${id})`)} < ${share}`;

  function part(share: number): Sql {
    return sql`${share / 10_000}::${raw(types.double)}`;
  }
}

/** A version of a campaign that customers enter, with the condition on those who enter this one; absent: all do. */
export interface Entered {
  version: CompiledCampaign;
  stage?: Sql;
}

/** Returns the versions that customers enter: the applied one, and while its change is rolled out the one before, for the others. See `inStage`. */
export function entered(...asked: Parameters<typeof inStage>): Entered[] {
  const [, campaign, cursors] = asked;
  const stage = inStage(...asked);
  // This instant is later than the last tick. If the last stage has begun by then, nobody enters the version before.
  const over =
    campaign.before && !versionBefore(campaign, rolloutState(cursors, campaign.name), cursors.get('tick') ?? 0);
  if (!stage || over) return [{ version: campaign }];
  const own = { version: campaign, stage };
  return campaign.before ? [own, { version: campaign.before, stage: sql`NOT ${stage}` }] : [own];
}
