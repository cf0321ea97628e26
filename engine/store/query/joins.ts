import sql, { empty, join, type Sql } from 'sql-template-tag';
import { isRanking, nameOf, type Scale } from '../../program/scales.ts';
import { passes } from './aggregates.ts';
import { zoneJoin } from './calendar.ts';
import { rankingAlias, rankingRows } from './rankings.ts';
import { writerOf } from './registry.ts';
import { rfmAlias, rfmRows } from './scores.ts';
import { sequenceJoins } from './sequences.ts';
import { joined, perInstant } from './source.ts';
import { asksToday } from './walk.ts';
import type { QueryContext, Writer } from './writer.ts';

/** Returns the joins of every relation that the nodes of the query refer to, to follow `customer c`. */
export function joins(writer: Writer): Sql {
  const { query, context } = writer;
  const list = [
    ...(asksToday(query.predicate) ? [zoneJoin(context)] : []),
    ...passes(writer),
    ...sequenceJoins(writer),
    ...(query.rankings ?? []).map((each, index) => scaleJoin(each, rankingAlias(index), context)),
    ...(query.rfm ? [scaleJoin(query.rfm, rfmAlias, context)] : []),
  ];
  return list.length === 0 ? empty : join(list, ' ');
}

function scaleJoin(scale: Scale, alias: string, context: QueryContext): Sql {
  const scored = context.scored?.has(nameOf(scale));
  return joined(scored ? scoresInForce(nameOf(scale), context) : scaleRows(scale, context), alias, context);
}

function scoresInForce(scale: string, context: QueryContext): Sql {
  const { moments } = context;
  const { now } = moments;
  const then = sql`s.from_at <= ${now} AND (s.until_at IS NULL OR ${now} < s.until_at)`;
  return sql`
    SELECT s.*${perInstant(context, sql`moment.now`)} FROM score s${moments.join(sql`s.customer`)}
    WHERE s.scale = ${scale} AND ${moments.each ? then : sql`s.until_at IS NULL`}`;
}

/** Scores all customers as of now, whatever customers are asked about, with the scales inside of a ranking's value. */
export function scaleRows(scale: Scale, { among: _, scored: __, ...everybody }: QueryContext): Sql {
  if (!isRanking(scale)) return rfmRows(scale, everybody);
  const inner = writerOf(scale.by, everybody);
  return rankingRows(scale, { joins: joins(inner), value: inner.scalar(scale.by.predicate) });
}
