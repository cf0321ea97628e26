import sql from 'sql-template-tag';
import { dueAt, goTo } from '../moves.ts';
import type { RowKind, StepCompiler } from './step.ts';

export const exit: StepCompiler<'exit'> & RowKind<'exit'> = {
  compile({ id, reason }, _, { add }) {
    add({ id, kind: 'exit', reason });
    return id;
  },
  turn: 'rests',
  columns: ({ reason }) => ({ reason }),
  execute: (tick) =>
    tick.db.run(sql`
    UPDATE enrolment SET ${goTo(sql`NULL::integer`, sql`s.reason`)}
    ${dueAt(tick, sql`s.kind = 'exit'`)}`),
};
