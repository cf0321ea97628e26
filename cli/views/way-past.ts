import type { Notice } from '../../engine/plan/notices.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { t } from '../../spec/words/t.ts';

export type Judged = Pick<Plan, 'changes' | 'notices' | 'approvals' | 'allow'>;

/** Returns true if an apply refuses the plan whatever anybody says. */
export function isBlocked({ notices }: Pick<Plan, 'notices'>): boolean {
  return notices.some(({ level }) => level === 'blocked');
}

/** Returns what lets a breaking change or a guard pass, as it is typed; undefined: nothing does. `word`: an address, or the guard's name. */
export function wayPast(word: string, plan: Judged): string | undefined {
  if (isBlocked(plan)) return undefined;
  if (plan.allow.includes(word)) return `--allow ${word}`;
  return plan.approvals ? 'crm approve plan.json' : undefined;
}

/** Returns what lets the reason of a warning pass, if it needs that: a guard, or a breaking change. What is doubtful needs nothing. */
export function wayPastNotice({ level, address, allow }: Notice, plan: Judged): string[] {
  const isBreaking = plan.changes.some((change) => change.class === 'breaking' && change.address === address);
  if (level === 'doubtful' || (allow === undefined && !isBreaking)) return [];
  const way = wayPast(allow ?? address, plan);
  return way === undefined ? [] : [way];
}

/** Returns where a plan was written, and the commands that execute exactly it; none for one that an apply refuses. */
export function writtenWords(plan: Judged, file: string): string {
  if (isBlocked(plan)) return t`The plan is in ${file}. An apply refuses what is blocked.`;
  const apply = ['crm apply', file, ...plan.allow.map((word) => `--allow ${word}`)].join(' ');
  return plan.approvals
    ? t`The plan is in ${file}. To execute exactly it: ${`crm approve ${file}`} by an approver, then ${apply}`
    : t`The plan is in ${file}. To execute exactly it: ${apply}`;
}
