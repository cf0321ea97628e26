import sql, { join, type Sql } from 'sql-template-tag';
import type { RolloutStage } from '../../spec/model/campaign.ts';
import type { CompiledCampaign } from '../program/program.ts';
import { afterTick, moveCursor, readCursor, readCursors } from './cursor.ts';
import type { Database } from './database.ts';

/** The present stage of a rollout. */
export interface RolloutState {
  /** The stage that began at `since`, counted from 0. */
  stage: number;
  /** Epoch milliseconds. */
  since: number;
  /** Guardrails have paused the campaign, so the stage stays until it is resumed. */
  held?: true;
}

/**
 * The cursors of a rollout: the instant at which a stage began, and which; that is the first where there is no such cursor. `held`: the
 * instant at which guardrails held it in that stage.
 */
export function rolloutCursors(campaign: string): { since: string; stage: string; held: string } {
  return { since: `rollout:${campaign}`, stage: `rollout-stage:${campaign}`, held: `rollout-held:${campaign}` };
}

/** The condition that a cursor's name is that of a rollout. */
export const isRolloutCursor: Sql = join(
  Object.values(rolloutCursors('')).map((prefix) => sql`starts_with(name, ${prefix})`),
  ' OR ',
  '(',
  ')',
);

/** Reads where the rollout of a campaign was put last: by an apply, a promotion, or its guardrails. */
export function rolloutState(cursors: ReadonlyMap<string, number>, campaign: string): RolloutState {
  const names = rolloutCursors(campaign);
  const held = cursors.has(names.held);
  return { stage: cursors.get(names.stage) ?? 0, since: cursors.get(names.since) ?? 0, ...(held && { held }) };
}

/** Returns the stages that an applied campaign goes through: of itself, or of its change while there is a version before; none: it has no rollout. */
export function stagesOf({ rollout, changeRollout, before }: CompiledCampaign): readonly RolloutStage[] {
  return rollout ?? (before && changeRollout) ?? [];
}

/** Returns the version that customers still enter at an instant because this one is rolled out; undefined: none, or the last stage has begun. */
export function versionBefore(
  campaign: CompiledCampaign,
  state: RolloutState,
  now: number,
): CompiledCampaign | undefined {
  const stages = stagesOf(campaign);
  return stageAt(stages, state, now) < stages.length - 1 ? campaign.before : undefined;
}

/** Returns the keys of the versions that customers still enter at an instant (epoch milliseconds) beside the applied ones, as `versionKey` makes them. */
export function stillEntered(
  campaigns: readonly CompiledCampaign[],
  cursors: ReadonlyMap<string, number>,
  now: number,
): ReadonlySet<string> {
  const before = campaigns.flatMap((one) => versionBefore(one, rolloutState(cursors, one.name), now) ?? []);
  return new Set(before.map(({ name, hash }) => versionKey(name, hash)));
}

export function versionKey(campaign: string, version: string): string {
  return `${campaign}/${version}`;
}

/** A stage and the instant from which on it lets in its share, epoch milliseconds. */
export type DatedStage = RolloutStage & { from: number };

/** Returns the stages from that of the state on, up to the one that waits to be promoted or resumed, or the last. */
export function stagesFrom(stages: readonly RolloutStage[], { stage, since, held }: RolloutState): DatedStage[] {
  const dated: DatedStage[] = [];
  let from = since;
  for (const one of stages.slice(stage)) {
    dated.push({ ...one, from });
    if (held || one.lasts === undefined) break;
    from += one.lasts;
  }
  return dated;
}

/** A stage; `from`: the instant from which on it counts, epoch milliseconds; absent: after a stage that lasts until it is promoted, or is held. */
export type PlannedStage = RolloutStage & { from?: number };

/** Returns the present stage and those to come. */
export function stagesToCome(stages: readonly RolloutStage[], state: RolloutState, now: number): PlannedStage[] {
  if (stages.length === 0) return [];
  const present = stageAt(stages, state, now);
  const dated = stagesFrom(stages, state).slice(present - state.stage);
  return [...dated, ...stages.slice(present + dated.length)];
}

/** The versions between which the stages of a change divide customers: those in a stage enter `version`, the others still `before`. */
export interface StagedChange {
  version: string;
  before: string;
}

export function stagedChange({ hash, before }: CompiledCampaign): StagedChange | undefined {
  return before && { version: hash, before: before.hash };
}

/** Returns the stage at an instant: its number, counted from 0. */
export function stageAt(stages: readonly RolloutStage[], state: RolloutState, now: number): number {
  const later = stagesFrom(stages, state).slice(1);
  return state.stage + later.filter(({ from }) => from <= now).length;
}

/** Has the stage with this number (counted from 0) begin, `at` epoch milliseconds or after the last tick. Returns when. */
export async function beginStage(db: Database, campaign: string, stage: number, at: number): Promise<RolloutState> {
  const since = afterTick(at, await readCursor(db, 'tick'));
  const names = rolloutCursors(campaign);
  await moveCursor(db, names.since, since);
  await moveCursor(db, names.stage, stage);
  return { stage, since };
}

/** Keeps a rollout in the stage of this instant, epoch milliseconds, until it is released. */
export async function holdRollout(
  db: Database,
  campaign: string,
  stages: readonly RolloutStage[],
  at: number,
): Promise<void> {
  const state = rolloutState(await readCursors(db), campaign);
  const stage = stageAt(stages, state, at);
  const names = rolloutCursors(campaign);
  await moveCursor(db, names.since, stagesFrom(stages, state)[stage - state.stage]?.from ?? at);
  await moveCursor(db, names.stage, stage);
  await moveCursor(db, names.held, at);
}

/** Has the stage of a rollout that is held begin again. */
export async function releaseRollout(db: Database, campaign: string, at: number): Promise<void> {
  const state = rolloutState(await readCursors(db), campaign);
  if (!state.held) return;
  await db.run(sql`DELETE FROM cursor WHERE name = ${rolloutCursors(campaign).held}`);
  await beginStage(db, campaign, state.stage, at);
}
