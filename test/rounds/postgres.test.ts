import { worldsOf } from '../extent.ts';
import { agreeOn, onPostgres } from './agreement.ts';
import { inMemory } from './play.ts';

// Each world is played once in each way, and serves all comparisons.
agreeOn('rounds on DuckDB and on PostgreSQL lead to the same as ticks from instant to instant on both', {
  name: 'rounds',
  ...worldsOf(20, 60),
  opens: [inMemory, onPostgres()],
});
