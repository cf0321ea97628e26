import { hash } from './hash.ts';
import type { CompiledCampaign } from './program.ts';

/** Returns the version of a campaign: the hash of what it does. Its title, and what only applies read, do not count. */
export function versionOf(campaign: Omit<CompiledCampaign, 'hash'> & { hash?: string }): string {
  const {
    title,
    moved,
    resumeWithin,
    inFlight,
    rollout,
    changeRollout,
    before,
    guardrails,
    hash: own,
    ...body
  } = campaign;
  return hash(body);
}
