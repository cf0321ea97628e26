import type { Reentry, Trigger } from './campaign.ts';

/** Returns the rule of re-entry of a campaign that says none: a date that comes every year lets its customers in each time. */
export function usualReentry(on: Trigger): Reentry {
  return { kind: on.kind === 'date' && on.yearly ? 'always' : 'never' };
}
