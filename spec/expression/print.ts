import type {
  AggregateExpression,
  EventPattern,
  Expression,
  Items,
  Literal,
  SequenceExpression,
} from '../model/expression.ts';
import { printDuration } from '../words/durations.ts';

/** The strength with which an expression holds together; a looser one inside a tighter one needs parentheses. */
const levels = { items: 0, or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, value: 7 };

/** Words that cannot be an attribute's bare name. */
const reserved = /^(or|and|not|is|in|between|true|false|now|null|today|rfm|AND|OR|NOT|NULL)$/;

/** Canonical text; compiling it gives an equal Expression. */
export function printExpression(expression: Expression): string {
  return print(expression, {});
}

/** The owners of the fields: the kind of event in whose `where` this stands, and the name of a list's item. */
interface Owners {
  aggregated?: string;
  item?: string;
}

function print(node: Expression, owners: Owners): string {
  const at = (level: number, inner: Expression) => {
    const text = print(inner, owners);
    return levelOf(inner) < level ? `(${text})` : text;
  };
  switch (node.kind) {
    case 'literal':
      return printLiteral(node);
    case 'attribute':
      return reserved.test(node.name) || node.name === owners.item ? `customer.${node.name}` : node.name;
    case 'field':
      return `${node.of === 'trigger' ? 'event' : owners[node.of]}.${node.name}`;
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
    case 'text':
      return `${at(levels.sum, node.operand)} ${node.op} ${at(levels.sum, node.value)}`;
    case 'calendar':
      return `${node.fn}(${print(node.operand, owners)})`;
    case 'today':
      return 'today';
    case 'items':
      return printItems(node, owners);
    case 'sequence':
      return printSequence(node);
    case 'share':
      return `${node.which} ${node.share / 100}% by ${at(levels.sum, node.by)}`;
    case 'rfm':
      return node.part === 'code' ? 'rfm' : `rfm.${node.part}`;
    case 'missing':
      return `${at(levels.sum, node.operand)} is missing`;
    case 'in':
      return `${at(levels.sum, node.operand)} in ${list(node.values, at)}`;
    case 'aggregate':
      return printAggregate(node);
    case 'segment':
      return `in segment ${node.name}`;
    case 'reachable':
    case 'consent':
      return `${node.kind}(${node.channel})`;
  }
}

type At = (level: number, inner: Expression) => string;

function printNot(operand: Expression, at: At): string {
  if (operand.kind === 'missing') return `${at(levels.sum, operand.operand)} is not missing`;
  if (operand.kind === 'text')
    return `${at(levels.sum, operand.operand)} not ${operand.op} ${at(levels.sum, operand.value)}`;
  if (operand.kind === 'in') return `${at(levels.sum, operand.operand)} not in ${list(operand.values, at)}`;
  return `not ${at(levels.not, operand)}`;
}

function list(values: Expression[], at: At): string {
  return `(${values.map((value) => at(levels.sum, value)).join(', ')})`;
}

function printAggregate({ fn, event, field, where, within }: AggregateExpression): string {
  const subject = field === undefined ? event : `${event}.${field}`;
  const condition = where ? ` where ${print(where, { aggregated: event })}` : '';
  const window = within === undefined ? '' : ` in last ${printDuration(within)}`;
  return `${fn}(${subject}${condition}${window})`;
}

function printItems({ fn, of, list, item, where }: Items<Expression>, owners: Owners): string {
  const owner = of === 'trigger' ? 'event' : of === 'customer' ? 'customer' : owners.aggregated;
  const condition = where ? ` where ${print(where, { ...owners, item })}` : '';
  const text = `${item} in ${owner}.${list}${condition}`;
  return fn === 'count' ? `count(${text})` : `${fn} ${text}`;
}

function printSequence({ first, second, negated, within, since }: SequenceExpression): string {
  const window = since === undefined ? '' : ` in last ${printDuration(since)}`;
  const next = `${negated ? 'not ' : ''}${printEvent(second)}`;
  return `${printEvent(first)} then ${next} within ${printDuration(within)}${window}`;
}

function printEvent({ event, where }: EventPattern<Expression>): string {
  return where ? `(${event} where ${print(where, { aggregated: event })})` : event;
}

function printLiteral({ type, value, currency }: Literal): string {
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
      return currency ? `${decimal(Number(value))} ${currency}` : String(value);
  }
}

/** Without an exponent, which amounts cannot have. */
function decimal(value: number): string {
  return value.toFixed(4).replace(/\.?0+$/, '');
}

function levelOf(node: Expression): number {
  switch (node.kind) {
    case 'or':
    case 'and':
      return levels[node.kind];
    case 'not':
      return ['missing', 'in', 'text'].includes(node.operand.kind) ? levels.compare : levels.not;
    case 'compare':
    case 'missing':
    case 'in':
    case 'segment':
    case 'text':
    case 'sequence':
    case 'share':
      return levels.compare;
    case 'items':
      return node.fn === 'count' ? levels.value : levels.items;
    case 'arithmetic':
      return node.op === '+' || node.op === '-' ? levels.sum : levels.product;
    default:
      return levels.value;
  }
}
