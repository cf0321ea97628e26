import fc, { type Arbitrary } from 'fast-check';
import type { EventKind, Field } from '../model/data.ts';
import type { ArithmeticOp, CompareOp, EventPattern, Expression, Items, ValueType } from '../model/expression.ts';
import { fieldsOf, listsOf, subjects } from './fields.fixture.ts';
import { calendarFunctions } from './operators/calendar.ts';
import type { Scope } from './scope.ts';
import { isOrdered } from './types.ts';

/** The parts that random expressions are built from. The scope has events, a list in each, a currency and RFM scores. */
export interface Ground {
  scope: Scope;
  literals: Record<Exclude<ValueType, 'money'>, Arbitrary<string | number | boolean>>;
  /** Amounts of money in the scope's currency. */
  amounts: Arbitrary<number>;
  patterns: Arbitrary<string>;
  /** Durations of windows, above zero. */
  windows: Arbitrary<number>;
}

/** The place of an expression: whose fields it can ask for. */
interface Place {
  trigger?: EventKind;
  aggregated?: EventKind;
  item?: { name: string; fields: Field[] };
}

const day = 86_400_000;
const types: ValueType[] = ['string', 'integer', 'number', 'money', 'boolean', 'date', 'instant', 'duration'];

/** Random checked expressions: `condition` of at most this depth; all of them compile from their printed text. */
export function expressions(ground: Ground): { condition(depth: number): Arbitrary<Expression> } {
  const { event } = ground.scope;
  const generator = new Generator(ground);
  return { condition: (depth) => generator.condition(depth, event ? { trigger: event } : {}) };
}

/** Puts the bare amount to the right of money, but not of a literal: two literals have a currency each. */
function amountBeside([left, right, amount]: [Expression, Expression, Expression]): [Expression, Expression] {
  return [left, left.kind === 'literal' ? right : amount];
}

class Generator {
  private readonly ground: Ground;
  private readonly known = new Map<string, Arbitrary<Expression>>();

  constructor(ground: Ground) {
    this.ground = ground;
  }

  condition(depth: number, place: Place): Arbitrary<Expression> {
    return this.once('condition', depth, place, () => {
      const leaves = [...this.leaves('boolean', place), ...this.customer(place)];
      if (depth <= 0) return fc.oneof(...leaves);
      const part = this.condition(depth - 1, place);
      const logic = fc
        .tuple(fc.constantFrom('and', 'or'), fc.array(part, { minLength: 2, maxLength: 3 }))
        .map(([kind, parts]): Expression => {
          const operands = parts.flatMap((each) => (each.kind === kind ? each.operands : [each]));
          return { kind, type: 'boolean', operands };
        });
      const not = part.map((operand): Expression => ({ kind: 'not', type: 'boolean', operand }));
      const missing = this.any(depth - 1, place).map(
        (operand): Expression => ({ kind: 'missing', type: 'boolean', operand }),
      );
      return fc.oneof(
        ...leaves,
        ...[this.compare(depth, place), this.included(depth, place), this.text(depth, place)].map((arbitrary) => ({
          arbitrary,
          weight: 4,
        })),
        ...[logic, not, missing].map((arbitrary) => ({ arbitrary, weight: 3 })),
        ...[...this.items(depth, place, ['any', 'all']), ...this.questions(depth, place)].map((arbitrary) => ({
          arbitrary,
          weight: 3,
        })),
      );
    });
  }

  private value(type: ValueType, depth: number, place: Place): Arbitrary<Expression> {
    if (type === 'boolean') return this.condition(depth, place);
    return this.once(type, depth, place, () => {
      const leaves = this.leaves(type, place);
      if (depth <= 0) return fc.oneof(...leaves);
      const deeper = [
        ...this.arithmetic(type, depth, place),
        ...this.aggregates(type, depth, place),
        ...(type === 'integer' ? [this.calendar(depth, place), ...this.items(depth, place, ['count'])] : []),
      ];
      return fc.oneof(...leaves, ...deeper.map((arbitrary) => ({ arbitrary, weight: 2 })));
    });
  }

  /** A value that a comparison can be about. */
  private any(depth: number, place: Place): Arbitrary<Expression> {
    return fc.constantFrom(...types).chain((type) => this.value(type, depth, place));
  }

  private leaves(type: ValueType, place: Place): fc.MaybeWeightedArbitrary<Expression>[] {
    const { scope } = this.ground;
    const literal =
      type === 'money'
        ? this.amount()
        : this.ground.literals[type].map((value): Expression => ({ kind: 'literal', type, value }));
    const fields = (of: 'trigger' | 'aggregated' | 'item', list: Field[] | undefined) =>
      fieldsOf(type, list).map((name): Expression => ({ kind: 'field', type, of, name }));
    const names: Expression[] = [
      ...fieldsOf(type, scope.data.customers.attributes).map((name): Expression => ({ kind: 'attribute', type, name })),
      ...fields('trigger', place.trigger?.fields),
      ...fields('aggregated', place.aggregated?.fields),
      ...fields('item', place.item?.fields),
      ...(type === 'date' ? [{ kind: 'today', type } as const] : []),
      ...(this.free(place) ? this.scores(type) : []),
    ];
    const ago = this.ground.windows.map((ms): Expression => ({ kind: 'ago', type: 'instant', ms }));
    return [
      literal,
      ...(names.length > 0 ? [{ arbitrary: fc.constantFrom(...names), weight: 3 }] : []),
      ...(type === 'instant' ? [ago] : []),
    ];
  }

  private amount(): Arbitrary<Expression> {
    const { currency = '' } = this.ground.scope;
    return this.ground.amounts.map((value): Expression => ({ kind: 'literal', type: 'money', value, currency }));
  }

  private scores(type: ValueType): Expression[] {
    const { rfm: config } = this.ground.scope;
    if (!config) return [];
    if (type === 'string') return [{ kind: 'rfm', type, part: 'code', config }];
    if (type !== 'integer') return [];
    return (['recency', 'frequency', 'monetary'] as const).map((part) => ({ kind: 'rfm', type, part, config }));
  }

  /** Expressions that can contain questions about the customer. */
  private free(place: Place): boolean {
    return !place.aggregated && !place.item;
  }

  private customer(place: Place): Arbitrary<Expression>[] {
    if (!this.free(place)) return [];
    const { segments, channels } = this.ground.scope;
    return [
      fc.constantFrom(...segments).map((name): Expression => ({ kind: 'segment', type: 'boolean', name })),
      fc
        .tuple(fc.constantFrom('reachable', 'consent'), fc.constantFrom(...channels))
        .map(([kind, channel]): Expression => ({ kind, type: 'boolean', channel })),
    ];
  }

  private compare(depth: number, place: Place): Arbitrary<Expression> {
    const sides = fc.constantFrom(...types).chain((type) => {
      const left = this.value(type, depth - 1, place);
      const right = this.value(type, depth - 1, place);
      if (type === 'money')
        return fc.oneof(fc.tuple(left, right), fc.tuple(left, right, this.bare()).map(amountBeside));
      if (type === 'number') return fc.tuple(left, fc.oneof(right, this.value('integer', depth - 1, place)));
      return fc.tuple(left, right);
    });
    return sides.chain(([left, right]) => {
      const ops: CompareOp[] = isOrdered(left.type) ? ['==', '!=', '<', '<=', '>', '>='] : ['==', '!='];
      return fc.constantFrom(...ops).map((op): Expression => ({ kind: 'compare', type: 'boolean', op, left, right }));
    });
  }

  /** Beside money, a plain number is an amount too. */
  private bare(): Arbitrary<Expression> {
    return this.ground.amounts.map((value): Expression => ({ kind: 'literal', type: 'money', value }));
  }

  private included(depth: number, place: Place): Arbitrary<Expression> {
    return fc
      .constantFrom(...types)
      .chain((type) => fc.array(this.value(type, depth - 1, place), { minLength: 2, maxLength: 4 }))
      .map(([operand, ...values]): Expression => {
        if (!operand) throw new Error('there are two at least');
        return { kind: 'in', type: 'boolean', operand, values };
      });
  }

  private text(depth: number, place: Place): Arbitrary<Expression> {
    const string = this.value('string', depth - 1, place);
    const pattern = this.ground.patterns.map((value): Expression => ({ kind: 'literal', type: 'string', value }));
    return fc.oneof(
      fc
        .tuple(fc.constantFrom('contains', 'starts with', 'ends with'), string, string)
        .map(([op, operand, value]): Expression => ({ kind: 'text', type: 'boolean', op, operand, value })),
      fc
        .tuple(string, pattern)
        .map(([operand, value]): Expression => ({ kind: 'text', type: 'boolean', op: 'matches', operand, value })),
    );
  }

  private calendar(depth: number, place: Place): Arbitrary<Expression> {
    return fc
      .tuple(fc.constantFrom(...calendarFunctions), this.value('date', depth - 1, place))
      .map(([fn, operand]): Expression => ({ kind: 'calendar', type: 'integer', fn, operand }));
  }

  private arithmetic(type: ValueType, depth: number, place: Place): Arbitrary<Expression>[] {
    const of = (one: ValueType) => this.value(one, depth - 1, place);
    const node = (ops: ArithmeticOp[], left: Arbitrary<Expression>, right: Arbitrary<Expression>) =>
      fc
        .tuple(fc.constantFrom(...ops), left, right)
        .map(([op, left, right]): Expression => ({ kind: 'arithmetic', type, op, left, right }));
    switch (type) {
      case 'integer':
        return [node(['+', '-', '*'], of('integer'), of('integer'))];
      case 'number':
        return [
          node(['/'], of('integer'), of('integer')),
          node(['+', '-', '*', '/'], of('number'), of('integer')),
          node(['/'], of('money'), of('money')),
        ];
      case 'money':
        return [
          node(['+', '-'], of('money'), of('money')),
          fc
            .tuple(
              fc.constantFrom<ArithmeticOp>('+', '-'),
              fc.tuple(of('money'), of('money'), this.bare()).map(amountBeside),
            )
            .map(([op, [left, right]]): Expression => ({ kind: 'arithmetic', type, op, left, right })),
          node(['*', '/'], of('money'), fc.oneof(of('integer'), of('number'))),
          node(['*'], of('number'), of('money')),
        ];
      case 'duration':
        return [
          node(['-'], of('instant'), of('instant')),
          node(['-'], of('date'), of('date')),
          node(['+', '-'], of('duration'), of('duration')),
        ];
      case 'instant':
        return [node(['+', '-'], of('instant'), of('duration'))];
      case 'date': {
        const days = fc
          .integer({ min: -400, max: 400 })
          .map((count): Expression => ({ kind: 'literal', type: 'duration', value: count * day }));
        return [node(['+', '-'], of('date'), days)];
      }
      default:
        return [];
    }
  }

  private aggregates(type: ValueType, depth: number, place: Place): Arbitrary<Expression>[] {
    if (!this.free(place)) return [];
    const events = this.ground.scope.data.events.filter((event) => subjects(type, event).length > 0);
    return events.map((event) => {
      const options = fc.record(
        { where: this.condition(depth - 1, inside(place, event)), within: this.ground.windows },
        { requiredKeys: [] },
      );
      return fc.tuple(fc.constantFrom(...subjects(type, event)), options).map(
        ([subject, more]): Expression => ({
          ...{ kind: 'aggregate', type, event: event.name },
          ...subject,
          ...more,
        }),
      );
    });
  }

  private items(depth: number, place: Place, fns: Items<Expression>['fn'][]): Arbitrary<Expression>[] {
    if (place.item) return [];
    const lists = [
      ...listsOf(this.ground.scope.data.customers.attributes, 'customer'),
      ...listsOf(place.trigger?.fields, 'trigger'),
      ...listsOf(place.aggregated?.fields, 'aggregated'),
    ];
    return lists.map(({ of, list, fields }) => {
      const where = this.condition(depth - 1, { ...place, item: { name: 'item', fields } });
      return fc.tuple(fc.constantFrom(...fns), where, fc.nat({ max: 4 })).map(([fn, where, bare]): Expression => {
        const type = fn === 'count' ? 'integer' : 'boolean';
        const node: Expression = { kind: 'items', type, fn, of, list, item: 'item' };
        return bare === 0 && fn !== 'all' ? node : { ...node, where };
      });
    });
  }

  /** Sequences, shares and scores. */
  private questions(depth: number, place: Place): Arbitrary<Expression>[] {
    if (!this.free(place)) return [];
    const pattern = fc
      .constantFrom(...this.ground.scope.data.events)
      .chain(
        (event): Arbitrary<EventPattern<Expression>> =>
          fc.record(
            { event: fc.constant(event.name), where: this.condition(depth - 2, inside(place, event)) },
            { requiredKeys: ['event'] },
          ),
      );
    const sequence = fc.record(
      {
        ...{
          kind: fc.constant('sequence' as const),
          type: fc.constant('boolean' as const),
          first: pattern,
          second: pattern,
        },
        ...{ negated: fc.boolean(), within: this.ground.windows, since: this.ground.windows },
      },
      { requiredKeys: ['kind', 'type', 'first', 'second', 'negated', 'within'] },
    );
    const by = fc
      .constantFrom<ValueType[]>('integer', 'number', 'money')
      .chain((type) => this.value(type, depth - 1, {}));
    const share = fc
      .tuple(
        fc.constantFrom('top', 'bottom'),
        fc.oneof(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom(1_000, 2_500, 5_000)),
        by,
      )
      .map(([which, share, by]): Expression => ({ kind: 'share', type: 'boolean', which, share, by }));
    return [sequence, share, ...this.scored()];
  }

  /** Compared with scores that there are. */
  private scored(): Arbitrary<Expression>[] {
    const digit = fc.integer({ min: 1, max: 5 });
    const literal = (type: ValueType, value: Arbitrary<string | number>) =>
      value.map((value): Expression => ({ kind: 'literal', type, value }));
    const code = fc.tuple(digit, digit, digit).map((digits) => digits.join(''));
    const scores = this.scores('integer').map((left) =>
      fc
        .tuple(fc.constantFrom<CompareOp[]>('==', '<', '>='), literal('integer', digit))
        .map(([op, right]): Expression => ({ kind: 'compare', type: 'boolean', op, left, right })),
    );
    const codes = this.scores('string').map((operand) =>
      fc
        .array(literal('string', code), { minLength: 1, maxLength: 12 })
        .map((values): Expression => ({ kind: 'in', type: 'boolean', operand, values })),
    );
    return [...scores, ...codes];
  }

  private once(what: string, depth: number, place: Place, make: () => Arbitrary<Expression>): Arbitrary<Expression> {
    const key = [
      what,
      depth,
      place.trigger?.name,
      place.aggregated?.name,
      place.item?.fields.map((each) => each.name),
    ].join('/');
    const found = this.known.get(key) ?? make();
    this.known.set(key, found);
    return found;
  }
}

function inside(place: Place, aggregated: EventKind): Place {
  return place.trigger ? { trigger: place.trigger, aggregated } : { aggregated };
}
