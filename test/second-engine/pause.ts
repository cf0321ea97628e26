import type { Campaign } from '../../spec/model/campaign.ts';
import type { Enrolment, State } from './state.ts';

/** Returns true if the campaign may not move anybody; with a channel, if its messages on it may not leave. */
export function isPaused({ pause, guarded }: State, campaign: Campaign, channel?: string): boolean {
  if (guarded.has(campaign.name)) return true;
  if (!pause) return false;
  return pause.kind === 'all' || pause.name === (pause.kind === 'campaign' ? campaign.name : channel);
}

/** Ends the pause. `shifting`: those who waited wait longer by its time, or for the next time of day where theirs has passed. */
export function resume(state: State, shifting: boolean, at: number): void {
  const { pause } = state;
  if (pause && pause.kind !== 'channel' && shifting)
    for (const enrolment of state.enrolments) {
      const { campaign, spot, due } = enrolment;
      if (!isPaused(state, campaign) || !spot || due === undefined || !isWaiting(enrolment)) continue;
      if (spot.step.kind !== 'until') {
        enrolment.due = due + at - pause.since;
        enrolment.arrived += at - pause.since;
      } else if (pause.since < due && due <= at) delete enrolment.due;
    }
  delete state.pause;
}

/** Quiet hours hold a message before it is decided, which is no waiting of the journey's own. */
function isWaiting({ spot, message, noticed }: Enrolment): boolean {
  return !noticed && (message !== undefined || ['wait', 'until', 'await'].includes(spot?.step.kind ?? ''));
}
