import { agreeOn } from './agreement.ts';

agreeOn('first');
