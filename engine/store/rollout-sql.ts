import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { CompiledCampaign } from '../program/program.ts';
import type { Dialect } from './dialect.ts';
import { rolloutState, stagesFrom } from './rollout-state.ts';

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
