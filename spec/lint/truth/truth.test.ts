import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompareOp, Expression } from '../../model/expression.ts';
import { isPresent, truthOf } from './truth.ts';

interface Person {
  points?: number;
  weight?: number;
  city?: string;
  keen?: boolean;
}

const attribute = (name: keyof Person): Expression => ({
  kind: 'attribute',
  type: name === 'points' ? 'integer' : name === 'weight' ? 'number' : name === 'city' ? 'string' : 'boolean',
  name,
});
const literal = (value: string | number | boolean): Expression => ({
  kind: 'literal',
  type: typeof value === 'number' ? 'number' : typeof value === 'string' ? 'string' : 'boolean',
  value,
});

const compare = (name: 'points' | 'weight', least: number, most: number, half: boolean): fc.Arbitrary<Expression> =>
  fc
    .record({
      op: fc.constantFrom<CompareOp>('==', '!=', '<', '<=', '>', '>='),
      value: fc.integer({ min: 2 * least, max: 2 * most }).map((twice) => (half ? twice / 2 : Math.floor(twice / 2))),
      turned: fc.boolean(),
    })
    .map(({ op, value, turned }) => {
      const [left, right] = [attribute(name), literal(value)];
      return { kind: 'compare', type: 'boolean', op, left: turned ? right : left, right: turned ? left : right };
    });

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  compare('points', 0, 3, true),
  compare('weight', 0, 2, false),
  fc.record({ op: fc.constantFrom<CompareOp>('==', '!='), value: fc.constantFrom('Omsk', 'Tomsk') }).map(
    ({ op, value }): Expression => ({
      kind: 'compare',
      type: 'boolean',
      op,
      left: attribute('city'),
      right: literal(value),
    }),
  ),
  fc.uniqueArray(fc.constantFrom('Omsk', 'Tomsk', 'Perm'), { minLength: 1 }).map((cities): Expression => {
    return { kind: 'in', type: 'boolean', operand: attribute('city'), values: cities.map(literal) };
  }),
  fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1 }).map((numbers): Expression => {
    return { kind: 'in', type: 'boolean', operand: attribute('points'), values: numbers.map(literal) };
  }),
  fc
    .constantFrom<keyof Person>('points', 'weight', 'city', 'keen')
    .map((name): Expression => ({ kind: 'missing', type: 'boolean', operand: attribute(name) })),
  fc.constant(attribute('keen')),
  fc.boolean().map(literal),
);

const { condition } = fc.letrec<{ condition: Expression }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc
      .record({
        kind: fc.constantFrom('and', 'or'),
        operands: fc.array(tie('condition'), { minLength: 2, maxLength: 4 }),
      })
      .map((one): Expression => ({ type: 'boolean', ...one })),
    tie('condition').map((operand): Expression => ({ kind: 'not', type: 'boolean', operand })),
  ),
}));

/** Returns the value of a condition, in the plainest way. */
function holds(expression: Expression, person: Person): boolean {
  switch (expression.kind) {
    case 'and':
      return expression.operands.every((part) => holds(part, person));
    case 'or':
      return expression.operands.some((part) => holds(part, person));
    case 'not':
      return !holds(expression.operand, person);
    case 'missing':
      return given(expression.operand, person) === undefined;
    case 'in':
      return expression.values.some((value) => given(value, person) === given(expression.operand, person));
    case 'compare': {
      const [left, right] = [given(expression.left, person), given(expression.right, person)];
      if (left === undefined || right === undefined) return false;
      const results = { '==': left === right, '!=': left !== right, '<': left < right, '<=': left <= right };
      return { ...results, '>': left > right, '>=': left >= right }[expression.op];
    }
    default:
      return given(expression, person) === true;
  }
}

function given(expression: Expression, person: Person) {
  if (expression.kind === 'literal') return expression.value;
  return expression.kind === 'attribute' ? person[expression.name as keyof Person] : undefined;
}

/** Everybody who could differ in the eyes of such conditions. */
const people: Person[] = [undefined, -1, 0, 1, 2, 3, 4].flatMap((points) =>
  [undefined, -1, 0, 0.5, 1, 1.5, 2, 3].flatMap((weight) =>
    [undefined, 'Omsk', 'Tomsk', 'Perm', 'Kazan'].flatMap((city) =>
      [undefined, true, false].map((keen) => ({
        ...(points !== undefined && { points }),
        ...(weight !== undefined && { weight }),
        ...(city !== undefined && { city }),
        ...(keen !== undefined && { keen }),
      })),
    ),
  ),
);

describe('the truth of a condition', () => {
  it('is what evaluation for every customer shows', () => {
    const seen = { always: 0, never: 0, sometimes: 0 };
    fc.assert(
      fc.property(condition, (one) => {
        const some = people.some((person) => holds(one, person));
        const all = people.every((person) => holds(one, person));
        const truth = all ? 'always' : some ? 'sometimes' : 'never';
        seen[truth] += 1;
        expect(truthOf(one, new Map()).holds).toBe(truth);
      }),
      { numRuns: 2000 },
    );
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(20);
  });

  it('knows which attributes are present', () => {
    fc.assert(
      fc.property(condition, (one) => {
        const those = people.filter((person) => holds(one, person));
        for (const name of ['points', 'city', 'keen'] as const) {
          const present = those.every((person) => person[name] !== undefined);
          expect(isPresent(name, [one], new Map())).toBe(present);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is cautious where there is too much to try', () => {
    const either = (index: number): Expression => ({
      kind: 'or',
      type: 'boolean',
      operands: [0, 1, 2].map((value) => ({
        kind: 'compare',
        type: 'boolean',
        op: '==',
        left: { kind: 'attribute', type: 'integer', name: `a${index}` },
        right: literal(value),
      })),
    });
    const many = Array.from({ length: 40 }, (_, index) => either(index));
    const never: Expression = { kind: 'and', type: 'boolean', operands: [attribute('keen'), literal(false)] };
    const hard: Expression = {
      kind: 'and',
      type: 'boolean',
      operands: [...many, { kind: 'or', type: 'boolean', operands: [never, never] }],
    };
    expect(truthOf(hard, new Map()).holds).toBe('sometimes');
  });
});
