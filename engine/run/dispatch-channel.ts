import type { Carrier, Outcome } from '../channels/carrier.ts';
import type { Database } from '../store/database.ts';
import type { DispatchDeps } from './dispatch.ts';
import { Subjects } from './dispatch-data.ts';
import { Pace } from './dispatch-pace.ts';
import { type Attempt, record } from './dispatch-record.ts';
import { type Prepared, prepare } from './dispatch-render.ts';
import { Slots } from './dispatch-slots.ts';
import { add, emptyTally, type Tally } from './dispatch-tally.ts';
import { claim, release, start } from './outbox.ts';

/** How long the last look at a message holds before it must be taken again, milliseconds. */
const fresh = 2_000;

/**
 * Sends what is due on one channel. While one group is on the wire the next is claimed and rendered and the one before
 * is recorded, so that the wire is never idle for the store's sake.
 */
export class ChannelDispatch {
  readonly tally: Tally = emptyTally();
  /** The way out itself does not work; the rest was left in the outbox. */
  stalled = false;
  private readonly db: Database;
  private readonly deps: DispatchDeps;
  private readonly carrier: Carrier;
  private readonly channel: string;
  private readonly slots: Slots;
  private readonly pace: Pace;
  private readonly subjects: Subjects;
  private readonly render: ReturnType<typeof prepare>;
  private readonly size: number;

  constructor(db: Database, deps: DispatchDeps, channel: string, carrier: Carrier) {
    const rate = deps.program.channels.find((c) => c.name === channel)?.rate;
    this.db = db;
    this.deps = deps;
    this.channel = channel;
    this.carrier = carrier;
    this.slots = new Slots(carrier.concurrency);
    this.pace = new Pace(rate, deps.now, deps.sleep);
    this.subjects = new Subjects(db, deps.program);
    this.render = prepare(deps.program, deps.renderer, channel);
    // A slow channel takes a second's worth at a time, so that what it holds does not grow stale in its hands.
    this.size = Math.max(1, Math.min(deps.batch, Math.ceil(rate ?? deps.batch)));
  }

  async run(): Promise<void> {
    let recording = Promise.resolve();
    let before = recording;
    let ahead = this.next();
    try {
      for (let group = await ahead; group !== undefined; group = await ahead) {
        ahead = this.next();
        // Awaited in the next round; until then a failure must not count as unhandled.
        ahead.catch(() => {});
        const outcomes = await this.send(group);
        await before;
        before = recording;
        recording = Promise.all([recording, Promise.all(outcomes)]).then(([, attempts]) => this.record(attempts));
        recording.catch(() => {});
      }
    } finally {
      await recording;
    }
  }

  private get stopping(): boolean {
    return this.stalled || (this.deps.signal?.aborted ?? false);
  }

  /** The next group, rendered; undefined when nothing is due or nothing more shall be taken. */
  private async next(): Promise<Prepared[] | undefined> {
    if (this.stopping) return undefined;
    const { claimed, refused } = await claim(this.db, this.claiming(), this.size);
    add(this.tally, refused);
    if (claimed.length === 0 && refused.suppressed + refused.expired + refused.held === 0) return undefined;
    const subjects = await this.subjects.of(claimed);
    return claimed.map((message) => this.render(message, subjects.get(message.message)));
  }

  /** Puts a group on the wire and returns what will become of each, without waiting for it. */
  private async send(group: Prepared[]): Promise<Promise<Attempt>[]> {
    const attempts: Promise<Attempt>[] = [];
    let waiting = group;
    while (waiting.length > 0) {
      if (this.stopping) {
        await release(
          this.db,
          this.deps.worker,
          waiting.map((each) => each.claimed.message),
        );
        break;
      }
      const cleared = await this.start(waiting);
      const checked = this.deps.now();
      waiting = [];
      for (const [i, each] of cleared.entries()) {
        if ('outcome' in each.ready) {
          attempts.push(Promise.resolve(attempt(each, each.ready.outcome)));
          continue;
        }
        await this.slots.take();
        await this.pace.pass();
        if (this.stopping || this.deps.now() - checked > fresh) {
          this.slots.give();
          waiting = cleared.slice(i);
          break;
        }
        const sending = this.carrier.send(each.ready.outgoing).catch((error: unknown) => this.broke(each, error));
        attempts.push(sending.finally(() => this.slots.give()).then((outcome) => attempt(each, outcome)));
      }
    }
    return attempts;
  }

  /** The group without those that may not leave any more. */
  private async start(group: Prepared[]): Promise<Prepared[]> {
    const messages = group.map((each) => each.claimed.message);
    const { claimed, refused } = await start(this.db, this.claiming(), messages);
    add(this.tally, refused);
    const kept = new Map(claimed.map((each) => [each.message, each]));
    if (kept.size + refused.suppressed + refused.expired + refused.held < group.length)
      // Leases that ran out in our hands: nothing of these left.
      await release(
        this.db,
        this.deps.worker,
        messages.filter((message) => !kept.has(message)),
      );
    return group.flatMap((each) => {
      const now = kept.get(each.claimed.message);
      return now ? [{ ...each, claimed: now }] : [];
    });
  }

  private async record(attempts: Attempt[]): Promise<void> {
    if (attempts.length === 0) return;
    const states = await record(this.db, this.deps.worker, this.deps.now(), attempts);
    for (const [i, state] of states.entries()) {
      if (state === 'decided') this.tally.retried++;
      else this.tally[state]++;
      const outcome = attempts[i]?.outcome;
      if (outcome?.status === 'failed' && outcome.bounce) this.tally.bounced++;
    }
    this.stalled ||= attempts.every(({ outcome }) => outcome.status === 'retry' && outcome.reason !== 'temporary');
    if (this.stalled) this.deps.log?.warn({ channel: this.channel, ...lastAnswer(attempts) }, 'channel out of order');
  }

  private broke(each: Prepared, error: unknown): Outcome {
    const kind = error instanceof Error ? error.name : 'error';
    this.deps.log?.warn({ channel: this.channel, message: each.claimed.message, kind }, 'carrier failed');
    return { status: 'unknown', reason: 'carrier-error', detail: kind };
  }

  private claiming() {
    const { program, worker, leaseMs } = this.deps;
    return { program, channel: this.channel, worker, leaseMs, now: this.deps.now() };
  }
}

function attempt({ claimed, templateHash }: Prepared, outcome: Outcome): Attempt {
  const { message, attempts, expires_at } = claimed;
  return { message, attempts, expires_at, templateHash, outcome };
}

function lastAnswer(attempts: Attempt[]): { reason?: string; detail?: string } {
  const outcome = attempts.at(-1)?.outcome;
  if (outcome?.status !== 'retry') return {};
  return outcome.detail === undefined ? { reason: outcome.reason } : { reason: outcome.reason, detail: outcome.detail };
}
