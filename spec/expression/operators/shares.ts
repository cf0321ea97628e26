import type { Expression } from '../../model/expression.ts';
import { t } from '../../words/t.ts';
import { refuse } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { SyntaxOf } from '../syntax.ts';
import { called, isNumeric } from '../types.ts';

/** `top 10% by sum(order_paid.total)`. */
export function checkShare(syntax: SyntaxOf<'share'>, context: Context, checks: Checks): Expression | undefined {
  if (context.aggregated || context.item) {
    const message = t`This is about the customer, not about a single event.`;
    return refuse(context, 'CRM2048', syntax, message, t`Put it outside of the parentheses and join it with "and".`);
  }
  const { which } = syntax;
  const share = Math.round(syntax.share * 100);
  const fits = share > 0 && share < 10_000 && Math.abs(syntax.share * 100 - share) < 1e-6;
  if (!fits) {
    const message = t`A share is above 0% and below 100%, with at most two decimals; this is ${String(syntax.share)}%.`;
    refuse(context, 'CRM2051', syntax, message);
  }
  const { event: _, ...scope } = context.scope;
  const by = checks.value(syntax.by, { ...context, scope, ranked: true });
  if (!by || !fits) return undefined;
  if (isNumeric(by.type)) return { kind: 'share', type: 'boolean', which, share, by };
  const help = t`Such as: ${which} 10% by sum(order_paid.total in last 365 days).`;
  return refuse(context, 'CRM2041', syntax.by, t`This is ${called(by.type)}, a number is expected.`, help);
}
