import sql, { type Sql } from 'sql-template-tag';
import type { OfKind } from '../../../spec/expression/operators/family.ts';
import type { Program, Query, Scalar } from '../../program/program.ts';
import { type Dialect, ident } from '../dialect.ts';
import type { Moments } from '../moments.ts';

/** The context of a question; the statement must have the customer's row as `c`, a trigger's event as `t`. */
export interface QueryContext {
  dialect: Dialect;
  program: Program;
  /** The instants for which it is asked; where each customer has his own, the statement joins that of `c` as `o`. */
  moments: Moments;
  /** Narrows the passes over events to the customers of this relation (a column `customer`). */
  among?: Sql;
  /** The names of the scales whose scores in force are read; others are scored as of now by the statement that asks. */
  scored?: ReadonlySet<string>;
}

/** Writes the nodes of one query as SQL; the relations that they refer to are joined by `joins`. */
export interface Writer {
  readonly query: Query;
  readonly context: QueryContext;
  /** `loose`: the caller takes null for false, so that a comparison needs no guard and the planner can use it. */
  condition(node: Scalar, loose: boolean): Sql;
  scalar(node: Scalar): Sql;
}

type Condition<N> = (node: N, writer: Writer, loose: boolean) => Sql;
type Value<N> = (node: N, writer: Writer) => Sql;

/** The SQL of one kind of node: as a condition, as a value, or as each of both. */
export type NodeSql<N> =
  | { condition: Condition<N>; scalar?: undefined }
  | { condition?: undefined; scalar: Value<N> }
  | { condition: Condition<N>; scalar: Value<N> };

export type Nodes<K extends Scalar['kind']> = { readonly [P in K]: NodeSql<OfKind<Scalar, P>> };

/** Makes null false, unless the caller does. */
export function guard(condition: Sql, loose: boolean): Sql {
  return loose ? condition : sql`coalesce(${condition}, FALSE)`;
}

/** Returns the column of a channel's addresses; NULL for a channel that has none. */
export function addressOf(program: Program, channel: string): Sql {
  const found = program.channels.find((c) => c.name === channel);
  return found?.address === undefined ? sql`NULL` : sql`c.${ident(found.address)}`;
}
