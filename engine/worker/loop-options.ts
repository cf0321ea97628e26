import type { Clock } from '../clock.ts';
import type { OpenCarrier } from '../delivery/carriers/open.ts';
import type { DispatchLog } from '../delivery/dispatch.ts';

export interface LoopOptions extends Clock {
  /** The folder from which the program's sources are read. */
  root: string;
  /** Version of the tz database in use. */
  tz: string;
  /** Unique to this process's life. */
  worker: string;
  openCarrier: OpenCarrier;
  /** True if the readable rows of the data files are taken as they are. */
  allowBadData?: boolean;
  /** Ends the loop in order: the running tick is finished, the outcome of messages on connections is recorded. */
  signal: AbortSignal;
  log: DispatchLog;
}

/** No sleep is longer, so that a change of the system's clock is noticed. */
const LONGEST_SLEEP = 30_000;

export function sleepAtMost({ sleep, signal }: LoopOptions, ms: number, until = signal): Promise<void> {
  return sleep(Math.min(ms, LONGEST_SLEEP), until);
}
