import type { Campaign } from '../../spec/model/campaign.ts';
import { bucket } from '../bucket.ts';
import type { State } from './state.ts';

/** The stage that began at `since`; `held`: it stays until it is released. */
export interface Rollout {
  stage: number;
  since: number;
  held?: boolean;
}

/** Returns true if the present stage of the campaign's rollout has the customer. */
export function isInStage(state: State, campaign: Campaign, id: string): boolean {
  const { name, rollout } = campaign;
  const stage = rollout?.[rolloutOf(state, campaign).stage];
  return !stage || bucket(`rollout/${name}/${id}`) < stage.share / 10_000;
}

/** Returns the present stage. A rollout begins whenever its campaign is applied; no world changes stages. */
export function rolloutOf({ active, rollouts, now }: State, { name, rollout = [] }: Campaign): Rollout {
  const present = { ...(rollouts.get(name) ?? { stage: 0, since: active.get(name) ?? 0 }) };
  for (;;) {
    const lasts = rollout[present.stage]?.lasts;
    if (present.held || lasts === undefined || now < present.since + lasts) return present;
    present.stage += 1;
    present.since += lasts;
  }
}

/** Begins the next stage by hand, unless guardrails hold the rollout. */
export function promote(state: State, campaign: Campaign, at: number): void {
  const { stage, held } = rolloutOf({ ...state, now: at }, campaign);
  if (!held && campaign.rollout?.[stage + 1])
    state.rollouts.set(campaign.name, { stage: stage + 1, since: since(state, at) });
}

/** Returns an instant after the last tick. */
export function since({ before }: State, at: number): number {
  return Math.max(at, (before ?? 0) + 1);
}
