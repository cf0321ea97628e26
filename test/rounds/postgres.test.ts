import { worldsOf } from '../extent.ts';
import { agreeOn, onPostgres } from './agreement.ts';
import { inMemory } from './play.ts';

const shared = onPostgres();
const some = worldsOf(30, 60);

agreeOn('rounds lead to the same as ticks on PostgreSQL', { name: 'rounds', ...some, opens: [shared, shared] });
agreeOn('rounds on DuckDB lead to the same as ticks on PostgreSQL', {
  name: 'rounds',
  ...some,
  opens: [shared, inMemory],
});
