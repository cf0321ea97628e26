import { zonedFormat } from '../../spec/words/clock.ts';
import { t } from '../../spec/words/t.ts';
import type { Lock } from '../store/locks.ts';
import type { Refusal } from './check-plan.ts';
import type { Plan } from './plan.ts';

/** Refuses a plan that changes a campaign, or what a campaign uses, which somebody else than `who` has locked. Pure. `timezone`: the project's. */
export function lockedBy(
  { changes }: Pick<Plan, 'changes'>,
  locks: readonly Lock[],
  who: string,
  timezone: string,
): Refusal | undefined {
  const reached = new Set(changes.flatMap(({ kind, name, usedBy }) => (kind === 'campaign' ? [name] : usedBy)));
  const lock = locks.find(({ campaign, holder }) => holder !== who && reached.has(campaign));
  if (!lock) return undefined;
  const { campaign, holder, since, reason } = lock;
  return {
    reason: 'locked',
    message: t`campaign.${campaign} is locked by ${holder} since ${zonedFormat(timezone)(since)}: ${reason}`,
    help: t`Ask ${holder}; \`crm unlock ${campaign} --force\` breaks the lock.`,
  };
}
