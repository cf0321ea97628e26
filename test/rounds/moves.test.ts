import { worldsOf } from '../extent.ts';
import { agreeOn, onPostgres } from './agreement.ts';
import { inMemory } from './play.ts';

agreeOn('rounds lead to the same as ticks on DuckDB and on PostgreSQL after a change with customers inside', {
  name: 'moves',
  ...worldsOf(10, 40),
  opens: [inMemory, onPostgres()],
});
