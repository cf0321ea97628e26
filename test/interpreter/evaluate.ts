import type {
  Arithmetic,
  CompareOp,
  EventPattern,
  Expression,
  Items,
  SequenceExpression,
  ShareExpression,
  TextTest,
} from '../../spec/model/expression.ts';
import { aggregate } from './aggregates.ts';
import { calendar, dateOf, day, dayNumber, today } from './dates.ts';
import { arithmetic } from './numbers.ts';
import { below, compared, rfm } from './scores.ts';
import { itemsOf, type Occurrence, type Place, read, type Value } from './world.ts';

/** Returns true if a condition holds: a missing value is as good as false. */
export function holds(node: Expression, place: Place): boolean {
  return evaluate(node, place) === true;
}

/** Evaluates an expression from its tree, one customer at a time; the compiled SQL is held against it. */
export function evaluate(node: Expression, place: Place): Value {
  const value = (part: Expression) => evaluate(part, place);
  const { ground, customer } = place;
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'attribute':
      return read(customer.fields, node.name);
    case 'field':
      if (node.of === 'item') return place.item?.[node.name];
      return read(place[node.of]?.fields, node.name);
    case 'ago':
      return ground.now - node.ms;
    case 'today':
      return today(place);
    case 'arithmetic':
      return calculate(node, value(node.left), value(node.right));
    case 'compare':
      return compare(node.op, value(node.left), value(node.right));
    case 'and':
      return node.operands.every((operand) => holds(operand, place));
    case 'or':
      return node.operands.some((operand) => holds(operand, place));
    case 'not':
      return !holds(node.operand, place);
    case 'missing':
      return value(node.operand) === undefined;
    case 'in':
      return node.values.some((each) => compare('==', value(node.operand), value(each)));
    case 'text':
      return text(node.op, value(node.operand), value(node.value));
    case 'calendar': {
      const date = value(node.operand);
      return date === undefined ? undefined : calendar(node.fn, String(date), today(place));
    }
    case 'items':
      return items(node, place);
    case 'aggregate': {
      const since = node.within === undefined ? undefined : ground.now - node.within;
      return aggregate(node, matching(node, since, place));
    }
    case 'sequence':
      return follows(node, place);
    case 'share':
      return ranked(node, place);
    case 'rfm':
      return rfm(node, place);
    case 'segment': {
      const segment = ground.model.segments.find(({ name }) => name === node.name);
      if (!segment) return false;
      return 'where' in segment ? holds(segment.where, { ground, customer }) : customer.lists.includes(segment.name);
    }
    case 'consent':
      return customer.consents.includes(node.channel);
    case 'reachable': {
      const channel = ground.model.channels.find(({ name }) => name === node.channel);
      const address = channel?.address && read(customer.fields, channel.address);
      const suppressed = customer.suppressions.some((each) => each === '*' || each === node.channel);
      return address !== undefined && customer.consents.includes(node.channel) && !suppressed;
    }
    default:
      return node satisfies never;
  }
}

function compare(op: CompareOp, left: Value, right: Value): boolean {
  if (left === undefined || right === undefined) return false;
  switch (op) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

function calculate({ op, type, left }: Arithmetic<Expression>, one: Value, other: Value): Value {
  if (one === undefined || other === undefined) return undefined;
  if (left.type !== 'date') return arithmetic(op, Number(one), Number(other), type);
  const days = dayNumber(String(one));
  if (type === 'duration') return (days - dayNumber(String(other))) * day;
  const by = Number(other) / day;
  return dateOf(op === '+' ? days + by : days - by);
}

function text(op: TextTest<Expression>['op'], one: Value, other: Value): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  switch (op) {
    case 'contains':
      return one.includes(other);
    case 'starts with':
      return one.startsWith(other);
    case 'ends with':
      return one.endsWith(other);
    case 'matches':
      return new RegExp(other, 'u').test(one);
  }
}

function items({ fn, of, list, where }: Items<Expression>, place: Place): Value {
  const owner = of === 'customer' ? place.customer : place[of];
  const all = itemsOf(owner?.fields, list);
  const count = all.filter((item) => !where || holds(where, { ...place, item })).length;
  if (fn === 'count') return count;
  return fn === 'any' ? count > 0 : count === all.length;
}

/** The customer's events of a kind, later than `since`, that meet the condition. */
function matching({ event, where }: EventPattern<Expression>, since: number | undefined, place: Place): Occurrence[] {
  return (place.ground.events[event] ?? []).filter(
    (each) =>
      each.customer === place.customer.customer &&
      (since === undefined || each.at > since) &&
      (!where || holds(where, { ...place, aggregated: each })),
  );
}

function follows({ first, second, negated, within, since }: SequenceExpression, place: Place): boolean {
  const { now } = place.ground;
  const seconds = matching(second, undefined, place);
  return matching(first, since === undefined ? undefined : now - since, place).some(({ at }) => {
    const followed = seconds.some((other) => other.at > at && other.at <= at + within);
    return negated ? !followed && at + within <= now : followed;
  });
}

function ranked(node: ShareExpression, place: Place): boolean {
  const { which, share, by } = node;
  const then = compared(node, place);
  if (!then) return false;
  const { ground, customer } = then;
  const mine = evaluate(by, { ground, customer });
  if (mine === undefined) return false;
  const all = ground.customers
    .map((each) => evaluate(by, { ground, customer: each }))
    .filter((value) => value !== undefined)
    .map(Number);
  const better = which === 'bottom' ? below(Number(mine), all) : all.filter((other) => other > Number(mine)).length;
  return better * 10_000 < share * all.length;
}
