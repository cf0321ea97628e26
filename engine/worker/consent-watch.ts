import { later } from '../../spec/words/t.ts';
import type { Clock } from '../clock.ts';
import { withLaterProblems } from '../data/intake/found-later.ts';
import { consentChanged, intakeConsent } from '../data/intake/intake.ts';
import { logReadings } from '../data/intake/log-readings.ts';
import { withhold } from '../data/intake/withheld.ts';
import type { DispatchLog, Look } from '../delivery/dispatch.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { collectConsent, consentWaits } from '../tick/collect.ts';

interface WatchOptions extends Pick<Clock, 'now' | 'sleep'> {
  program: Program;
  /** The folder from which the program's sources are read. */
  root: string;
  log?: DispatchLog;
  /** The readable rows of a data file are taken as they are; otherwise campaigns that read a file which cannot be read are withheld. */
  allowBadData?: boolean;
}

/** The interval at which withdrawals are looked for while messages are being sent, milliseconds. */
const LOOK_EVERY = 300;
/** Looks for what forbids messages (consent, suppressions, feedback), so that it counts without waiting for a tick. */
export class ConsentWatch {
  private last: Look = { began: Number.NEGATIVE_INFINITY, ended: Number.NEGATIVE_INFINITY };
  private readonly db: Database;
  private readonly options: WatchOptions;

  constructor(db: Database, options: WatchOptions) {
    this.db = db;
    this.options = options;
  }

  readonly looked = (): Look => this.last;

  /** Looks at the files once. If nothing has changed it does not wait for the store's turn. */
  async look(): Promise<void> {
    const { program, root, now, allowBadData = false, log } = this.options;
    const at = now();
    if ((await consentChanged(this.db, program, { root, at })) || (await consentWaits(this.db, at))) {
      const { sources, withheld } = await this.db.transaction(async (tx) => {
        const { sources } = await intakeConsent(tx, program, { root, at });
        await collectConsent(tx, program, at);
        const read = await withLaterProblems(tx, sources, [at]);
        return {
          sources: read,
          withheld: sources.length > 0 ? await withhold(tx, program, at, allowBadData) : undefined,
        };
      });
      if (log) logReadings(log, sources);
      for (const one of withheld?.began ?? []) log?.warn({ ...one }, later`waits: a data file cannot be relied on`);
      for (const one of withheld?.ended ?? [])
        log?.info({ ...one }, later`goes on: the data file can be relied on again`);
    }
    this.last = { began: at, ended: now() };
  }

  /** Looks at intervals until the signal is aborted. */
  async run(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      try {
        await this.look();
      } catch (error) {
        // Marketing messages wait for a look that succeeds.
        const kind = error instanceof Error ? error.name : 'error';
        this.options.log?.warn({ kind }, later`consent could not be taken in: no marketing leaves`);
      }
      await this.options.sleep(LOOK_EVERY, over);
    }
  }
}
