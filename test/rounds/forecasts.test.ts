import { amount } from '../extent.ts';
import { agreeOn } from './agreement.ts';

agreeOn('a forecast has the numbers that ticks lead to, by the commands', {
  name: 'forecasts',
  worlds: amount(20, 100),
});
