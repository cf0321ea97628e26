import { agreeOn, onPostgres } from './agreement.ts';
import { inMemory } from './play.ts';

const shared = onPostgres();

agreeOn('rounds lead to the same as ticks on PostgreSQL', { name: 'rounds', worlds: 60, opens: [shared, shared] });
agreeOn('rounds on DuckDB lead to the same as ticks on PostgreSQL', {
  name: 'rounds',
  worlds: 60,
  opens: [shared, inMemory],
});
