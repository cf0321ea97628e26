import sql from 'sql-template-tag';
import type { Clock } from '../clock.ts';
import type { Lease, Leases } from '../delivery/leases.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { type Boot, thisBoot } from './boot.ts';
import { expireLeases, sharedClock } from './leases.ts';

/** The time that claims hold without a sign of life from their worker, milliseconds. */
const LEASE = 5 * 60_000;

export interface LeaseOptions extends Pick<Clock, 'now' | 'steady'> {
  program: Program;
  /** Unique to this process's life. */
  worker: string;
  /** The clock of leases, which the workers of a store share; default: `sharedClock`. */
  clock?: typeof sharedClock;
}

/** Returns the leases of this process. */
export function createLeases({ program, worker, now, steady, clock = sharedClock }: LeaseOptions): Leases {
  return {
    expire: async (db) => expireLeases(db, program, now(), { clock: await clock(db, now)(), self: worker }),
    open: (db, of) => new WorkerLease(db, of, LEASE, clock(db, now), steady),
  };
}

/**
 * The lease of one worker: while it runs, nobody else touches what the worker has claimed. Its end in the store is an instant of
 * the clock that all workers of the store share. What it covers is measured on a clock that nobody can set.
 */
class WorkerLease implements Lease {
  private readonly lane: Database;
  private readonly worker: string;
  private readonly leaseMs: number;
  /** Undefined where nothing is written beside the store. */
  private readonly boot: Boot | undefined;
  private readonly clock: () => Promise<number>;
  private readonly steady: () => number;
  private renewedAt = Number.NEGATIVE_INFINITY;

  /** `clock`: of all workers, epoch milliseconds. `steady`: milliseconds since any instant. */
  constructor(db: Database, worker: string, leaseMs: number, clock: () => Promise<number>, steady: () => number) {
    this.lane = db.lane;
    this.boot = db.folder === undefined ? undefined : thisBoot();
    this.worker = worker;
    this.leaseMs = leaseMs;
    this.clock = clock;
    this.steady = steady;
  }

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

  covers(): boolean {
    return this.steady() - this.renewedAt < this.leaseMs * 0.55;
  }

  async end(): Promise<void> {
    if (this.renewedAt > Number.NEGATIVE_INFINITY)
      await this.lane.run(sql`DELETE FROM worker WHERE worker = ${this.worker}::text`);
  }
}
