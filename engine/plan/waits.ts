import { later } from '../../spec/words/t.ts';
import type { Notice } from './notices.ts';
import type { Plan } from './plan.ts';

/** A thing that can be undone for a time; and what is no matter of approval: a secret that is missing, hours in which nothing is applied. */
const light = ({ level, allow }: Notice) => level === 'reversible' || level === 'lacking' || allow === 'no_apply';

/**
 * Returns why a plan may not be applied without a person, as texts that are stored; nothing, where it may. `wanted`: the number of campaigns that it makes run, and
 * `applied`: of those that run.
 */
export function reasonsToWait(plan: Plan, { applied, wanted }: { applied: number; wanted: number }): string[] {
  const { notices, approvals } = plan;
  const breaking = new Set(breakingIn(plan));
  // What can be undone for a time breaks nonetheless, as the removal of a campaign does.
  const serious = notices.filter(
    (notice) => !light(notice) || (notice.level === 'reversible' && breaking.has(notice.address)),
  );
  const told = new Set(serious.map(({ address }) => address));
  return [
    ...(applied > 0 && wanted === 0 ? [later`It removes all campaigns.`] : []),
    ...(plan.approvals ? [later`It needs approvals: ${plan.approvals.required}.`] : []),
    ...serious.map(({ message }) => message),
    ...[...breaking.difference(told)].map(
      (address) => later`${address} is changed so that customers inside would lose their way.`,
    ),
    ...(approvals
      ? [later`Approvals that it needs: ${approvals.required}, of ${approvals.approvers.join(', ')}.`]
      : []),
  ];
}

/** Returns the words by which `crm apply` lets a plan pass that needs no approvals: addresses of breaking changes, and names of guards. */
export function allowOf(plan: Plan): string[] {
  if (plan.approvals) return [];
  return [
    ...breakingIn(plan),
    ...plan.notices.flatMap(({ level, allow }) => (level === 'guarded' ? (allow ?? []) : [])),
  ];
}

function breakingIn({ changes }: Plan): string[] {
  return changes.filter((change) => change.class === 'breaking').map(({ address }) => address);
}
