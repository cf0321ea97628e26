import type { Expression } from '../../model/expression.ts';
import { t } from '../../words/t.ts';
import { parsePattern } from '../pattern.ts';
import { refuse } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { SyntaxOf } from '../syntax.ts';
import { called } from '../types.ts';

/** `city contains "a"`: both sides are strings; what `matches` compares with is a pattern that is known beforehand. */
export function checkText(syntax: SyntaxOf<'text'>, context: Context, checks: Checks): Expression | undefined {
  const { op } = syntax;
  const operand = checks.value(syntax.operand, context);
  const value = checks.value(syntax.value, context);
  if (!operand || !value) return undefined;
  for (const [side, at] of [
    [operand, syntax.operand],
    [value, syntax.value],
  ] as const) {
    if (side.type === 'string') continue;
    const help =
      at === syntax.value ? t`Text stands in quotes: … ${op} "text".` : t`Compare it with "==" or "between".`;
    return refuse(context, 'CRM2049', at, t`"${op}" is about strings, but this is ${called(side.type)}.`, help);
  }
  if (op === 'matches') {
    if (value.kind !== 'literal') {
      const help = t`To look for the text of another field use "contains".`;
      return refuse(context, 'CRM2011', syntax.value, t`A pattern is written out, in quotes.`, help);
    }
    const read = parsePattern(String(value.value));
    if ('refusal' in read) return refuse(context, 'CRM2011', syntax.value, read.refusal, read.help);
  }
  return { kind: 'text', type: 'boolean', op, operand, value };
}
