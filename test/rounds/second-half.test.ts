import { agreeOn } from './agreement.ts';

agreeOn('rounds lead to the same as ticks from instant to instant, in the second half of the worlds', {
  name: 'rounds',
  worlds: 100,
  first: 100,
});
