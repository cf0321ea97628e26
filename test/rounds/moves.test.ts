import { worldsOf } from '../extent.ts';
import { agreeOn, onPostgres } from './agreement.ts';
import { inMemory } from './play.ts';

const { first, worlds } = worldsOf(10, 20);

agreeOn('rounds lead to the same as ticks on DuckDB and on PostgreSQL after a change with customers inside', {
  name: 'moves',
  ...worldsOf(20, 40),
  opens: [inMemory, onPostgres()],
});
agreeOn('rounds lead to the same as ticks after such a change, by each rule for customers inside, in further worlds', {
  name: 'moves',
  worlds,
  first: 80 + first,
});
