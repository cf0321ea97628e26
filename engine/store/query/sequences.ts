import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { EventPattern } from '../../../spec/model/expression.ts';
import type { Scalar, Sequence } from '../../program/program.ts';
import { joined, perInstant, since, source, where } from './source.ts';
import type { Nodes, Writer } from './writer.ts';

export const sequences: Nodes<'sequenced'> = {
  sequenced: { condition: ({ index }) => sql`(${raw(alias(index))}.customer IS NOT NULL)` },
};

/** Joins, for each sequence of events, the customers who have it. */
export function sequenceJoins(writer: Writer): Sql[] {
  return (writer.query.sequences ?? []).map((sequence, index) => {
    const { rows, lateral } = relation(sequence, writer);
    return joined(rows, alias(index), writer.context, lateral);
  });
}

function alias(index: number): string {
  return `sq${index}`;
}

/**
 * Each first event with the instant of the second one that comes next, both kinds in one line of time that is walked
 * backwards. Of what happened at one instant the first ones are met first, so that none follows itself.
 */
function relation(sequence: Sequence, writer: Writer): { rows: Sql; lateral: boolean } {
  const { negated, within } = sequence;
  const first = events(sequence.first, true, sequence, writer);
  const second = events(sequence.second, false, sequence, writer);
  const end = sql`w.at + ${within}::bigint`;
  const none = sql`${end} <= w.now AND (w.next_at IS NULL OR w.next_at > ${end})`;
  const rows = sql`
    SELECT DISTINCT w.customer${perInstant(writer.context, sql`w.now`)} FROM (
      SELECT r.customer, r.at, r.now, r.is_first, min(CASE WHEN NOT r.is_first THEN r.at END) OVER (
        PARTITION BY r.customer${perInstant(writer.context, sql`r.now`)} ORDER BY r.at DESC, r.is_first DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS next_at
      FROM (${join([first.rows, second.rows], ' UNION ALL ')}) r) w
    WHERE w.is_first AND ${negated ? none : sql`w.next_at <= ${end}`}`;
  return { rows, lateral: first.lateral || second.lateral };
}

function events(
  { event, where: condition }: EventPattern<Scalar>,
  first: boolean,
  sequence: Sequence,
  writer: Writer,
): { rows: Sql; lateral: boolean } {
  const { from, wheres, lateral } = source(event, condition ? [condition] : [], writer.context);
  const kept = [
    ...wheres,
    ...(sequence.since === undefined ? [] : [since(sequence.since, writer.context)]),
    ...(condition ? [writer.condition(condition, true)] : []),
  ];
  const rows = sql`SELECT v.customer, v.at AS "at", ${writer.context.moments.now} AS now, ${raw(first ? 'TRUE' : 'FALSE')} AS is_first FROM ${from}${where(kept)}`;
  return { rows, lateral };
}
