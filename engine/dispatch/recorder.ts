import type { Database } from '../store/database.ts';
import { type Attempt, record } from './record.ts';
import type { Tally } from './tally.ts';

/** Gathers outcomes and writes them down in groups, while further messages are on the wire. */
export class Recorder {
  /** Set once a whole group's worth of messages in a row found the way out broken: the last of them. */
  stalled: Attempt | undefined;
  /** The store refused: nothing more should be sent that could not be written down. */
  failed = false;
  private readonly db: Database;
  private readonly worker: string;
  private readonly now: () => number;
  private readonly size: number;
  private readonly tally: Tally;
  private waiting: Attempt[] = [];
  private writing: Promise<void> | undefined;
  private broken = 0;

  constructor(db: Database, worker: string, now: () => number, size: number, tally: Tally) {
    this.db = db;
    this.worker = worker;
    this.now = now;
    this.size = size;
    this.tally = tally;
  }

  add(attempt: Attempt): void {
    this.waiting.push(attempt);
    const { outcome } = attempt;
    this.broken = outcome.status === 'retry' && outcome.reason !== 'temporary' ? this.broken + 1 : 0;
    if (this.broken >= this.size) this.stalled = attempt;
    this.writeGroup();
  }

  /** Resolves when there is room for more outcomes: the store must not fall behind the wire. */
  async room(): Promise<void> {
    while (this.writing && this.waiting.length >= this.size) await this.writing;
  }

  /** Resolves when all outcomes are in the store; what it refused before is tried once more. */
  async finish(): Promise<void> {
    // A group that is done may be followed by the next.
    while (this.writing) await this.writing;
    while (this.waiting.length > 0) await this.write();
  }

  private writeGroup(): void {
    if (this.writing || this.failed || this.waiting.length < this.size) return;
    this.writing = this.write()
      .catch(() => {
        this.failed = true;
      })
      .finally(() => {
        this.writing = undefined;
        this.writeGroup();
      });
  }

  private async write(): Promise<void> {
    const attempts = this.waiting;
    this.waiting = [];
    try {
      const states = await record(this.db, this.worker, this.now(), attempts);
      for (const [i, state] of states.entries()) this.count(attempts[i], state);
    } catch (error) {
      this.waiting = [...attempts, ...this.waiting];
      throw error;
    }
  }

  private count(attempt: Attempt | undefined, state: Awaited<ReturnType<typeof record>>[number]): void {
    if (state === 'decided') this.tally.retried++;
    else this.tally[state]++;
    if (attempt?.outcome.status === 'failed' && attempt.outcome.bounce) this.tally.bounced++;
  }
}
