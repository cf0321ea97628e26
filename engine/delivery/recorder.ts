import type { Clock } from '../clock.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import type { Breaker } from './breaker.ts';
import type { Entry } from './entry.ts';
import { record } from './record.ts';
import type { Tally } from './tally.ts';
import type { Transit } from './transit.ts';

/** The time after which outcomes are settled however few they are, milliseconds. */
const SOON = 1_000;

/** Collects the outcomes of messages and records them in groups, while further messages are being sent. */
export class Recorder {
  /** The store refused: nothing more should be sent that could not be settled. */
  failed = false;
  private readonly db: Database;
  private readonly program: Program;
  private readonly worker: string;
  private readonly clock: Pick<Clock, 'now' | 'sleep'>;
  private readonly size: number;
  private readonly tally: Tally;
  private readonly breaker: Breaker;
  private readonly transit: Transit;
  private waiting: Entry[] = [];
  private soon: AbortController | undefined;
  private writing: Promise<void> | undefined;

  constructor(
    db: Database,
    { program, now, sleep }: Pick<Clock, 'now' | 'sleep'> & { program: Program },
    worker: string,
    size: number,
    tally: Tally,
    breaker: Breaker,
    transit: Transit,
  ) {
    this.db = db;
    this.program = program;
    this.worker = worker;
    this.clock = { now, sleep };
    this.size = size;
    this.tally = tally;
    this.breaker = breaker;
    this.transit = transit;
  }

  add(entries: Entry[]): void {
    this.waiting.push(...entries);
    if (this.waiting.length >= this.size) this.writeGroup();
    else if (this.waiting.length > 0) this.soon ??= this.writeSoon();
  }

  /** Resolves when everything is in the store; what it refused before is tried once more. */
  async finish(): Promise<void> {
    // A group that is done may be followed by the next.
    while (this.writing) await this.writing;
    this.soon?.abort();
    await this.write();
  }

  /** Returns what cancels it. */
  private writeSoon(): AbortController {
    const cancelled = new AbortController();
    void this.clock.sleep(SOON, cancelled.signal).then(() => {
      if (!cancelled.signal.aborted) this.writeGroup();
    });
    return cancelled;
  }

  private writeGroup(): void {
    this.soon?.abort();
    this.soon = undefined;
    if (this.writing || this.failed) return;
    this.writing = this.write()
      .catch(() => {
        this.failed = true;
      })
      .finally(() => {
        this.writing = undefined;
        this.add([]);
      });
  }

  /** Writes all there is: while the store's turn was waited for, it may have become much. */
  private async write(): Promise<void> {
    let entries: Entry[] = [];
    try {
      await this.db.transaction(async (tx) => {
        entries = this.waiting.splice(0);
        if (entries.length > 0) await record(tx, this.program, this.worker, this.clock.now(), entries);
        await this.breaker.save(tx);
      });
    } catch (error) {
      this.waiting.unshift(...entries);
      throw error;
    }
    for (const entry of entries) this.count(entry);
    if (entries.length > 0) await this.transit.settled(entries);
  }

  private count({ status, attempted, bounced, again }: Entry): void {
    if (again) this.tally.retried++;
    else if (status === 'decided') this.tally[attempted ? 'retried' : 'held']++;
    else this.tally[status]++;
    if (bounced) this.tally.bounced++;
  }
}
