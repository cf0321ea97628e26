import sql, { empty, join } from 'sql-template-tag';
import { canonical } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { readPauses } from '../store/pauses.ts';
import { isRolloutCursor, rolloutCursors } from '../store/rollout-state.ts';

/**
 * Begins the rollouts that are new or have other stages than applied, `at` epoch milliseconds. One whose stages stay goes on; that of a campaign
 * without one any more, or that is gone, is forgotten. One that guardrails have paused is held in the stage that begins.
 */
export async function beginRollouts(
  db: Database,
  program: Program,
  applied: Program | undefined,
  at: number,
): Promise<void> {
  const before = new Map(applied?.campaigns.map(({ name, rollout }) => [name, rollout && canonical(rollout)]));
  const goingOn = program.campaigns.filter(({ name, rollout }) => rollout && before.get(name) === canonical(rollout));
  const kept = goingOn.flatMap(({ name }) => Object.values(rolloutCursors(name)));
  const stays = kept.length === 0 ? empty : sql` AND name NOT IN (${join(kept)})`;
  await db.run(sql`DELETE FROM cursor WHERE ${isRolloutCursor}${stays}`);
  const begun = program.campaigns.filter((campaign) => campaign.rollout && !goingOn.includes(campaign));
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
