import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { EventPattern } from '../../../spec/model/expression.ts';
import type { Scalar, Sequence } from '../../program/program.ts';
import type { Frame, Writer } from './asking.ts';
import { joined, since, source, where } from './source.ts';

/** Relations of the customers who have such a sequence of events. */
export function sequences(frame: Frame, writer: Writer): Sql[] {
  return (frame.query.sequences ?? []).map((sequence, index) => {
    const { rows, lateral } = relation(sequence, frame, writer);
    return joined(rows, alias(index), lateral);
  });
}

export function found(index: number): Sql {
  return sql`(${raw(alias(index))}.customer IS NOT NULL)`;
}

function alias(index: number): string {
  return `sq${index}`;
}

/**
 * Each first event with the instant of the second one that comes next, both kinds in one line of time that is walked
 * backwards. Of what happened at one instant the first ones are met first, so that none follows itself.
 */
function relation(sequence: Sequence, frame: Frame, writer: Writer): { rows: Sql; lateral: boolean } {
  const { negated, within } = sequence;
  const first = events(sequence.first, true, sequence, frame, writer);
  const second = events(sequence.second, false, sequence, frame, writer);
  const end = sql`w.at + ${within}::bigint`;
  const none = sql`${end} <= ${frame.asking.now}::bigint AND (w.next_at IS NULL OR w.next_at > ${end})`;
  const rows = sql`
    SELECT DISTINCT w.customer FROM (
      SELECT r.customer, r.at, r.is_first, min(CASE WHEN NOT r.is_first THEN r.at END) OVER (
        PARTITION BY r.customer ORDER BY r.at DESC, r.is_first DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS next_at
      FROM (${join([first.rows, second.rows], ' UNION ALL ')}) r) w
    WHERE w.is_first AND ${negated ? none : sql`w.next_at <= ${end}`}`;
  return { rows, lateral: first.lateral || second.lateral };
}

function events(
  { event, where: condition }: EventPattern<Scalar>,
  first: boolean,
  sequence: Sequence,
  frame: Frame,
  writer: Writer,
): { rows: Sql; lateral: boolean } {
  const { from, wheres, lateral } = source(event, condition ? [condition] : [], frame.asking);
  const kept = [
    ...wheres,
    ...(sequence.since === undefined ? [] : [since(sequence.since, frame.asking)]),
    ...(condition ? [writer.condition(condition, frame, true)] : []),
  ];
  const rows = sql`SELECT v.customer, v.at AS "at", ${raw(first ? 'TRUE' : 'FALSE')} AS is_first FROM ${from}${where(kept)}`;
  return { rows, lateral };
}
