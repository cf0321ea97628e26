import { worldsOf } from '../extent.ts';
import { agreeOn } from './agreement.ts';

agreeOn('rounds lead to the same as ticks from instant to instant, in the first half of the worlds', {
  name: 'rounds',
  ...worldsOf(40, 100),
});
