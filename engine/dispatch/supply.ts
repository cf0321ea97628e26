import type { Database } from '../store/database.ts';
import { admit, type Pending } from './admit.ts';
import { type Subject, Subjects } from './data.ts';
import type { DispatchDeps } from './dispatch.ts';
import { claim, release } from './outbox.ts';
import { type Prepared, prepare } from './render.ts';
import { add, type Tally } from './tally.ts';

/** How long the last look at a message holds before it must be taken again, milliseconds. */
const fresh = 300;

export interface SupplySizes {
  /** Messages claimed at once. */
  claim: number;
  /** Messages looked at for the last time at once: the most that a crash leaves unknown, besides the unrecorded ones. */
  admit: number;
  /** The next are looked at when no more than this are left. */
  low: number;
}

interface Waiting extends Pending {
  subject: Subject | undefined;
}

/** The messages of one channel that may leave now, in order; claims and admits ahead of the wire, renders at its edge. */
export class Supply {
  private readonly db: Database;
  private readonly deps: DispatchDeps;
  private readonly channel: string;
  private readonly sizes: SupplySizes;
  private readonly tally: Tally;
  private readonly stopping: () => boolean;
  private readonly subjects: Subjects;
  private readonly render: ReturnType<typeof prepare>;
  private claimed: Waiting[] = [];
  private admitted: Waiting[] = [];
  private admittedAt = 0;
  private claiming: Promise<void> | undefined;
  private admitting: Promise<void> | undefined;
  private dry = false;

  constructor(
    db: Database,
    deps: DispatchDeps,
    channel: string,
    sizes: SupplySizes,
    tally: Tally,
    stopping: () => boolean,
  ) {
    this.db = db;
    this.deps = deps;
    this.channel = channel;
    this.sizes = sizes;
    this.tally = tally;
    this.stopping = stopping;
    this.subjects = new Subjects(db, deps.program);
    this.render = prepare(deps.program, deps.renderer, channel);
  }

  /** The next message that may leave this instant; undefined when nothing is due any more or nothing shall leave. */
  async next(): Promise<Prepared | undefined> {
    for (;;) {
      if (this.stopping()) return undefined;
      if (this.admitted.length > 0 && this.deps.now() - this.admittedAt > fresh) {
        this.claimed = [...this.admitted, ...this.claimed];
        this.admitted = [];
      }
      if (this.admitted.length <= this.sizes.low) this.refill();
      const message = this.admitted.shift();
      if (message) return this.render(message.claimed, message.subject);
      if (this.admitting) await this.admitting;
      else if (this.claiming) await this.claiming;
      else return undefined;
    }
  }

  /** Gives back what has not left. */
  async close(): Promise<void> {
    await Promise.allSettled([this.claiming, this.admitting]);
    const left = [...this.admitted, ...this.claimed].map((each) => each.claimed.message);
    await release(this.db, this.deps.worker, left);
  }

  private refill(): void {
    if (!this.claiming && !this.dry && this.claimed.length <= this.sizes.admit)
      this.claiming = background(
        this.claim().finally(() => {
          this.claiming = undefined;
        }),
      );
    if (!this.admitting && this.claimed.length > 0)
      this.admitting = background(
        this.admit().finally(() => {
          this.admitting = undefined;
        }),
      );
  }

  private async claim(): Promise<void> {
    const now = this.deps.now();
    const claimed = await claim(this.db, this.channel, this.lease(), this.sizes.claim);
    // Fewer than asked for: what becomes due from here on is the next dispatch's.
    this.dry = claimed.length < this.sizes.claim;
    const subjects = await this.subjects.of(claimed, now);
    for (const message of claimed) {
      const subject = subjects.get(message.message);
      const candidate = subject?.candidate ?? { category: message.category };
      this.claimed.push({ claimed: message, candidate, subject });
    }
  }

  private async admit(): Promise<void> {
    const group = this.claimed.splice(0, this.sizes.admit);
    const { admitted, refused } = await admit(this.db, this.deps.program, this.channel, this.lease(), group);
    add(this.tally, refused);
    // Waiting for the store's turn came before the look. Of what is there already the look is the older one.
    if (this.admitted.length === 0) this.admittedAt = this.deps.now();
    this.admitted.push(...admitted);
  }

  private lease() {
    return { worker: this.deps.worker, leaseMs: this.deps.leaseMs, now: this.deps.now() };
  }
}

/** A failure is met where the work is awaited; until then it must not count as unhandled. */
function background(work: Promise<void>): Promise<void> {
  work.catch(() => {});
  return work;
}
