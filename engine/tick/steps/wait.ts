import sql from 'sql-template-tag';
import { startWaiting } from '../moves.ts';
import type { RowKind, StepCompiler } from './step.ts';

export const wait: StepCompiler<'wait'> & RowKind<'wait'> = {
  compile({ id, ms }, next, { add }) {
    add({ id, kind: 'wait', ms, next });
    return id;
  },
  turn: 'rests',
  columns: ({ ms }) => ({ ms }),
  brief: 's.ms = 0',
  execute: (tick) => startWaiting(tick, 'wait', sql`s.now + s.ms`),
};
