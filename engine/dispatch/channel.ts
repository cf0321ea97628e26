import type { Carrier, Outcome } from '../channels/carrier.ts';
import type { Database } from '../store/database.ts';
import type { DispatchDeps } from './dispatch.ts';
import { Pace } from './pace.ts';
import { Recorder } from './recorder.ts';
import type { Prepared } from './render.ts';
import { Slots } from './slots.ts';
import { Supply } from './supply.ts';
import { emptyTally, type Tally } from './tally.ts';

/** How many times as many messages are claimed at once as are admitted at once: claims are dear, and safe. */
const claims = 5;

/**
 * Sends what is due on one channel. While messages are on the wire, the next are claimed and admitted and the
 * outcomes of earlier ones recorded, so that the wire is never idle for the store's sake.
 */
export class ChannelDispatch {
  readonly tally: Tally = emptyTally();
  private readonly deps: DispatchDeps;
  private readonly carrier: Carrier;
  private readonly channel: string;
  private readonly slots: Slots;
  private readonly pace: Pace;
  private readonly supply: Supply;
  private readonly recorder: Recorder;

  constructor(db: Database, deps: DispatchDeps, channel: string, carrier: Carrier) {
    const rate = deps.program.channels.find((c) => c.name === channel)?.rate;
    // A slow channel takes a second's worth at a time, so that what it holds does not grow stale in its hands.
    const group = Math.max(1, Math.min(deps.batch, Math.ceil(rate ?? deps.batch)));
    const sizes = {
      claim: group * claims,
      admit: group,
      low: Math.min(Math.max(2 * carrier.concurrency, Math.ceil(group / 2)), group),
    };
    this.deps = deps;
    this.channel = channel;
    this.carrier = carrier;
    this.slots = new Slots(carrier.concurrency);
    this.pace = new Pace(rate, deps.now, deps.sleep);
    this.recorder = new Recorder(db, deps.worker, deps.now, group, this.tally);
    this.supply = new Supply(db, deps, channel, sizes, this.tally, () => this.stopping);
  }

  /** The way out itself does not work; the rest was left in the outbox. */
  get stalled(): boolean {
    return this.recorder.stalled !== undefined;
  }

  async run(): Promise<void> {
    const wire = new Set<Promise<void>>();
    try {
      for (;;) {
        // The turn comes first: waiting for it would make a message's admission stale.
        await this.recorder.room();
        await this.slots.take();
        await this.pace.pass();
        const message = await this.supply.next();
        if (!message) break;
        const sending = this.send(message).then(() => this.slots.give());
        wire.add(sending);
        void sending.then(() => wire.delete(sending));
      }
    } finally {
      await Promise.all(wire);
      await this.supply.close();
      await this.recorder.finish();
    }
    const last = this.recorder.stalled?.outcome;
    if (last) this.deps.log?.warn({ channel: this.channel, ...last }, 'channel out of order');
  }

  private get stopping(): boolean {
    return this.stalled || this.recorder.failed || (this.deps.signal?.aborted ?? false);
  }

  private async send({ claimed, templateHash, ready }: Prepared): Promise<void> {
    const { message, attempts, expires_at } = claimed;
    const outcome =
      'outcome' in ready
        ? ready.outcome
        : await this.carrier.send(ready.outgoing).catch((error: unknown) => this.broke(message, error));
    this.recorder.add({ message, attempts, expires_at, templateHash, outcome });
  }

  private broke(message: string, error: unknown): Outcome {
    const kind = error instanceof Error ? error.name : 'error';
    this.deps.log?.warn({ channel: this.channel, message, kind }, 'carrier failed');
    return { status: 'unknown', reason: 'carrier-error', detail: kind };
  }
}
