import sql, { raw } from 'sql-template-tag';
import { type Due, enrolments, isDue, isOneOf } from '../moves.ts';
import type { Tick } from '../tick.ts';
import type { RowKind, StepCompiler } from './step.ts';

export const add: StepCompiler<'add'> & RowKind<'add'> = {
  compile({ id, segment }, next, context) {
    context.add({ id, kind: 'add', segment, next });
    return id;
  },
  turn: 'writes',
  columns: ({ segment }) => ({ segment }),
  execute: (tick, due) =>
    tick.db.run(sql`
    INSERT INTO listing (segment, customer, origin)
    SELECT n.segment, n.customer, 'journey' FROM (${listed(tick, due, 'add')}) n
    WHERE NOT EXISTS (
      SELECT 1 FROM listing l WHERE l.segment = n.segment AND l.customer = n.customer AND l.origin = 'journey')`),
};

export const remove: StepCompiler<'remove'> & RowKind<'remove'> = {
  compile({ id, segment }, next, context) {
    context.add({ id, kind: 'remove', segment, next });
    return id;
  },
  turn: 'writes',
  columns: ({ segment }) => ({ segment }),
  execute: (tick, due) =>
    tick.db.run(sql`
    DELETE FROM listing WHERE (segment, customer) IN (
      SELECT segment, customer FROM (${listed(tick, due, 'remove')}) n)`),
};

/** The customers who are due at such steps, with the segments. */
function listed(tick: Tick, due: Due, kind: 'add' | 'remove') {
  const steps = [...due].flatMap(([step, facts]) => (facts.kind === kind ? [step] : []));
  return sql`
  SELECT DISTINCT s.segment, e.customer FROM ${enrolments(tick)} JOIN step s ON s.step = e.step
  WHERE ${isDue(tick)} AND ${isOneOf(steps)} AND s.kind = ${raw(`'${kind}'`)}`;
}
