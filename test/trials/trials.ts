import { pauses, removed } from './changes.ts';
import { halfLines, unreadable, withdrawals } from './files.ts';
import { guests, holder } from './hosts.ts';
import { kills } from './kills.ts';
import { clockAhead, fullDisk } from './machine.ts';
import { failing, hanging } from './outages.ts';
import type { Trial } from './trial.ts';

export const trials: Trial[] = [
  kills,
  guests,
  holder,
  hanging,
  failing,
  removed,
  pauses,
  withdrawals,
  unreadable,
  halfLines,
  fullDisk,
  clockAhead,
];
