import { addColumns, columns } from '../columns.ts';
import type { Migration } from './migrations.ts';

/** Deployments keep the document beside the Program. Those that are there already have none. */
export const documentsOfDeployments: Migration = {
  number: 2,
  run: (db) => addColumns(db, 'deployment', columns('document text')),
};
