import { empty, join, type Sql } from 'sql-template-tag';
import type { RfmPart } from '../../../spec/model/expression.ts';
import type { Query } from '../../program/program.ts';
import type { Frame, Writer } from './asking.ts';
import { passes } from './passes.ts';
import { ranking } from './rankings.ts';
import { scores } from './scores.ts';
import { sequences } from './sequences.ts';
import { zoneJoin } from './today.ts';
import { asksToday, holds } from './walk.ts';

/** To stand after `customer c`: every relation that the scalars of the query refer to. */
export function joins(frame: Frame, writer: Writer): Sql {
  const { query, asking } = frame;
  const { among: _, ...everybody } = asking;
  const list = [
    ...(asksToday(query.predicate) ? [zoneJoin(asking)] : []),
    ...passes(frame, writer),
    ...sequences(frame, writer),
    ...(query.rankings ?? []).map((each, index) => {
      const inner = { query: each.by, asking: everybody };
      return ranking(each, index, { joins: joins(inner, writer), value: writer.scalar(each.by.predicate, inner) });
    }),
    ...(query.rfm ? [scores(query.rfm, scoresIn(query), asking)] : []),
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
