import { passagesOf } from '../deploy/passages.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import type { Fate, InFlight } from './effects.ts';
import type { Inside } from './in-flight.ts';

/** Tells of all customers inside what an apply of the desired Program does with them. Pure. */
export function fatesOf({ standing, versions, released }: Inside, desired: Program): InFlight[] {
  const wanted = new Map(desired.campaigns.map((campaign) => [campaign.name, campaign]));
  const old = new Map(versions.map(({ version, definition }) => [`${definition.name} ${version}`, definition]));
  return standing.map(({ steps, ...row }) => {
    const fate = fateIn(wanted.get(row.campaign), old.get(`${row.campaign} ${row.version}`), row.version);
    return {
      ...row,
      steps: steps.map(({ step, customers }) => {
        const becomes = fate(step);
        const now = becomes.becomes === 'moves' && becomes.anew ? customers : released.get(keyOf(row, step));
        return { step, customers, ...becomes, ...(becomes.becomes === 'moves' && now && { atOnce: now }) };
      }),
    };
  });
}

/** The key of a step of a version. */
export function keyOf({ campaign, version }: { campaign: string; version: string }, step: string): string {
  return `${campaign} ${version} ${step}`;
}

function fateIn(
  wanted: CompiledCampaign | undefined,
  old: CompiledCampaign | undefined,
  version: string,
): (step: string) => Fate {
  if (!wanted) return () => ({ becomes: 'leaves' });
  if (wanted.hash === version) return () => ({ becomes: 'stays' });
  const passages = old && passagesOf(wanted, old);
  if (!passages) return () => ({ becomes: 'finishes' });
  return (step) => {
    const passage = passages.get(step);
    if (!passage) return { becomes: 'finishes' };
    if ('stuck' in passage) return { becomes: 'stuck', why: passage.stuck };
    const { to, anew } = passage;
    return to === null ? { becomes: 'leaves' } : { becomes: 'moves', to, ...(anew && { anew }) };
  };
}
