import type { Clock } from '../clock.ts';
import { type DispatchOptions, type DispatchReport, dispatch } from '../delivery/dispatch.ts';
import type { Leases } from '../delivery/leases.ts';
import { add } from '../delivery/tally.ts';
import type { Database } from '../store/database.ts';
import { ConsentWatch } from './consent-watch.ts';
import { createLeases } from './lease.ts';
import { leasedToOthers } from './leases.ts';

/** The time that marketing messages wait for a look that does not succeed before they are left to a later dispatch. */
const PATIENCE = 60_000;

export interface SendingOptions extends Omit<DispatchOptions, 'leases'>, Pick<Clock, 'steady'> {
  /** Default: those of this process. */
  leases?: Leases;
  /** The folder from which the program's sources are read. */
  root: string;
  allowBadData?: boolean;
}

/** Sends what is due, and watches for withdrawals meanwhile. The report has `leased`. */
export async function sendDue(db: Database, options: SendingOptions): Promise<DispatchReport> {
  const watch = new ConsentWatch(db, options);
  const leases = options.leases ?? createLeases(options);
  await watch.look();
  const over = new AbortController();
  const watching = watch.run(over.signal);
  const until = options.now() + PATIENCE;
  try {
    const report = await dispatch(db, { ...options, leases, looked: watch.looked });
    while (report.waiting.length > 0 && !options.signal?.aborted && options.now() < until) {
      const more = await dispatch(db, { ...options, leases, looked: watch.looked });
      add(report.total, more.total);
      for (const [channel, tally] of Object.entries(more.channels)) {
        const sum = report.channels[channel];
        if (sum) add(sum, tally);
      }
      report.waiting = more.waiting;
      report.stalled = more.stalled;
    }
    const leased = await leasedToOthers(db, Object.keys(report.channels), options.now());
    return leased ? { ...report, leased } : report;
  } finally {
    over.abort();
    await watching;
  }
}
