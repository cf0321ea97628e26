import type { Expression, ValueType } from '../model/expression.ts';
import { t } from '../words/t.ts';
import { checks } from './operators/registry.ts';
import type { Problem } from './problem.ts';
import { refuse } from './refuse.ts';
import type { Checks, Context, Scope } from './scope.ts';
import type { Syntax } from './syntax.ts';
import { called, isNumeric } from './types.ts';

/** The type that an expression must have: a condition, a number (integer, number or money), a date, an instant, or any. */
export type Expected = 'condition' | 'number' | 'date' | 'instant' | 'any';

/** Resolves names and types. Returns all problems at once, and an `expression` only where there are none. */
export function checkExpression(
  syntax: Syntax,
  scope: Scope,
  expected: Expected,
): { expression?: Expression; problems: Problem[] } {
  const context: Context = { scope, problems: [] };
  const found = expected === 'condition' ? condition(syntax, context) : check(syntax, context);
  const { problems } = context;
  if (found && expected === 'number' && !isNumeric(found.type)) {
    refuse(context, 'CRM2041', syntax, t`This is ${called(found.type)}, a number is expected.`);
  }
  if (found && (expected === 'date' || expected === 'instant') && found.type !== expected) {
    const help = expected === 'date' ? t`Write for example \`today\`.` : t`Write for example \`now\`.`;
    refuse(context, 'CRM2060', syntax, t`This is ${called(found.type)}, ${called(expected)} is expected.`, help);
  }
  return found && problems.length === 0 ? { expression: found, problems } : { problems };
}

const parts: Checks = { value: check, condition };

/** Undefined: it has a problem, which is in `context.problems` or was reported by the parser. */
function check(syntax: Syntax, context: Context): Expression | undefined {
  const checkNode = checks[syntax.kind] as (node: Syntax, context: Context, parts: Checks) => Expression | undefined;
  return checkNode(syntax, context, parts);
}

function condition(syntax: Syntax, context: Context): Expression | undefined {
  const found = check(syntax, context);
  if (!found || found.type === 'boolean') return found;
  const message = t`This is ${called(found.type)}, a condition is expected.`;
  return refuse(context, 'CRM2040', syntax, message, conditionHelp(found));
}

const examples: Record<ValueType, string> = {
  string: '… == "text"',
  integer: '… > 0',
  number: '… > 0',
  money: '… > 0',
  boolean: '… == true',
  date: '… >= 2026-03-01',
  instant: '… < 45 days ago',
  duration: '… > 2 hours',
};

function conditionHelp(found: Expression): string {
  if (found.kind === 'literal' && found.type === 'string')
    return t`To compare with several values write "city in ("a", "b")".`;
  return t`Compare it with something: ${examples[found.type]}; or ask "… is not missing".`;
}
