import type { Expression, ValueType } from '../model/expression.ts';
import { t } from '../words/t.ts';
import { checkCall } from './operators/aggregates.ts';
import { arithmetic, compare, negate } from './operators/arithmetic.ts';
import { calendarFunction, checkCalendar } from './operators/calendar.ts';
import { checkBetween, checkCustomer, checkIn, checkLogic, unless } from './operators/comparison.ts';
import { checkItems } from './operators/items.ts';
import { checkName, checkPath } from './operators/names.ts';
import { checkSequence, refuseFiltered } from './operators/sequences.ts';
import { checkShare } from './operators/shares.ts';
import { checkText } from './operators/text.ts';
import type { Problem } from './problem.ts';
import { refuse } from './refuse.ts';
import type { Checks, Context, Scope } from './scope.ts';
import type { CallSyntax, Syntax, SyntaxOf } from './syntax.ts';
import { called, isNumeric } from './types.ts';

/** The purpose of an expression: a question, an amount (integer, number or money), a day, a moment, or whatever it gives. */
export type Expected = 'condition' | 'number' | 'date' | 'instant' | 'any';

/** Resolves names and types. All problems are found in one go; there is an `expression` only where there are none. */
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

const checks: Checks = { value: check, condition };

/** Undefined: there is a problem with it, which is in `context.problems` or was found by the parser. */
function check(syntax: Syntax, context: Context): Expression | undefined {
  switch (syntax.kind) {
    case 'number':
      return literal(syntax.integer ? 'integer' : 'number', syntax.value);
    case 'money':
      return amount(syntax, context);
    case 'string':
    case 'boolean':
    case 'date':
      return literal(syntax.kind, syntax.value);
    case 'instant':
    case 'duration':
      return literal(syntax.kind, syntax.ms);
    case 'ago':
      return { kind: 'ago', type: 'instant', ms: syntax.ms };
    case 'name':
      return checkName(syntax.name, context);
    case 'path':
      return checkPath(syntax.owner, syntax.name, context);
    case 'call':
      return checkFunction(syntax, context);
    case 'items':
      return checkItems(syntax, context, checks);
    case 'sequence':
      return checkSequence(syntax, context, checks);
    case 'filtered':
      return refuseFiltered(syntax, context);
    case 'share':
      return checkShare(syntax, context, checks);
    case 'text': {
      const test = checkText(syntax, context, checks);
      return test && unless(syntax.negated, test);
    }
    case 'segment':
    case 'reachable':
    case 'consent':
      return checkCustomer(syntax, context);
    case 'negate': {
      const operand = check(syntax.operand, context);
      return operand && negate(operand, syntax, context);
    }
    case 'arithmetic': {
      const [left, right] = both(syntax.left, syntax.right, context);
      return left && right && arithmetic(syntax, left, right, context);
    }
    case 'compare': {
      const [left, right] = both(syntax.left, syntax.right, context);
      return left && right && compare(syntax.op, left, right, syntax, context);
    }
    case 'missing': {
      const operand = check(syntax.operand, context);
      return operand && unless(syntax.negated, { kind: 'missing', type: 'boolean', operand });
    }
    case 'in':
      return checkIn(syntax, context, checks);
    case 'between':
      return checkBetween(syntax, context, checks);
    case 'not': {
      const operand = condition(syntax.operand, context);
      return operand && unless(true, operand);
    }
    case 'and':
    case 'or':
      return checkLogic(syntax, context, checks);
    case 'broken':
      return undefined;
  }
}

function literal(type: ValueType, value: string | number | boolean): Expression {
  return { kind: 'literal', type, value };
}

function amount({ value, currency, ...at }: SyntaxOf<'money'>, context: Context): Expression | undefined {
  const own = context.scope.currency;
  if (own !== undefined && own !== currency) {
    const help = t`All amounts are in ${own}; convert it: … ${own}.`;
    return refuse(context, 'CRM2012', at, t`This is in ${currency}, and the project's currency is ${own}.`, help);
  }
  return { kind: 'literal', type: 'money', value, currency };
}

function checkFunction(call: CallSyntax, context: Context): Expression | undefined {
  const fn = calendarFunction(call.fn.text);
  return fn ? checkCalendar(fn, call, context, checks) : checkCall(call, context, condition);
}

function both(left: Syntax, right: Syntax, context: Context): [Expression | undefined, Expression | undefined] {
  return [check(left, context), check(right, context)];
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
