import { worldsOf } from '../extent.ts';
import { agreeOn } from './agreement.ts';

const { first, worlds } = worldsOf(40, 100);

agreeOn('rounds lead to the same as ticks from instant to instant, in the second half of the worlds', {
  name: 'rounds',
  worlds,
  first: 100 + first,
});
