import { withoutSize, worldsOf } from '../extent.ts';
import { agreeOn, onPostgres } from './agreement.ts';
import { inMemory } from './play.ts';

// Each world is played once in each way, and serves all comparisons. `npm test` has the last ones: in their simulations everybody has
// a clock of his own, and the instants of ranks and of segments' turns count.
agreeOn('rounds on DuckDB and on PostgreSQL lead to the same as ticks from instant to instant on both', {
  name: 'rounds',
  worlds: worldsOf(20, 60).worlds,
  first: withoutSize ? 40 : 0,
  opens: [inMemory, onPostgres()],
});
