import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../engine/clock.ts';

/** The clock of the machine. */
export const machineClock: Clock = {
  now: Date.now,
  steady: () => performance.now(),
  // Nothing rejects here but the abort.
  sleep: (ms, signal) => wait(ms, undefined, signal && { signal }).catch(() => {}),
};
