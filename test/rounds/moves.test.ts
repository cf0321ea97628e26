import { worldsOf } from '../extent.ts';
import { agreeOn, onPostgres } from './agreement.ts';
import { inMemory } from './play.ts';

const shared = onPostgres();

agreeOn('rounds lead to the same as ticks after a change with customers inside, by each rule for them', {
  name: 'moves',
  ...worldsOf(50, 150),
});
agreeOn('rounds on DuckDB lead to the same as ticks on PostgreSQL after such a change', {
  name: 'moves',
  ...worldsOf(50, 80),
  opens: [shared, inMemory],
});
