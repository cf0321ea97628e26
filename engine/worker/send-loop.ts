import type { Channel } from '../../spec/model/model.ts';
import { later } from '../../spec/words/t.ts';
import type { Carrier } from '../delivery/carriers/carrier.ts';
import { dispatch, type Look } from '../delivery/dispatch.ts';
import { createRenderer } from '../delivery/render/renderer.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { UserError } from '../user-error.ts';
import { ConsentWatch } from './consent-watch.ts';
import type { Deployed } from './deployed.ts';
import { createLeases } from './lease.ts';
import { type LoopOptions, sleepAtMost } from './loop-options.ts';

/** The interval at which messages that have become due between ticks (retries, the end of quiet hours) leave, milliseconds. */
const DISPATCH_EVERY = 1000;

export interface SendLoopOptions extends LoopOptions {
  /** Breaks off what is on a connection. */
  cut: AbortSignal;
  /** Called when a channel ends by an error, which `run` throws. */
  fail(): void;
}

/** Sends what is due, on each channel for itself, and watches for withdrawals meanwhile. */
export class SendLoop {
  private readonly db: Database;
  private readonly deployed: Deployed;
  private readonly options: SendLoopOptions;
  /** The carriers that were opened at the start. */
  private readonly ready: Map<string, Carrier>;
  private readonly sending = new Map<string, Promise<void>>();

  constructor(db: Database, deployed: Deployed, ready: Map<string, Carrier>, options: SendLoopOptions) {
    this.db = db;
    this.deployed = deployed;
    this.ready = ready;
    this.options = options;
  }

  /** Sends until the signal is aborted, for one deployment after the other. */
  async run(): Promise<void> {
    const { signal, root, now, sleep, log, allowBadData = false } = this.options;
    while (!signal.aborted) {
      const running = await this.deployed.current();
      const over = AbortSignal.any([signal, running.replaced.signal]);
      const watch = new ConsentWatch(this.db, { program: running.program, root, now, sleep, log, allowBadData });
      const watching = watch.run(over);
      for (const channel of running.program.channels) {
        // Messages that the earlier deployment has on a connection are finished first.
        const before = this.sending.get(channel.name) ?? Promise.resolve();
        const sending = before.then(() => this.sendOn(running.program, channel, watch.looked, over));
        sending.catch(this.options.fail);
        this.sending.set(channel.name, sending);
      }
      await watching;
    }
    await Promise.all(this.sending.values());
  }

  /** Sends on one channel until the signal is aborted. */
  private async sendOn(program: Program, channel: Channel, looked: () => Look, signal: AbortSignal): Promise<void> {
    const carrier = await this.open(channel, signal);
    if (!carrier) return;
    const carriers = new Map([[channel.name, carrier]]);
    const leases = createLeases({ ...this.options, program });
    const renderer = createRenderer(program.templates, program.partials, program.project, program.variables);
    try {
      while (!signal.aborted) {
        await dispatch(this.db, { ...this.options, program, renderer, carriers, leases, signal, looked });
        await sleepAtMost(this.options, DISPATCH_EVERY, signal);
      }
    } finally {
      await carrier.close();
    }
  }

  /** A channel that does not open must not stop what works. */
  private async open(channel: Channel, signal: AbortSignal): Promise<Carrier | undefined> {
    const ready = this.ready.get(channel.name);
    this.ready.delete(channel.name);
    if (ready) return ready;
    while (!signal.aborted) {
      try {
        return await this.options.openCarrier(channel);
      } catch (error) {
        const message = error instanceof UserError ? error.message : String(error);
        this.options.log.warn(
          { channel: channel.name, error: message },
          later`channel does not open: nothing leaves on it`,
        );
        await sleepAtMost(this.options, Number.POSITIVE_INFINITY, signal);
      }
    }
    return undefined;
  }
}
