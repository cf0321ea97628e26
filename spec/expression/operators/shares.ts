import type { Expression } from '../../model/expression.ts';
import { later, t } from '../../words/t.ts';
import { isInsideEvent, refuse } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { SyntaxOf } from '../syntax.ts';
import { called, isNumeric } from '../types.ts';
import { type Family, levels, meaning } from './family.ts';

export const shares: Family<'share', 'share'> = {
  checks: { share: checkShare },
  prints: {
    share: {
      level: levels.compare,
      text: ({ which, share, by }, { at }) => `${which} ${share / 100}% by ${at(levels.sum, by)}`,
    },
  },
  meanings: {
    top: meaning(
      'top N% by value',
      later`True if fewer than N % of all customers have a greater value.`,
      'top 10% by sum(order_paid.total in last 365 days)',
    ),
    bottom: meaning(
      'bottom N% by value',
      later`True if fewer than N % of all customers have a smaller value.`,
      'bottom 5.5% by points',
    ),
  },
};

/** Checks `top 10% by sum(order_paid.total)`. */
function checkShare(syntax: SyntaxOf<'share'>, context: Context, checks: Checks): Expression | undefined {
  if (isInsideEvent(syntax, context)) return undefined;
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
