import sql, { type Sql } from 'sql-template-tag';
import type { Program, Query, Scalar } from '../../program/program.ts';
import { type Dialect, ident } from '../dialect.ts';

/** The context of a question; the statement must have the customer's row as `c`, a trigger's event as `t`. */
export interface Asking {
  dialect: Dialect;
  program: Program;
  /** The grid instant, epoch milliseconds. */
  now: number;
  /** Narrows the passes over events to the customers of this relation (a column `customer`). */
  among?: Sql;
}

/** A query and what it is asked against: where its scalars are written. */
export interface Frame {
  query: Query;
  asking: Asking;
}

/** Writes scalars; the relations that they refer to are joined by `joins`. */
export interface Writer {
  /** `loose`: the caller takes null for false, so a comparison needs no guard and stays visible to the planner. */
  condition(node: Scalar, frame: Frame, loose: boolean): Sql;
  scalar(node: Scalar, frame: Frame): Sql;
}

/** An address that a message could go to: there, and for `reachable` also consented to and unsuppressed. */
export function addressOf(program: Program, channel: string): Sql {
  const found = program.channels.find((c) => c.name === channel);
  return found?.address === undefined ? sql`NULL` : sql`c.${ident(found.address)}`;
}
