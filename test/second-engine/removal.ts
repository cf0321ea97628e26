import type { Campaign } from '../../spec/model/campaign.ts';
import { end, stop } from './moves.ts';
import { since } from './rollouts.ts';
import type { State } from './state.ts';

/** Ends what is inside the campaign, and cancels what has not left; keeps where everybody was. */
export function remove(state: State, campaign: Campaign, at: number): void {
  state.active.delete(campaign.name);
  state.rollouts.delete(campaign.name);
  for (const enrolment of state.enrolments) {
    if (enrolment.campaign.name !== campaign.name || enrolment.ended) continue;
    const { spot, due, held, message } = enrolment;
    const where = { spot, due, held, message };
    enrolment.removed = Object.fromEntries(Object.entries(where).filter(([, value]) => value !== undefined));
    end({ now: at }, enrolment, 'removed');
  }
  for (const message of state.messages)
    if (message.campaign.name === campaign.name && message.status === 'decided')
      Object.assign(message, { status: 'suppressed', reason: 'removed' });
}

/**
 * Puts a campaign back: it is active from then on, and the next tick takes its customers up again. Guardrails that have paused it hold the first stage of its
 * rollout.
 */
export function putBack(state: State, campaign: Campaign, at: number): void {
  state.active.set(campaign.name, at);
  state.returned.add(campaign);
  if (campaign.rollout && state.guarded.has(campaign.name))
    state.rollouts.set(campaign.name, { stage: 0, since: since(state, at), held: true });
}

/** Takes those up again who were inside when their campaign was removed, and what was cancelled of it and has not expired. */
export function takeUp(state: State): void {
  for (const message of state.messages)
    if (state.returned.has(message.campaign) && message.reason === 'removed' && message.expires > state.now) {
      message.status = 'decided';
      delete message.reason;
    }
  for (const enrolment of state.enrolments) {
    const { removed, campaign } = enrolment;
    if (!removed || !state.returned.has(campaign)) continue;
    delete enrolment.removed;
    delete enrolment.ended;
    Object.assign(enrolment, removed, { resumed: state.now });
    // Nobody waits for an answer to a message that will not leave.
    if (enrolment.message?.reason === 'removed') enrolment.due = state.now;
    if (enrolment.goal) stop(state, enrolment, 'goal');
  }
  state.returned.clear();
}
