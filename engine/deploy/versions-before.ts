import { alone, canonical } from '../program/hash.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { afterTick, readCursor, readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { type RolloutState, rolloutState, stagesOf, versionBefore } from '../store/rollout-state.ts';
import { lacks } from './lacks.ts';

/** The present stages of the applied rollouts, by campaign. */
export type RolloutStates = Readonly<Record<string, RolloutState>>;

export async function rolloutStates(db: Database, applied: Program): Promise<RolloutStates> {
  const staged = applied.campaigns.filter((campaign) => stagesOf(campaign).length > 0);
  if (staged.length === 0) return {};
  const cursors = await readCursors(db);
  return Object.fromEntries(staged.map(({ name }) => [name, rolloutState(cursors, name)]));
}

/** The applied Program, and the stages of its rollouts. */
export interface Before {
  applied: Program | undefined;
  /** The stages in the store; without a stage, a rollout begins anew. */
  states: RolloutStates;
  /** The instant from which on the apply counts (see `afterTick`), epoch milliseconds. */
  now: number;
  /** The plan goes back to an earlier deployment, which replaces the applied one at once. */
  rollback?: boolean | undefined;
}

/** Reads what an apply at `at` (epoch milliseconds) finds. */
export async function readBefore(db: Database, applied: Program | undefined, at: number): Promise<Before> {
  if (!applied) return { applied, states: {}, now: at };
  return { applied, states: await rolloutStates(db, applied), now: afterTick(at, await readCursor(db, 'tick')) };
}

/**
 * Returns the desired Program with the versions before: a campaign whose change is rolled out has the applied version, or while that is being rolled out
 * itself, the one before it. One that is new, as it was, or rolled out to its last stage has none. Pure.
 */
export function withVersionsBefore(desired: Program, before: Before): Program {
  const campaigns = desired.campaigns.map((campaign) => {
    const old = earlierVersion(campaign, before);
    return old && !givenAtOnce(campaign, old, desired, before.applied) ? { ...campaign, before: alone(old) } : campaign;
  });
  return { ...desired, campaigns };
}

/** Returns the Program as it is once all changes have been rolled out. Pure. */
export function withoutVersionsBefore(program: Program): Program {
  return { ...program, campaigns: program.campaigns.map(({ before: _, ...campaign }) => campaign) };
}

/** Returns the version that was entered until now, where another one is rolled out. */
export function earlierVersion(
  campaign: CompiledCampaign,
  { applied, states, now, rollback }: Before,
): CompiledCampaign | undefined {
  const old = applied?.campaigns.find(({ name }) => name === campaign.name);
  if (!old || !campaign.changeRollout) return undefined;
  const stays = old.hash === campaign.hash;
  if (rollback && !stays) return undefined;
  const older = versionBefore(old, states[old.name] ?? { stage: 0, since: now }, now);
  const before = older ?? (stays ? undefined : old);
  return before?.hash === campaign.hash ? undefined : before;
}

/** The reason why a change is given to all at once in spite of its rollout: another trigger, or the project no longer has what the version before needs, or has it in another form. */
export type AtOnce = 'trigger' | 'gone';

/** Returns why a version cannot be entered beside another one of its campaign; undefined: it can. */
export function givenAtOnce(
  campaign: CompiledCampaign,
  before: CompiledCampaign,
  desired: Program,
  applied: Program | undefined,
): AtOnce | undefined {
  // Both have the same occasions: what a trigger remembers is remembered once for a campaign.
  if (canonical(campaign.trigger) !== canonical(before.trigger)) return 'trigger';
  return applied && lacks(alone(before), desired, applied) ? 'gone' : undefined;
}
