import type { Plan } from '../../engine/plan/plan.ts';
import { hash } from '../../engine/program/hash.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';

/**
 * Refuses a plan of what is applied unless a reviewed one, which compared files with files, has the same text of the project, for the same
 * environment, and each of its changes. So nothing is applied that nobody has seen, also where the store has something else than the base.
 */
export function refuseUnreviewed(reviewed: Plan, live: Plan): void {
  const text = ({ document, environment }: Plan) => hash([document, environment ?? null]);
  if (text(reviewed) !== text(live))
    throw new UserError(
      'plan-unreviewed',
      t`The project is not the one that was reviewed: its text, or the environment, is another.`,
      t`Plan the present commit, and have that plan reviewed.`,
    );
  const seen = new Set(reviewed.changes.map(nameOf));
  const unseen = live.changes.filter((change) => !seen.has(nameOf(change))).map(({ address }) => address);
  if (unseen.length === 0) return;
  throw new UserError(
    'plan-unreviewed',
    t`An apply would also change what the review did not show: ${unseen.join(', ')}.`,
    t`The store has something else than the base of the review. Have a plan of the store reviewed: crm ci plan --live`,
  );
}

function nameOf({ action, address }: Plan['changes'][number]): string {
  return `${action} ${address}`;
}
