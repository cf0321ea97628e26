import { worldsOf } from '../extent.ts';
import { agreeOn } from './agreement.ts';

const { first, worlds } = worldsOf(50, 140);

// postgres.test.ts has the first 60.
agreeOn('rounds lead to the same as ticks from instant to instant, in further worlds', {
  name: 'rounds',
  worlds,
  first: 60 + first,
});
