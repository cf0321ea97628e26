import { empty, join, type Sql } from 'sql-template-tag';
import type { RfmPart } from '../../../spec/model/expression.ts';
import type { Query } from '../../program/program.ts';
import { passes } from './aggregates.ts';
import { zoneJoin } from './calendar.ts';
import { rankingJoin } from './rankings.ts';
import { writerOf } from './registry.ts';
import { scoreJoin } from './scores.ts';
import { sequenceJoins } from './sequences.ts';
import { asksToday, holds } from './walk.ts';
import type { Writer } from './writer.ts';

/** Returns the joins of every relation that the nodes of the query refer to, to follow `customer c`. */
export function joins(writer: Writer): Sql {
  const { query, context } = writer;
  const { among: _, ...everybody } = context;
  const list = [
    ...(asksToday(query.predicate) ? [zoneJoin(context)] : []),
    ...passes(writer),
    ...sequenceJoins(writer),
    ...(query.rankings ?? []).map((each, index) => {
      const inner = writerOf(each.by, everybody);
      return rankingJoin(each, index, { joins: joins(inner), value: inner.scalar(each.by.predicate) }, everybody);
    }),
    ...(query.rfm ? [scoreJoin(query.rfm, scoresIn(query), context)] : []),
  ];
  return list.length === 0 ? empty : join(list, ' ');
}

function scoresIn({ predicate }: Query): Set<RfmPart> {
  const found = new Set<RfmPart>();
  holds(predicate, (node) => {
    if (node.kind === 'scored') found.add(node.part);
    return false;
  });
  return found;
}
