import { printExpression } from '../../expression/print.ts';
import type { CompareOp, Expression } from '../../model/expression.ts';
import { type Atom, atom, constant, type Domain, type Formula } from './formula.ts';
import { between, complement, half, intersection, type Values, words } from './values.ts';

/** The conditions of segments by name; of what is not there nothing is known. */
export type Definitions = ReadonlyMap<string, Expression>;

const day = 86_400_000;
/** Segments inside of segments that are looked into. */
const deepest = 8;

/** Returns the question of an expression, or with `negated` its opposite, as a formula. */
export function formulaOf(expression: Expression, definitions: Definitions, negated = false, depth = 0): Formula {
  const inner = (part: Expression, turned = negated) => formulaOf(part, definitions, turned, depth);
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const and = (expression.kind === 'and') !== negated;
      return { kind: and ? 'and' : 'or', parts: expression.operands.map((part) => inner(part)) };
    }
    case 'not':
      return inner(expression.operand, !negated);
    case 'literal':
      return constant((expression.value === true) !== negated);
    case 'segment': {
      const where = definitions.get(expression.name);
      return where && depth < deepest
        ? formulaOf(where, definitions, negated, depth + 1)
        : turn(opaqueAtom(expression), negated);
    }
    default:
      return turn(atomOf(expression), negated);
  }
}

/** The opposite: what a missing value makes false, it makes true. */
function turn(of: Atom, negated: boolean): Formula {
  return atom(negated ? { ...of, missing: !of.missing, values: complement(of.values) } : of);
}

function atomOf(expression: Expression): Atom {
  switch (expression.kind) {
    case 'missing':
      return about(expression.operand, 'value', true, words(true, []));
    case 'in': {
      const places = expression.values.map(placeOf);
      const at = places.map((place) => (place ? equal('==', place, expression.operand) : undefined));
      const sets = at.filter((values) => values !== undefined);
      if (sets.length === 0 || sets.length < at.length || new Set(places.map((place) => place?.axis)).size !== 1)
        return opaqueAtom(expression);
      const none = sets.map(complement).reduce(intersection);
      return about(expression.operand, places[0]?.axis ?? 'value', false, complement(none));
    }
    case 'compare':
      return compared(expression.op, expression.left, expression.right) ?? opaqueAtom(expression);
    case 'attribute':
    case 'field':
      return about(expression, 'value', false, words(true, ['true']));
    default:
      return opaqueAtom(expression);
  }
}

const flipped: Record<CompareOp, CompareOp> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function compared(op: CompareOp, left: Expression, right: Expression): Atom | undefined {
  const place = placeOf(right);
  if (place && !placeOf(left)) return about(left, place.axis, false, equal(op, place, left));
  const other = placeOf(left);
  return other && !place ? about(right, other.axis, false, equal(flipped[op], other, right)) : undefined;
}

interface At {
  axis: string;
  value: number | string;
}

/** Returns the place of a value that does not depend on the customer, and its origin. */
function placeOf(expression: Expression): At | undefined {
  switch (expression.kind) {
    case 'literal': {
      const { type, value } = expression;
      if (type === 'date') return { axis: 'value', value: Date.parse(String(value)) / day };
      return { axis: 'value', value: typeof value === 'boolean' ? String(value) : value };
    }
    case 'ago':
      return { axis: 'now', value: -expression.ms };
    case 'today':
      return { axis: 'today', value: 0 };
    case 'arithmetic': {
      const [from, by] = [placeOf(expression.left), placeOf(expression.right)];
      const sign = expression.op === '+' ? 1 : expression.op === '-' ? -1 : undefined;
      if (sign === undefined || typeof from?.value !== 'number' || typeof by?.value !== 'number') return undefined;
      if (expression.type === 'date') return { axis: from.axis, value: from.value + (sign * by.value) / day };
      return from.axis === by.axis || expression.type === 'instant'
        ? { axis: from.axis, value: from.value + sign * by.value }
        : undefined;
    }
    default:
      return undefined;
  }
}

function equal(op: CompareOp, { value }: At, operand: Expression): Values {
  if (typeof value === 'string') return words(op === '==', [value]);
  const whole = isWhole(operand);
  if (op === '==' || op === '!=') {
    const one = between(value, value, whole);
    return op === '==' ? one : complement(one);
  }
  return half(op, value, whole);
}

function isWhole({ type }: Expression): boolean {
  return type === 'integer' || type === 'date';
}

function about(operand: Expression, axis: string, missing: boolean, values: Values): Atom {
  return { about: printExpression(operand), axis, missing, values, domain: domainOf(operand) };
}

/** A condition of which nothing is known but that it holds or does not. */
function opaqueAtom(expression: Expression): Atom {
  const values = words(true, ['true']);
  const domain = { missing: false, values: words(true, ['true', 'false']) };
  return { about: printExpression(expression), axis: 'value', missing: false, values, domain };
}

const spans: Record<string, [number, number]> = {
  month: [1, 12],
  day: [1, 31],
  weekday: [1, 7],
  age: [0, Number.POSITIVE_INFINITY],
  days_until_anniversary: [0, 366],
};

function domainOf(operand: Expression): Domain {
  if (operand.type === 'boolean') return { missing: true, values: words(true, ['true', 'false']) };
  if (operand.kind === 'aggregate' && (operand.fn === 'count' || operand.fn === 'distinct')) {
    return { missing: false, values: half('>=', 0, true) };
  }
  if (operand.kind === 'items') return { missing: false, values: half('>=', 0, true) };
  if (operand.kind === 'rfm' && operand.part !== 'code') return { missing: true, values: between(1, 5, true) };
  const span = operand.kind === 'calendar' ? spans[operand.fn] : undefined;
  return { missing: true, ...(span && { values: between(...span, true) }) };
}
