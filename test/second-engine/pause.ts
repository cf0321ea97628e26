import type { Campaign } from '../../spec/model/campaign.ts';
import type { State } from './state.ts';

/** Returns true if the campaign may not move anybody; with a channel, if its messages on it may not leave. */
export function isPaused({ pause, guarded }: State, campaign: Campaign, channel?: string): boolean {
  if (guarded.has(campaign.name)) return true;
  if (!pause) return false;
  return pause.kind === 'all' || pause.name === (pause.kind === 'campaign' ? campaign.name : channel);
}
