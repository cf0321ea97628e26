import { columns, createTable } from '../columns.ts';
import type { Migration } from './migrations.ts';

/** The store keeps a log of what people do to it. It begins here. */
export const auditLog: Migration = {
  number: 4,
  async run(db) {
    await createTable(db, {
      name: 'audit',
      columns: columns('serial integer, at bigint, who text, what text, facts text, previous text, hash text'),
      key: ['serial'],
    });
  },
};
