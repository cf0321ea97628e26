import { worldsOf } from '../extent.ts';
import { agreeOn } from './agreement.ts';

agreeOn(
  'a change with customers inside has the forecast that ticks lead to, by each rule for them, and nothing is sent twice',
  {
    name: 'changes',
    ...worldsOf(10, 70),
  },
);
