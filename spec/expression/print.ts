import { printDuration } from './durations.ts';
import type { AggregateExpression, Expression } from './expression.ts';

/** How tightly an expression holds together; a looser one inside a tighter one needs parentheses. */
const levels = { or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, value: 7 };

/** Words that cannot be an attribute's bare name. */
const reserved = /^(or|and|not|is|in|between|true|false|now|null|AND|OR|NOT|NULL)$/;

/** Canonical text; compiling it gives an equal Expression. */
export function printExpression(expression: Expression): string {
  return print(expression, undefined);
}

/** `event`: the kind of event in whose aggregate this stands. */
function print(node: Expression, event: string | undefined): string {
  const at = (level: number, inner: Expression) => {
    const text = print(inner, event);
    return levelOf(inner) < level ? `(${text})` : text;
  };
  switch (node.kind) {
    case 'literal':
      return printLiteral(node);
    case 'attribute':
      return reserved.test(node.name) ? `customer.${node.name}` : node.name;
    case 'field':
      return `${node.of === 'trigger' ? 'event' : event}.${node.name}`;
    case 'ago':
      return node.ms === 0 ? 'now' : `${printDuration(node.ms)} ago`;
    case 'arithmetic': {
      const level = levelOf(node);
      return `${at(level, node.left)} ${node.op} ${at(level + 1, node.right)}`;
    }
    case 'compare':
      return `${at(levels.sum, node.left)} ${node.op} ${at(levels.sum, node.right)}`;
    case 'and':
    case 'or':
      return node.operands.map((each) => at(levels[node.kind], each)).join(` ${node.kind} `);
    case 'not':
      return printNot(node.operand, at);
    case 'missing':
      return `${at(levels.sum, node.operand)} is missing`;
    case 'in':
      return `${at(levels.sum, node.operand)} in ${list(node.values, at)}`;
    case 'aggregate':
      return printAggregate(node);
    case 'segment':
      return `in segment ${node.name}`;
    case 'reachable':
      return `reachable(${node.channel})`;
  }
}

type At = (level: number, inner: Expression) => string;

function printNot(operand: Expression, at: At): string {
  if (operand.kind === 'missing') return `${at(levels.sum, operand.operand)} is not missing`;
  if (operand.kind === 'in') return `${at(levels.sum, operand.operand)} not in ${list(operand.values, at)}`;
  return `not ${at(levels.not, operand)}`;
}

function list(values: Expression[], at: At): string {
  return `(${values.map((value) => at(levels.sum, value)).join(', ')})`;
}

function printAggregate({ fn, event, field, where, within }: AggregateExpression): string {
  const subject = field === undefined ? event : `${event}.${field}`;
  const condition = where ? ` where ${print(where, event)}` : '';
  const window = within === undefined ? '' : ` in last ${printDuration(within)}`;
  return `${fn}(${subject}${condition}${window})`;
}

function printLiteral({ type, value }: Extract<Expression, { kind: 'literal' }>): string {
  switch (type) {
    case 'string':
      return JSON.stringify(value);
    case 'instant':
      return new Date(Number(value)).toISOString();
    case 'duration':
      return printDuration(Number(value));
    case 'number':
      // The fraction tells a number from an integer.
      return /[.e]/.test(String(value)) ? String(value) : `${value}.0`;
    default:
      return String(value);
  }
}

function levelOf(node: Expression): number {
  switch (node.kind) {
    case 'or':
    case 'and':
      return levels[node.kind];
    case 'not':
      return node.operand.kind === 'missing' || node.operand.kind === 'in' ? levels.compare : levels.not;
    case 'compare':
    case 'missing':
    case 'in':
    case 'segment':
      return levels.compare;
    case 'arithmetic':
      return node.op === '+' || node.op === '-' ? levels.sum : levels.product;
    default:
      return levels.value;
  }
}
