import { agreeOn } from './agreement.ts';

// postgres.test.ts has the first 60, and moves.test.ts the first 40. `npm run test:full` alone has these.
agreeOn('rounds lead to the same as ticks from instant to instant, in further worlds', {
  name: 'rounds',
  worlds: 140,
  first: 60,
});
agreeOn(
  'rounds lead to the same as ticks after a change with customers inside, by each rule for them, in further worlds',
  {
    name: 'moves',
    worlds: 20,
    first: 80,
  },
);
