import { later } from '../../spec/words/t.ts';
import { addressHash } from '../store/canonical-address.ts';
import type { Database } from '../store/database.ts';
import type { Breaker } from './breaker.ts';
import type { Carrier, Cut, Outcome, Outgoing } from './carriers/carrier.ts';
import type { DispatchOptions } from './dispatch.ts';
import { type Entry, handled, inDoubt, returned } from './entry.ts';
import type { Lease } from './leases.ts';
import type { Claimed } from './outbox.ts';
import { Pace, Slots } from './pace.ts';
import { Recorder } from './recorder.ts';
import type { Prepared } from './render.ts';
import { resends } from './resend.ts';
import { Supply } from './supply.ts';
import { emptyTally, type Tally } from './tally.ts';
import { openTransit, type Transit } from './transit.ts';

/** The ratio of messages that are claimed at once to those that are admitted at once. */
const claims = 2;

/**
 * Sends what is due on one channel. While messages are on connections, the next are claimed and admitted and the
 * outcomes of earlier ones settled, so that no connection is idle for the store's sake.
 */
export class ChannelDispatch {
  readonly tally: Tally = emptyTally();
  private readonly deps: DispatchOptions;
  private readonly carrier: Carrier;
  private readonly channel: string;
  /** The address that gets all messages instead of the customers; absent: each customer gets their own. */
  private readonly to: string | undefined;
  private readonly breaker: Breaker;
  private readonly slots: Slots;
  private readonly pace: Pace;
  private readonly lease: Lease;
  private readonly supply: Supply;
  private readonly transit: Transit;
  private readonly recorder: Recorder;
  private broken: unknown;

  constructor(db: Database, deps: DispatchOptions, channel: string, carrier: Carrier, breaker: Breaker) {
    const { rate, to } = deps.program.channels.find((c) => c.name === channel) ?? {};
    // A slow channel takes a second's worth at a time, so that what it holds does not grow stale in its hands.
    const { batch = 300 } = deps;
    const group = Math.max(1, Math.min(batch, Math.ceil(rate ?? batch)));
    const sizes = {
      claim: group * claims,
      admit: group,
      low: Math.min(Math.max(2 * carrier.concurrency, Math.ceil(group / 4)), group),
    };
    const worker = `${deps.worker} ${channel}`;
    this.deps = deps;
    this.channel = channel;
    this.to = to;
    this.carrier = carrier;
    this.breaker = breaker;
    this.slots = new Slots(carrier.concurrency);
    this.pace = new Pace(rate, deps.now, deps.sleep);
    this.lease = deps.leases.open(db, worker);
    this.transit = openTransit(db, worker);
    this.recorder = new Recorder(db, deps, worker, group, this.tally, breaker, this.transit);
    this.supply = new Supply(db, deps, {
      channel,
      worker,
      sizes,
      lease: this.lease,
      refuse: (entries) => this.recorder.add(entries),
      hash: (to) => this.hash(to),
      leaving: this.transit.addresses,
      stopping: () => this.stopping,
    });
  }

  /** Marketing messages were left because no look for withdrawals was fresh. */
  get waiting(): boolean {
    return this.supply.waiting;
  }

  async run(): Promise<void> {
    const wire = new Set<Promise<void>>();
    try {
      while (!this.stopping) {
        // A slot first: a message that waits for one after its admission would become stale.
        await this.slots.take();
        await this.pace.pass();
        const message = await this.supply.next();
        if (!message) break;
        const sending = this.send(message).then(() => this.slots.give());
        wire.add(sending);
        void sending.then(() => wire.delete(sending));
        if (this.breaker.probing) await sending;
      }
    } finally {
      await Promise.all(wire);
      await this.supply.close();
      await this.recorder.finish();
      await this.transit.close();
      // An uncertain message is settled by the lease's end.
      if (this.broken === undefined) await this.lease.end();
    }
    if (this.broken !== undefined) throw this.broken;
  }

  private get stopping(): boolean {
    const { signal, now } = this.deps;
    return (
      this.breaker.stopped(now()) || this.recorder.failed || this.broken !== undefined || (signal?.aborted ?? false)
    );
  }

  private async send({ claimed, templateHash, ready }: Prepared): Promise<void> {
    const { now } = this.deps;
    if ('outcome' in ready) {
      this.recorder.add([handled(claimed, templateHash, ready.outcome, now(), false)]);
      return;
    }
    const address = this.to === undefined ? this.hash(ready.outgoing.to) : null;
    try {
      await this.transit.begin(claimed.message, address);
    } catch (error) {
      this.broken = error;
      return;
    }
    const outcome: Outcome | Cut = this.lease.covers()
      ? await this.handOver(this.to === undefined ? ready.outgoing : { ...ready.outgoing, to: this.to })
      : { status: 'retry', reason: 'temporary', detail: 'too slow' };
    const entry =
      outcome.status === 'cut'
        ? this.cutOff(claimed, templateHash, outcome)
        : this.answered(claimed, templateHash, outcome);
    if (entry.attempted) entry.address = address;
    // A fault of the test address says nothing about the customer's address.
    if (this.to !== undefined) entry.bounced = false;
    try {
      await this.transit.done(entry);
    } catch (error) {
      this.broken = error;
    }
    this.recorder.add([entry]);
  }

  private answered(claimed: Claimed, templateHash: string | null, outcome: Outcome): Entry {
    if (this.breaker.count(outcome, this.deps.now())) this.logStop();
    return handled(claimed, templateHash, outcome, this.deps.now());
  }

  /** The end leaves a message as a crash would have. */
  private cutOff(claimed: Claimed, templateHash: string | null, cut: Cut): Entry {
    if (!cut.inDoubt) return returned(claimed.message);
    return inDoubt(claimed, templateHash, resends(this.deps.program, this.channel, claimed.category));
  }

  private hash(to: string): string | null {
    const { channels, data } = this.deps.program;
    const attribute = channels.find(({ name }) => name === this.channel)?.address;
    const field = data.customers.attributes.find(({ name }) => name === attribute);
    return field ? addressHash(field.type, to) : null;
  }

  private logStop(): void {
    const { reason, detail, since = 0, until } = this.breaker.trouble ?? {};
    const times = { since: new Date(since).toISOString(), again: new Date(until ?? 0).toISOString() };
    this.deps.log?.warn(
      { channel: this.channel, reason, detail, ...times },
      later`channel stopped: it fails every time`,
    );
  }

  /** A carrier of somebody else's may throw, also at once, or answer with what is no outcome: the message may have left. */
  private async handOver(outgoing: Outgoing): Promise<Outcome | Cut> {
    try {
      const outcome = await this.carrier.send(outgoing, this.deps.cut);
      if (isOutcome(outcome)) return outcome;
      throw new TypeError('not an outcome');
    } catch (error) {
      const kind = error instanceof Error ? error.name : 'error';
      this.deps.log?.warn({ channel: this.channel, message: outgoing.id, kind }, later`carrier failed`);
      return { status: 'unknown', reason: 'carrier-error', detail: kind };
    }
  }
}

/** Returns true if the answer of a carrier is what its type promises. */
function isOutcome(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null) return false;
  const { status, reason, detail, afterMs } = answer as Record<string, unknown>;
  if (status === 'cut') return true;
  const explained = status === 'sent' || typeof reason === 'string';
  const timed = afterMs === undefined || Number.isFinite(afterMs);
  return (
    ['sent', 'failed', 'retry', 'unknown'].includes(String(status)) &&
    explained &&
    timed &&
    (detail === undefined || typeof detail === 'string')
  );
}
