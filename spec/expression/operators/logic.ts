import type { Expression, Logic } from '../../model/expression.ts';
import { later } from '../../words/t.ts';
import type { Checks, Context } from '../scope.ts';
import type { SyntaxOf } from '../syntax.ts';
import { type Family, levels, meaning, type Printer } from './family.ts';

export const logic: Family<'not' | 'and' | 'or', 'not' | 'and' | 'or'> = {
  checks: {
    not: (syntax, context, checks) => {
      const operand = checks.condition(syntax.operand, context);
      return operand && unless(true, operand);
    },
    and: checkLogic,
    or: checkLogic,
  },
  infix: ['and', 'or'],
  prints: {
    not: {
      level: ({ operand }, { negation }) => (negation(operand) ? levels.compare : levels.not),
      text: ({ operand }, { at, negation }) => negation(operand)?.() ?? `not ${at(levels.not, operand)}`,
    },
    and: { level: ({ kind }) => levels[kind], text: printLogic },
    or: { level: ({ kind }) => levels[kind], text: printLogic },
  },
  meanings: {
    and: meaning('a and b', later`True where both are.`, 'subscriber and not city == "Омск"'),
    or: meaning('a or b', later`True where one of the two is, or both.`, 'subscriber or points > 5'),
    not: meaning(
      'not a',
      later`True where the condition is false, so also where it is false because something is missing.`,
      'subscriber and not city == "Омск"',
    ),
  },
};

/** Returns the operand, or its `not`: `x not in …` is the `not` of `x in …`. */
export function unless(negated: boolean, operand: Expression): Expression {
  return negated ? { kind: 'not', type: 'boolean', operand } : operand;
}

function checkLogic(
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

function printLogic({ kind, operands }: Logic<Expression>, { at }: Printer): string {
  return operands.map((each) => at(levels[kind], each)).join(` ${kind} `);
}
