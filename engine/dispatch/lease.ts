import { uptime } from 'node:os';
import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';

/** The lease of one worker: while it runs, nobody else touches what the worker has claimed. */
export class Lease {
  private readonly lane: Database;
  private readonly worker: string;
  private readonly leaseMs: number;
  private readonly boot: number | null;
  private until = 0;

  constructor(db: Database, worker: string, leaseMs: number) {
    this.lane = db.lane;
    this.boot = db.folder === undefined ? null : bootInstant();
    this.worker = worker;
    this.leaseMs = leaseMs;
  }

  /** Sees to it that more than half of the lease is left. */
  async renew(now: number): Promise<void> {
    if (this.until - now > this.leaseMs / 2) return;
    const until = now + this.leaseMs;
    const renewed = await this.lane.run(sql`
      UPDATE worker SET lease_until = ${until}::bigint WHERE worker = ${this.worker}::text`);
    if (renewed === 0)
      await this.lane.run(sql`
        INSERT INTO worker (worker, lease_until, boot) VALUES (${this.worker}, ${until}, ${this.boot})`);
    this.until = until;
  }

  /** Returns true if a message that gets a connection now is done with before the lease ends. */
  covers(now: number): boolean {
    return this.until - now > this.leaseMs * 0.45;
  }

  /** To be called when nothing is claimed any more. */
  async end(): Promise<void> {
    if (this.until > 0) await this.lane.run(sql`DELETE FROM worker WHERE worker = ${this.worker}::text`);
  }
}

/** The instant at which this machine was started, epoch milliseconds; exact to some seconds. */
export function bootInstant(): number {
  return Math.round(Date.now() - uptime() * 1000);
}
