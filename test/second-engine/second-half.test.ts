import { agreeOn } from './agreement.ts';

agreeOn('second');
