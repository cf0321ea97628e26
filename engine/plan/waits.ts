import { later } from '../../spec/words/t.ts';
import type { Plan } from './plan.ts';

/**
 * Returns why a plan may not be applied without a person, as texts that are stored; nothing, where it may. `wanted`: what it makes run, and
 * `applied`: what runs.
 */
export function reasonsToWait(plan: Plan, { applied, wanted }: { applied: number; wanted: number }): string[] {
  const { notices } = plan;
  const told = new Set(notices.map(({ address }) => address));
  const serious = notices.filter(({ level }) => level !== 'reversible').map(({ message }) => message);
  const breaking = breakingIn(plan).filter((address) => !told.has(address));
  return [
    ...(applied > 0 && wanted === 0 ? [later`It removes all campaigns.`] : []),
    ...(plan.approvals ? [later`It needs approvals: ${plan.approvals.required}.`] : []),
    ...serious,
    ...breaking.map((address) => later`${address} is changed so that customers inside would lose their way.`),
  ];
}

/** Returns the addresses of the breaking changes of a plan. */
export function breakingIn({ changes }: Plan): string[] {
  return changes.filter((change) => change.class === 'breaking').map(({ address }) => address);
}
