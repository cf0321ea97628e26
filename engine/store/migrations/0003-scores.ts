import { columns, createTable } from '../columns.ts';
import type { Migration } from './migrations.ts';

/** Scores of rankings and of RFM are kept. The first tick makes them. */
export const scoresOfScales: Migration = {
  number: 3,
  async run(db) {
    await createTable(db, {
      name: 'score',
      columns: columns(
        'scale text, customer bigint, better bigint, everybody bigint, recency bigint, frequency bigint, monetary bigint, from_at bigint, until_at bigint',
      ),
    });
  },
};
