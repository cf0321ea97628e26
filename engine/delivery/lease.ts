import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { type Boot, thisBoot } from '../worker/boot.ts';

/**
 * The lease of one worker: while it runs, nobody else touches what the worker has claimed. Its end in the store is an instant of
 * the clock that all workers of the store share. Whether it covers a message is asked of a clock that nobody can set.
 */
export class Lease {
  private readonly lane: Database;
  private readonly worker: string;
  private readonly leaseMs: number;
  /** Undefined where nothing is written beside the store. */
  private readonly boot: Boot | undefined;
  private readonly clock: () => Promise<number>;
  private readonly steady: () => number;
  private renewedAt = Number.NEGATIVE_INFINITY;

  /** `clock`: of all workers, epoch milliseconds. `steady`: milliseconds since any instant. */
  constructor(
    db: Database,
    worker: string,
    leaseMs: number,
    clock: () => Promise<number>,
    steady = () => performance.now(),
  ) {
    this.lane = db.lane;
    this.boot = db.folder === undefined ? undefined : thisBoot();
    this.worker = worker;
    this.leaseMs = leaseMs;
    this.clock = clock;
    this.steady = steady;
  }

  /** Sees to it that more than half of the lease is left. */
  async renew(): Promise<void> {
    const asked = this.steady();
    if (asked - this.renewedAt < this.leaseMs / 2) return;
    const until = (await this.clock()) + this.leaseMs;
    const renewed = await this.lane.run(sql`
      UPDATE worker SET lease_until = ${until}::bigint WHERE worker = ${this.worker}::text`);
    if (renewed === 0)
      await this.lane.run(sql`
        INSERT INTO worker (worker, lease_until, boot, boot_id)
        VALUES (${this.worker}, ${until}, ${this.boot?.at ?? null}, ${this.boot?.id ?? null})`);
    this.renewedAt = asked;
  }

  /** Returns true if a message that gets a connection now is done with before the lease ends. */
  covers(): boolean {
    return this.steady() - this.renewedAt < this.leaseMs * 0.55;
  }

  /** To be called when nothing is claimed any more. */
  async end(): Promise<void> {
    if (this.renewedAt > Number.NEGATIVE_INFINITY)
      await this.lane.run(sql`DELETE FROM worker WHERE worker = ${this.worker}::text`);
  }
}
