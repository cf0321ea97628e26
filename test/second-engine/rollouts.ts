import type { Campaign, RolloutStage } from '../../spec/model/campaign.ts';
import { bucket } from '../bucket.ts';
import { promotable } from '../random-world/campaign.ts';
import { changedTimes, type World } from '../random-world.ts';
import { journey } from './journey.ts';
import type { State } from './state.ts';

/** The stage that began at `since`; `held`: it stays until it is released. */
export interface Rollout {
  stage: number;
  since: number;
  held?: boolean;
}

/** Returns the stages of the campaign, or of its change while there is a version before. */
export function stagesOf({ earlier }: State, { name, rollout = [], changeRollout = [] }: Campaign): RolloutStage[] {
  return earlier.has(name) ? changeRollout : rollout;
}

/** Returns true if the change of the campaign has a stage to come. */
export function isRolledOut(state: State, campaign: Campaign): boolean {
  return state.earlier.has(campaign.name) && rolloutOf(state, campaign).stage < stagesOf(state, campaign).length - 1;
}

/** Returns the version that the customer enters: where a change is rolled out and its stage does not have him, the one before. */
export function versionOf(state: State, campaign: Campaign, id: string): Campaign {
  const before = state.earlier.get(campaign.name);
  return before && !isInStage(state, campaign, id) ? before : campaign;
}

/** Returns true if the present stage of the campaign's own rollout has the customer. */
export function isLetIn(state: State, campaign: Campaign, id: string): boolean {
  return state.earlier.has(campaign.name) || isInStage(state, campaign, id);
}

function isInStage(state: State, campaign: Campaign, id: string): boolean {
  const stage = stagesOf(state, campaign)[rolloutOf(state, campaign).stage];
  return !stage || bucket(`rollout/${campaign.name}/${id}`) < stage.share / 10_000;
}

/** Returns the present stage. A rollout begins whenever its campaign is applied, that of a change with the change; no world changes stages. */
export function rolloutOf(state: State, campaign: Campaign): Rollout {
  const { active, rollouts, now } = state;
  const stages = stagesOf(state, campaign);
  const present = { ...(rollouts.get(campaign.name) ?? { stage: 0, since: active.get(campaign.name) ?? 0 }) };
  for (;;) {
    const lasts = stages[present.stage]?.lasts;
    if (present.held || lasts === undefined || now < present.since + lasts) return present;
    present.stage += 1;
    present.since += lasts;
  }
}

/** Begins the next stage by hand, unless guardrails hold the rollout. */
export function promote(state: State, campaign: Campaign, at: number): void {
  const { stage, held } = rolloutOf({ ...state, now: since(state, at) }, campaign);
  if (!held && stagesOf(state, campaign)[stage + 1])
    state.rollouts.set(campaign.name, { stage: stage + 1, since: since(state, at) });
}

/**
 * Applies another version of a campaign, whose change is rolled out from then on. The version before is the one that was applied, or while that was being rolled
 * out, the one before it. Guardrails that have paused the campaign hold the new stage.
 */
export function changeCampaign(state: State, world: World, at: number): void {
  const old = state.model.campaigns.find(({ name }) => name === promotable);
  if (!old) return;
  const rolledOut = isRolledOut({ ...state, now: since(state, at) }, old);
  if (!rolledOut) state.earlier.set(promotable, old);
  state.changes += 1;
  const { campaigns } = changedTimes(world, state.changes);
  const changed = campaigns.find(({ name }) => name === promotable);
  if (!changed) return;
  // The other campaigns are those that enrolments know.
  state.model = {
    ...state.model,
    campaigns: state.model.campaigns.map((one) => (one.name === promotable ? changed : one)),
  };
  state.first.set(changed, journey(state.model, changed.steps));
  const held = state.guarded.has(promotable);
  state.rollouts.set(promotable, { stage: 0, since: since(state, at), ...(held && { held }) });
}

/** Returns an instant after the last tick. */
export function since({ before }: State, at: number): number {
  return Math.max(at, (before ?? 0) + 1);
}
