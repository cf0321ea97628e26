import { addColumns, columns } from '../columns.ts';
import type { Migration } from './migrations.ts';

/** Pauses say what becomes of the paused time. In those that are there already it counts. */
export const shiftedPauses: Migration = {
  number: 6,
  async run(db) {
    await addColumns(db, 'pause', columns('shift boolean'));
    await addColumns(db, 'delay', columns('shifted boolean'));
  },
};
