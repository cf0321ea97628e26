import { worldsOf } from '../extent.ts';
import { agreeOn } from './agreement.ts';

agreeOn('a forecast has the numbers that ticks lead to, by the commands', {
  name: 'forecasts',
  ...worldsOf(20, 100),
});
