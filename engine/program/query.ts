import { mapOperands } from '../../spec/expression/operands.ts';
import type { EventMatch } from '../../spec/model/campaign.ts';
import type { EventPattern, Expression, Literal } from '../../spec/model/expression.ts';
import type { Segment } from '../../spec/model/model.ts';
import { canonical } from './hash.ts';
import type { Aggregate, CompiledMatch, Query, Ranking, Scalar, Sequence } from './program.ts';

/** The project's segments, by name. */
export type Segments = ReadonlyMap<string, Segment>;

export function byName(segments: readonly Segment[]): Segments {
  return new Map(segments.map((segment) => [segment.name, segment]));
}

/**
 * Pulls aggregates, sequences, rankings and scores out of an expression, equal ones once, so that each event table is
 * passed over only once. Dynamic segments are written out in place, so that a compiled version never changes its meaning;
 * their references have no cycles, which linking has made sure of. Static ones are asked for by name.
 */
export function compileQuery(expression: Expression, segments: Segments): Query {
  const aggregates = new Distinct<Aggregate>();
  const sequences = new Distinct<Sequence>();
  const rankings = new Distinct<Ranking>();
  const scores: Pick<Query, 'rfm'> = {};

  const event = ({ event, where }: EventPattern<Expression>): EventPattern<Scalar> =>
    where ? { event, where: lower(where) } : { event };

  const lower = (node: Expression): Scalar => {
    switch (node.kind) {
      case 'aggregate': {
        const { where, ...rest } = node;
        const index = aggregates.index(where ? { ...rest, where: lower(where) } : rest);
        return { kind: 'aggregated', type: node.type, index };
      }
      case 'sequence': {
        const index = sequences.index({ ...node, first: event(node.first), second: event(node.second) });
        return { kind: 'sequenced', type: 'boolean', index };
      }
      case 'share': {
        const index = rankings.index({ which: node.which, by: compileQuery(node.by, segments) });
        return { kind: 'ranked', type: 'boolean', index, share: node.share };
      }
      case 'rfm':
        scores.rfm = node.config;
        return { kind: 'scored', type: node.type, part: node.part };
      case 'segment': {
        const segment = segments.get(node.name);
        if (!segment) throw new Error(`segment "${node.name}" is not linked`);
        return 'where' in segment ? lower(segment.where) : listed(segment.name);
      }
      default:
        return node.kind === 'literal' ? plain(node) : mapOperands(node, lower);
    }
  };

  const predicate = lower(expression);
  return {
    predicate,
    aggregates: aggregates.list,
    ...(sequences.list.length > 0 && { sequences: sequences.list }),
    ...(rankings.list.length > 0 && { rankings: rankings.list }),
    ...scores,
  };
}

/** Compiles an event with its condition. */
export function compileMatch({ event, when }: EventMatch, segments: Segments): CompiledMatch {
  return when ? { event, when: compileQuery(when, segments) } : { event };
}

/** Returns the question if a customer is in a static segment. */
export function listed(segment: string): Extract<Scalar, { kind: 'listed' }> {
  return { kind: 'listed', type: 'boolean', segment };
}

/** A part of a query by its index. */
export function at<T>(list: readonly T[] | undefined, index: number): T {
  const found = list?.[index];
  if (found === undefined) throw new Error(`the query has no part ${index}`);
  return found;
}

/** Returns a literal without its currency: `500` and `500 RUB` give one query. */
function plain({ currency: _, ...literal }: Literal): Literal {
  return literal;
}

class Distinct<T> {
  readonly list: T[] = [];
  private readonly seen = new Map<string, number>();

  index(part: T): number {
    const key = canonical(part);
    const index = this.seen.get(key) ?? this.list.push(part) - 1;
    this.seen.set(key, index);
    return index;
  }
}

/** Returns true if a node of a query in what is compiled passes the test. */
export function holdsAnywhere(compiled: object, test: (node: Scalar) => boolean): boolean {
  let found = false;
  JSON.stringify(compiled, (_key, part: unknown) => {
    if (typeof part === 'object' && part !== null && 'kind' in part) found ||= test(part as Scalar);
    return part;
  });
  return found;
}
