import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';

/** Throws UserError for a budget of characters of anything else than Markdown. */
export function refuseBudget({ budget, format }: { budget?: number; format?: string }): void {
  if (budget === undefined || format === 'markdown') return;
  throw new UserError(
    'wrong-call',
    t`--budget is of no use here: it limits --format markdown.`,
    t`Leave it out, or add --format markdown.`,
  );
}
