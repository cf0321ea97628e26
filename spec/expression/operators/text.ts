import type { Expression } from '../../model/expression.ts';
import { later, t } from '../../words/t.ts';
import { parsePattern } from '../pattern.ts';
import { refuse } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { SyntaxOf } from '../syntax.ts';
import { called } from '../types.ts';
import { type Family, levels, meaning } from './family.ts';
import { unless } from './logic.ts';

export const text: Family<'text', 'text'> = {
  checks: {
    text: (syntax, context, checks) => {
      const test = checkText(syntax, context, checks);
      return test && unless(syntax.negated, test);
    },
  },
  infix: ['contains', 'starts with', 'ends with', 'matches'],
  prints: {
    text: {
      level: levels.compare,
      text: ({ op, operand, value }, { at }) => `${at(levels.sum, operand)} ${op} ${at(levels.sum, value)}`,
      negated: ({ op, operand, value }, { at }) => `${at(levels.sum, operand)} not ${op} ${at(levels.sum, value)}`,
    },
  },
  meanings: {
    contains: meaning('a contains b', later`True if the text has this part; case matters.`, 'city contains "град"'),
    'starts with': meaning(
      'a starts with b',
      later`True if the text begins with this part; case matters.`,
      'city starts with "Нижн"',
    ),
    'ends with': meaning(
      'a ends with b',
      later`True if the text ends with this part; case matters.`,
      'email not ends with "@example.com"',
    ),
    matches: meaning(
      'a matches "pattern"',
      later`True if the pattern, a regular expression, is found anywhere in the text.`,
      'email matches "@(mail\\\\.ru|inbox\\\\.ru)$"',
    ),
  },
};

/** Checks `city contains "a"`: both sides are strings; the pattern of `matches` is written out. */
function checkText(syntax: SyntaxOf<'text'>, context: Context, checks: Checks): Expression | undefined {
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
