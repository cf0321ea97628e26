import { worldsOf } from '../extent.ts';
import { agreeOn } from './agreement.ts';

agreeOn('a walk jumps over no instant at which something happens', { name: 'jumps', ...worldsOf(10, 60) });
