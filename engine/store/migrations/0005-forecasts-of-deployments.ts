import { addColumns, columns } from '../columns.ts';
import type { Migration } from './migrations.ts';

/** Deployments keep the forecast of their plan. Those that are there already have none. */
export const forecastsOfDeployments: Migration = {
  number: 5,
  run: (db) => addColumns(db, 'deployment', columns('forecast text')),
};
