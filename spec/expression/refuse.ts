import type { ExpressionCode } from '../diagnostics/codes.ts';
import { lookAlike } from '../words/look-alike.ts';
import { suggest } from '../words/suggest.ts';
import { t } from '../words/t.ts';
import { problem, type Span } from './problem.ts';
import type { Context } from './scope.ts';
import type { Name } from './syntax.ts';

/** Reports a problem; always undefined, so that it can end the check of a node. */
export function refuse(context: Context, code: ExpressionCode, at: Span, message: string, help?: string): undefined {
  context.problems.push(problem(code, at, message, help));
  return undefined;
}

/** Reports a question about the customer inside one about events or items; returns true if there is one. */
export function isInsideEvent(at: Span, context: Context): boolean {
  if (!context.aggregated && !context.item) return false;
  const message = t`This is about the customer, not about a single event.`;
  refuse(context, 'CRM2048', at, message, t`Put it outside of the parentheses and join it with "and".`);
  return true;
}

/** Reports a name that is unknown; always undefined. `otherwise`: help where no candidate is close. */
export function unknown(
  ...[context, code, name, message, candidates, otherwise]: [Context, ExpressionCode, Name, string, string[], string?]
): undefined {
  const twin = lookAlike(name.text);
  if (twin && (/[a-z]/i.test(name.text) || candidates.includes(twin.latin))) {
    const mixed = t`"${name.text}" holds the Cyrillic letter "${twin.letter}", which looks like the Latin "${twin.twin}".`;
    return refuse(context, 'CRM2026', name, mixed, t`Type "${twin.latin}" in Latin letters.`);
  }
  const meant = suggest(name.text, candidates);
  const guess = meant === undefined ? undefined : t`Did you mean "${meant}"?`;
  const list = [...candidates].sort().slice(0, 10).join(', ');
  const known =
    candidates.length > 0 ? t`Known: ${candidates.length > 10 ? `${list}, …` : list}.` : t`None is declared.`;
  const help = guess ?? [known, otherwise].filter(Boolean).join(' ');
  return refuse(context, code, name, message, help);
}
