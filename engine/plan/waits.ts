import type { Approvals } from '../../spec/model/model.ts';
import { later } from '../../spec/words/t.ts';
import type { Notice } from './notices.ts';
import { isOfRules } from './permission.ts';
import type { Plan } from './plan.ts';

/** A thing that can be undone for a time; and what is no matter of approval: a secret that is missing, hours in which nothing is applied. */
const light = ({ level, allow }: Notice) => level === 'reversible' || level === 'lacking' || allow === 'no_apply';

/**
 * Returns why a plan may not be applied without a person, as texts that are stored; nothing, where it may. `wanted`: the number of campaigns that it makes run, and
 * `applied`: of those that run.
 */
export function reasonsToWait(plan: Plan, { applied, wanted }: { applied: number; wanted: number }): string[] {
  const { notices, approvals } = plan;
  const removesAll = applied > 0 && wanted === 0;
  const breaking = new Set(breakingIn(plan));
  // A change that can be undone for a time is breaking too, such as the removal of a campaign.
  const breaks = ({ level, address }: Notice) => level === 'reversible' && breaking.has(address);
  const serious = notices.filter((notice) => !light(notice) || (breaks(notice) && !removesAll));
  const told = new Set(notices.filter((notice) => !light(notice) || breaks(notice)).map(({ address }) => address));
  return [
    ...(removesAll ? [later`It removes all campaigns.`] : []),
    ...serious.map(({ message }) => message),
    ...[...breaking.difference(told)].map(
      (address) => later`${address} is changed so that customers inside would lose their way.`,
    ),
    ...(approvals
      ? [later`Approvals that it needs: ${approvals.required}, of ${approvals.approvers.join(', ')}.`]
      : []),
  ];
}

/**
 * Returns the words by which `crm apply --allow` lets a plan pass: addresses of breaking changes, and names of guards. None for those that
 * approvals stand for, and none of a plan with something blocked, which no word lets pass. `approvals`: those that it needs. Pure.
 */
export function allowOf(
  { changes, notices }: Pick<Plan, 'changes' | 'notices'>,
  approvals: Pick<Approvals, 'for'> | undefined,
): string[] {
  if (notices.some(({ level }) => level === 'blocked')) return [];
  const stands = (kind: 'breaking' | 'guards') =>
    approvals?.for.some((one) => one === kind || one === 'always') ?? false;
  // Those who approve decide on the rules of approving, whatever their approvals are for.
  const guarded = notices.flatMap((one) =>
    one.level === 'guarded' && !(approvals && isOfRules(one)) ? (one.allow ?? []) : [],
  );
  return [...(stands('breaking') ? [] : breakingIn({ changes })), ...(stands('guards') ? [] : guarded)];
}

function breakingIn({ changes }: Pick<Plan, 'changes'>): string[] {
  return changes.filter((change) => change.class === 'breaking').map(({ address }) => address);
}
