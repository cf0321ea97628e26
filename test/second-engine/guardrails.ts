import type { Campaign } from '../../spec/model/campaign.ts';
import { reachesCustomers } from '../../spec/model/channel-kinds.ts';
import { isPaused } from './pause.ts';
import { isRolledOut, rolloutOf, since, stagesOf } from './rollouts.ts';
import type { State } from './state.ts';

/** Pauses the campaigns with too many unsubscriptions, and holds their rollouts. */
export function judge(state: State): void {
  for (const campaign of state.model.campaigns) {
    if (!state.active.has(campaign.name) || isPaused(state, campaign) || !isCrossed(state, campaign)) continue;
    state.guarded.add(campaign.name);
    if (stagesOf(state, campaign).length > 0)
      state.rollouts.set(campaign.name, { ...rolloutOf(state, campaign), held: true });
  }
}

function isCrossed(state: State, own: Campaign): boolean {
  const { name, guardrails } = own;
  if (!guardrails) return false;
  const from = Math.max(state.now - guardrails.within, state.resumed.get(name) ?? 0);
  const toCustomers = new Set(state.model.channels.flatMap((one) => (reachesCustomers(one.kind) ? [one.name] : [])));
  const gone = state.messages.filter(
    ({ campaign, status, sent = 0, channel }) =>
      (isRolledOut(state, own) ? campaign === own : campaign.name === name) &&
      status === 'sent' &&
      sent > from &&
      toCustomers.has(channel),
  );
  const lost = gone.filter((message) =>
    state.unsubscriptions.some((one) => one.message === message && one.at <= state.now),
  );
  const { minMessages, limits } = guardrails;
  return gone.length >= minMessages && lost.length / gone.length > (limits.unsubscribed ?? 10_000) / 10_000;
}

/** Lifts the pause of a campaign; if its guardrails did it, the stage begins again, and messages count anew. */
export function lift(state: State, name: string, at: number): void {
  if (!state.guarded.delete(name)) return;
  state.resumed.set(name, at);
  const rollout = state.rollouts.get(name);
  if (rollout?.held) state.rollouts.set(name, { stage: rollout.stage, since: since(state, at) });
}
