import { toCustomers, zoneAttribute } from '../program/facts.ts';
import type { Database } from '../store/database.ts';
import { admit, type Pending } from './admit.ts';
import { type Subject, Subjects } from './data.ts';
import type { DispatchOptions } from './dispatch.ts';
import type { Entry } from './entry.ts';
import { type Recipient, recipient } from './gates.ts';
import type { Lease } from './leases.ts';
import { type Claimed, claim, release } from './outbox.ts';
import { type Prepared, prepare } from './render.ts';

/** The time that the last look at a message holds before it must be taken again, milliseconds. */
const FRESH = 300;
/** The time after which a customer's attributes are read again; the address and the zone are compared at every look, milliseconds. */
const CURRENT = 5_000;
/** A marketing message is looked at when withdrawals have been looked for so short a time ago, milliseconds. */
const BEGAN = 600;
const ENDED = 300;
/** The time that marketing messages wait for that before they are given back, milliseconds. */
const PATIENCE = 500;
const STEP = 50;

export interface SupplySizes {
  /** Messages claimed at once. */
  claim: number;
  /** Messages looked at for the last time at once. */
  admit: number;
  /** The next are looked at when no more than this are left. */
  low: number;
}

export interface SupplyOptions {
  channel: string;
  worker: string;
  sizes: SupplySizes;
  lease: Lease;
  /** Gets the entries of messages that may not leave. */
  refuse(entries: Entry[]): void;
  /** Returns what the store keeps of an address of the channel. */
  hash(address: string): string | null;
  /** The addresses of messages that are on connections, by message. */
  leaving: ReadonlyMap<string, string>;
  stopping(): boolean;
}

interface Waiting extends Pending {
  subject: Subject | undefined;
  /** The moment at which the subject was read. */
  readAt: number;
}

/** The messages of one channel that may leave now, in order; claims and admits ahead of the wire, renders at its edge. */
export class Supply {
  private readonly db: Database;
  private readonly deps: DispatchOptions;
  private readonly options: SupplyOptions;
  private readonly subjects: Subjects;
  private readonly render: ReturnType<typeof prepare>;
  /** The attributes by which the channel reaches a customer. */
  private readonly reached: { address: string | undefined; zone: string | undefined };
  private claimed: Waiting[] = [];
  private admitted: Waiting[] = [];
  private admittedAt = 0;
  /** The number of changes by guests before the look at the admitted messages. */
  private admittedBy: number | undefined;
  private claiming: Promise<void> | undefined;
  private admitting: Promise<void> | undefined;
  private dry = false;
  private patience = PATIENCE;
  /** Marketing messages wait for a look for withdrawals. */
  waiting = false;

  constructor(db: Database, deps: DispatchOptions, options: SupplyOptions) {
    this.db = db;
    this.deps = deps;
    this.options = options;
    this.subjects = new Subjects(db, deps.program);
    const channel = deps.program.channels.find(({ name }) => name === options.channel);
    const personal = channel !== undefined && toCustomers(channel);
    this.reached = { address: channel?.address, zone: personal ? zoneAttribute(deps.program) : undefined };
    this.render = prepare(deps.program, deps.renderer, options.channel);
  }

  /** The next message that may leave this instant; undefined when nothing is due any more or nothing shall leave. */
  async next(): Promise<Prepared | undefined> {
    for (;;) {
      if (this.options.stopping()) return undefined;
      if (this.admitted.length > 0 && !this.isFresh()) {
        this.claimed = [...this.admitted, ...this.claimed];
        this.admitted = [];
      }
      if (this.admitted.length <= this.options.sizes.low) this.refill();
      const message = this.admitted.shift();
      if (message) return this.render(message.claimed, message.subject);
      if (this.admitting) await this.admitting;
      else if (this.claiming) await this.claiming;
      else if (!this.waiting || this.patience <= 0) return undefined;
      else {
        this.patience -= STEP;
        await this.deps.sleep(STEP);
      }
    }
  }

  /** Gives back what has not left. */
  async close(): Promise<void> {
    await Promise.allSettled([this.claiming, this.admitting]);
    const left = [...this.admitted, ...this.claimed].map((each) => each.claimed.message);
    await release(this.db.lane, this.options.worker, left);
  }

  /** Returns true if the last look still holds. What another process has changed, such as a removal, may forbid any message. */
  private isFresh(): boolean {
    return isWithin(this.deps.now(), this.admittedAt, FRESH) && this.admittedBy === this.db.guestChanges;
  }

  /** Returns true if a message may be looked at now. */
  private mayAdmit({ claimed }: Waiting): boolean {
    return claimed.category === 'transactional' || this.looked();
  }

  private looked(): boolean {
    if (!this.deps.looked) return true;
    const { began, ended } = this.deps.looked();
    const now = this.deps.now();
    return isWithin(now, began, BEGAN) || isWithin(now, ended, ENDED);
  }

  private refill(): void {
    if (!this.looked()) this.waiting ||= this.claimed.some((each) => !this.mayAdmit(each));
    else if (this.waiting) {
      this.waiting = false;
      this.dry = false;
    }
    if (!this.claiming && !this.dry && this.claimed.length <= this.options.sizes.low)
      this.claiming = background(
        this.claim().finally(() => {
          this.claiming = undefined;
        }),
      );
    if (!this.admitting && this.claimed.some((each) => this.mayAdmit(each)))
      this.admitting = background(
        this.admit().finally(() => {
          this.admitting = undefined;
        }),
      );
  }

  private async claim(): Promise<void> {
    const now = this.deps.now();
    const { channel, worker, sizes, lease } = this.options;
    await lease.renew();
    const only = this.looked() ? undefined : 'transactional';
    if (only) this.waiting = true;
    const claimed = await claim(this.db.lane, channel, worker, now, sizes.claim, only);
    // Fewer than asked for: what becomes due from here on is the next dispatch's.
    this.dry = claimed.length < sizes.claim;
    const read = await this.read(claimed);
    // The list may have been replaced meanwhile.
    this.claimed.push(...read);
  }

  private async read(claimed: Claimed[]): Promise<Waiting[]> {
    const readAt = this.deps.now();
    const subjects = await this.subjects.of(claimed, readAt);
    return claimed.map((message) => {
      const subject = subjects.get(message.message);
      const candidate = subject?.candidate ?? { category: message.category };
      return { claimed: message, candidate, subject, recipient: subject && this.recipientOf(subject), readAt };
    });
  }

  private recipientOf({ customer }: Subject): Recipient {
    const { address, zone } = this.reached;
    return recipient(address && customer[address], zone && customer[zone]);
  }

  /** Customers may have changed since their messages were claimed. */
  private async reread(group: Waiting[]): Promise<Waiting[]> {
    const old = group.filter(({ readAt }) => !isWithin(this.deps.now(), readAt, CURRENT));
    if (old.length === 0) return group;
    const read = await this.read(old.map(({ claimed }) => claimed));
    const anew = new Map(read.map((each) => [each.claimed.message, each]));
    return group.map((each) => anew.get(each.claimed.message) ?? each);
  }

  /** Messages of this channel that nobody holds back any more, with the addresses that they go to. */
  private leaving(): Map<string, string> {
    const all = new Map(this.options.leaving);
    for (const { claimed, recipient } of this.admitted) {
      const address = recipient?.address ? this.options.hash(recipient.address) : null;
      if (address !== null) all.set(claimed.message, address);
    }
    return all;
  }

  private async admit(): Promise<void> {
    const { channel, worker, sizes, lease, hash } = this.options;
    const able = this.claimed.filter((each) => this.mayAdmit(each));
    const group = able.slice(0, sizes.admit);
    const taken = new Set(group);
    this.claimed = this.claimed.filter((each) => !taken.has(each));
    const now = this.deps.now();
    const changes = this.db.guestChanges;
    await lease.renew();
    const { admitted, changed, refused } = await admit(
      this.db,
      { program: this.deps.program, channel, worker, now, hash, leaving: () => this.leaving() },
      await this.reread(group),
    );
    this.options.refuse(refused);
    this.claimed.unshift(...changed.map((each) => ({ ...each, readAt: Number.NEGATIVE_INFINITY })));
    const kept = [...admitted, ...changed].map((each) => each.claimed.message);
    const known = new Set([...kept, ...refused.map((entry) => entry.message)]);
    const dropped = group.map((each) => each.claimed.message).filter((message) => !known.has(message));
    await release(this.db.lane, worker, dropped);
    // The messages that are there already have the older look. A look that took long must not be in vain.
    if (this.admitted.length === 0) {
      this.admittedAt = Math.max(now, this.deps.now() - FRESH / 2);
      this.admittedBy = changes;
    }
    this.admitted.push(...admitted);
  }
}

/**
 * Returns true if `since` is at most `span` before `now`, all in milliseconds. False for an instant after now: the clock was set
 * back since, so nobody knows how long ago it was.
 */
function isWithin(now: number, since: number, span: number): boolean {
  return since <= now && now - since <= span;
}

/** Keeps a failure from counting as unhandled until the work is awaited. */
function background(work: Promise<void>): Promise<void> {
  work.catch(() => {});
  return work;
}
