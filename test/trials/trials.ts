import { pauses, removed } from './changes.ts';
import { halfLines, unreadable, withdrawals } from './files.ts';
import { guests, holder } from './hosts.ts';
import { kills } from './kills.ts';
import { clockAhead, fullDisk } from './machine.ts';
import { failing, hanging } from './outages.ts';
import type { Trial } from './trial.ts';

/** `npm test` has the first ones: of each kind of trouble one. */
export const trials: Trial[] = [
  kills,
  hanging,
  pauses,
  halfLines,
  guests,
  holder,
  failing,
  removed,
  withdrawals,
  unreadable,
  fullDisk,
  clockAhead,
];
