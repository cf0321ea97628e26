import type { Expression } from '../../model/expression.ts';
import { t } from '../../words/t.ts';
import type { Span } from '../problem.ts';
import { refuse, unknown } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { SyntaxOf } from '../syntax.ts';
import { besides, comparable } from '../types.ts';
import { compare, incomparable } from './arithmetic.ts';

/** `x not in …` is the `not` of `x in …`. */
export function unless(negated: boolean, operand: Expression): Expression {
  return negated ? { kind: 'not', type: 'boolean', operand } : operand;
}

export function checkCustomer(
  syntax: SyntaxOf<'segment'> | SyntaxOf<'reachable' | 'consent'>,
  context: Context,
): Expression | undefined {
  if (context.aggregated || context.item) {
    const message = t`This is about the customer, not about a single event.`;
    refuse(context, 'CRM2048', syntax, message, t`Put it outside of the parentheses and join it with "and".`);
  }
  const { segments, channels } = context.scope;
  if (syntax.kind === 'segment') {
    const { name } = syntax;
    if (segments.includes(name.text)) return { kind: 'segment', type: 'boolean', name: name.text };
    return unknown(context, 'CRM2023', name, t`There is no segment "${name.text}".`, segments);
  }
  const { kind, channel } = syntax;
  if (channels.includes(channel.text)) return { kind, type: 'boolean', channel: channel.text };
  return unknown(context, 'CRM2024', channel, t`There is no channel "${channel.text}".`, channels);
}

export function checkIn(syntax: SyntaxOf<'in'>, context: Context, checks: Checks): Expression | undefined {
  const operand = checks.value(syntax.operand, context);
  const values = syntax.values.flatMap((each) => {
    const value = checks.value(each, context);
    if (!value || !operand) return [];
    return comparable(operand.type, value.type)
      ? [besides(value, operand.type)]
      : (incomparable(operand, value, each, context) ?? []);
  });
  if (!operand || values.length < syntax.values.length) return undefined;
  return unless(syntax.negated, { kind: 'in', type: 'boolean', operand, values });
}

/** Both ends are inside. */
export function checkBetween(syntax: SyntaxOf<'between'>, context: Context, checks: Checks): Expression | undefined {
  const operand = checks.value(syntax.operand, context);
  const low = checks.value(syntax.low, context);
  const high = checks.value(syntax.high, context);
  if (!operand || !low || !high) return undefined;
  const from = compare('>=', operand, low, spanning(syntax.operand, syntax.low), context);
  const to = from && compare('<=', operand, high, spanning(syntax.low, syntax.high), context);
  return from && to && unless(syntax.negated, { kind: 'and', type: 'boolean', operands: [from, to] });
}

function spanning(first: Span, last: Span): Span {
  return { start: first.start, end: last.end };
}

export function checkLogic(
  { kind, operands }: SyntaxOf<'and' | 'or'>,
  context: Context,
  checks: Checks,
): Expression | undefined {
  const checked = operands.flatMap((each) => checks.condition(each, context) ?? []);
  if (checked.length < operands.length) return undefined;
  // `a and (b and c)` means `a and b and c`, so it is that: two texts of one meaning give one Expression.
  const flat = checked.flatMap((each) => (each.kind === kind ? each.operands : [each]));
  return { kind, type: 'boolean', operands: flat };
}
