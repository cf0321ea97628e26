import { addColumns, columns } from '../columns.ts';
import type { Migration } from './migrations.ts';

/** Pauses by guardrails say which were crossed. Those that are there already are by hand. */
export const crossedGuardrails: Migration = {
  number: 7,
  async run(db) {
    await addColumns(db, 'pause', columns('crossed text'));
    await addColumns(db, 'delay', columns('crossed text'));
  },
};
