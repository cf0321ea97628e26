import sql, { empty, join } from 'sql-template-tag';
import { canonical } from '../program/hash.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { readPauses } from '../store/pauses.ts';
import { isRolloutCursor, rolloutCursors, stagesOf } from '../store/rollout-state.ts';

/**
 * Begins the rollouts that are new or have other stages than applied, and those of another change, `at` epoch milliseconds. One whose stages stay goes on; that of a
 * campaign without one any more, or that is gone, is forgotten. One that guardrails have paused is held in the stage that begins.
 */
export async function beginRollouts(
  db: Database,
  program: Program,
  applied: Program | undefined,
  at: number,
): Promise<void> {
  const before = new Map(applied?.campaigns.map((campaign) => [campaign.name, rolledOut(campaign)]));
  const staged = program.campaigns.filter((campaign) => stagesOf(campaign).length > 0);
  const goingOn = staged.filter((campaign) => before.get(campaign.name) === rolledOut(campaign));
  const kept = goingOn.flatMap(({ name }) => Object.values(rolloutCursors(name)));
  const stays = kept.length === 0 ? empty : sql` AND name NOT IN (${join(kept)})`;
  await db.run(sql`DELETE FROM cursor WHERE ${isRolloutCursor}${stays}`);
  const begun = staged.filter((campaign) => !goingOn.includes(campaign));
  const guarded = new Set((await readPauses(db)).filter(({ crossed }) => crossed).map(({ name }) => name));
  await db.load(
    'cursor',
    [
      { name: 'name', type: 'text' },
      { name: 'value', type: 'bigint' },
    ],
    begun.flatMap(({ name }) => {
      const { since, held } = rolloutCursors(name);
      return (guarded.has(name) ? [since, held] : [since]).map((cursor) => ({ name: cursor, value: at }));
    }),
  );
}

/** Returns a text that changes when a campaign's rollout begins anew. */
export function rolledOut(campaign: CompiledCampaign): string {
  const { rollout, hash, before } = campaign;
  return canonical(rollout ? [rollout] : [stagesOf(campaign), before?.hash ?? null, before ? hash : null]);
}
