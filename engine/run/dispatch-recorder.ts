import type { Database } from '../store/database.ts';
import { type Attempt, record } from './dispatch-record.ts';
import type { Tally } from './dispatch-tally.ts';

/** Gathers outcomes and writes them down in groups, while further messages are on the wire. */
export class Recorder {
  /** Set once a whole group's worth of messages in a row found the way out broken: the last of them. */
  stalled: Attempt | undefined;
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
    this.watch(attempt);
    if (this.waiting.length < this.size || this.writing) return;
    this.writing = this.write().finally(() => {
      this.writing = undefined;
    });
    // Reported by `finish`, where what could not be written is tried once more.
    this.writing.catch(() => {});
  }

  /** Resolves when all outcomes are in the store. */
  async finish(): Promise<void> {
    await this.writing?.catch(() => {});
    while (this.waiting.length > 0) await this.write();
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

  private watch(attempt: Attempt): void {
    const { outcome } = attempt;
    this.broken = outcome.status === 'retry' && outcome.reason !== 'temporary' ? this.broken + 1 : 0;
    if (this.broken >= this.size) this.stalled = attempt;
  }

  private count(attempt: Attempt | undefined, state: Awaited<ReturnType<typeof record>>[number]): void {
    if (state === 'decided') this.tally.retried++;
    else this.tally[state]++;
    if (attempt?.outcome.status === 'failed' && attempt.outcome.bounce) this.tally.bounced++;
  }
}
