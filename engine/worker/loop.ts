import sql from 'sql-template-tag';
import type { Channel } from '../../spec/model/model.ts';
import { later } from '../../spec/words/t.ts';
import { withLaterProblems } from '../data/intake/found-later.ts';
import { intake } from '../data/intake/intake.ts';
import { logReadings } from '../data/intake/log-readings.ts';
import { refuseUnreadable } from '../data/intake/unreadable.ts';
import type { Carrier } from '../delivery/carriers/carrier.ts';
import { type OpenCarrier, openCarriers } from '../delivery/carriers/open.ts';
import { cutAfter } from '../delivery/cut.ts';
import { type DispatchLog, dispatch, type Look } from '../delivery/dispatch.ts';
import { createRenderer } from '../delivery/render/renderer.ts';
import { currentDeployment } from '../deploy/apply.ts';
import { runnable } from '../deploy/runnable.ts';
import { gridInstant } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import { readCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { type Pause, readPauses } from '../store/pauses.ts';
import { prepareTables } from '../store/tables.ts';
import type { Activity } from '../tick/activity.ts';
import { UserError } from '../user-error.ts';
import { takeOver } from './leases.ts';
import { Watch } from './send-due.ts';
import { sharedClock } from './shared-clock.ts';
import { Superseded, tickDeployed } from './tick-deployed.ts';

export interface LoopOptions {
  /** The folder from which the program's sources are read. */
  root: string;
  /** Version of the tz database in use. */
  tz: string;
  /** Unique to this process's life. */
  worker: string;
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after that many milliseconds, or when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  openCarrier: OpenCarrier;
  /** True if the readable rows of the data files are taken as they are. */
  allowBadData?: boolean;
  /** Ends the loop in order: the tick under way is finished, what is on the wire is recorded. */
  signal: AbortSignal;
  log: DispatchLog;
}

/** The deployment that is applied: `replaced` is aborted when another deployment takes its place. */
interface Running {
  serial: number;
  program: Program;
  replaced: AbortController;
}

/** The interval at which messages that have become due between ticks (retries, the end of quiet hours) leave, milliseconds. */
const DISPATCH_EVERY = 1000;
/** The interval at which a new deployment is looked for, milliseconds. */
const LOOK_EVERY = 500;
/** No sleep is longer, so that a change of the system's clock is noticed. */
const LONGEST_SLEEP = 30_000;

/**
 * Ticks on the grid and dispatches in between until told to end. An apply by somebody else is picked up within a
 * second. Throws UserError where nothing is applied; errors of the store end the loop.
 */
export async function runLoop(db: Database, options: LoopOptions): Promise<void> {
  const broken = new AbortController();
  const signal = AbortSignal.any([options.signal, broken.signal]);
  const { cut, clear } = cutAfter(signal);
  const loop = new Loop(db, { ...options, signal, cut, fail: () => broken.abort() });
  await loop.begin();
  const ends = [loop.tick(), loop.dispatch(), loop.watch()].map((work) =>
    work.catch((error: unknown) => {
      broken.abort();
      throw error;
    }),
  );
  const failed = (await Promise.allSettled(ends)).find((end) => end.status === 'rejected');
  clear();
  if (failed) throw failed.reason;
}

class Loop {
  private readonly db: Database;
  private readonly options: LoopOptions & { cut: AbortSignal; fail(): void };
  private running: Running | undefined;
  /** The carriers that were opened at the start. */
  private ready = new Map<string, Carrier>();
  private readonly sending = new Map<string, Promise<void>>();

  constructor(db: Database, options: LoopOptions & { cut: AbortSignal; fail(): void }) {
    this.db = db;
    this.options = options;
  }

  async begin(): Promise<void> {
    const { program, serial } = await this.current();
    // Said before anything is read or ticked.
    this.ready = await openCarriers(program, this.options.openCarrier);
    const { log, now, root, allowBadData } = this.options;
    await prepareTables(this.db, program.data);
    if (!allowBadData)
      logReadings(
        log,
        await this.db.transaction(async (tx) => {
          const at = now();
          const { sources } = await intake(tx, program, { root, at });
          await refuseUnreadable(tx, program);
          return withLaterProblems(tx, sources, [at]);
        }),
      );
    const lapsed = await takeOver(this.db, program, now());
    if (lapsed.unknown + lapsed.again > 0) log.warn({ ...lapsed }, later`an earlier run ended in the middle`);
    log.info({ deployment: serial, hash: program.hash, tick: program.project.tick }, later`running`);
  }

  async tick(): Promise<void> {
    const { signal, now } = this.options;
    while (!signal.aborted) {
      const running = await this.current();
      const { tick } = running.program.project;
      const at = gridInstant(running.program, now());
      if (!(await this.tickAt(running, at))) continue;
      while (!signal.aborted && now() < at + tick) await this.sleep(at + tick - now());
    }
  }

  /** Returns false where another deployment came in between, so that it must be done again. */
  private async tickAt(running: Running, at: number): Promise<boolean> {
    const { root, tz, log, now } = this.options;
    const last = await readCursor(this.db, 'tick');
    const began = now();
    try {
      const badData = this.options.allowBadData ? 'accept' : 'withhold';
      let activity: Activity | undefined;
      const onActivity = (done: Activity) => {
        activity = done;
      };
      const done = await tickDeployed(this.db, running, { at, now: began, root, tz, badData, onActivity });
      const { ticked, read, wasAhead, withheld } = done;
      if (wasAhead !== undefined)
        log.warn(
          { lastTick: iso(wasAhead), clock: iso(began) },
          later`the last tick lay after the clock: ticking goes on from the clock`,
        );
      logReadings(log, read);
      for (const one of done.later ?? []) log.warn({ ...one }, later`problems in what was read before`);
      for (const one of withheld?.began ?? []) log.warn({ ...one }, later`waits: a data file cannot be relied on`);
      for (const one of withheld?.ended ?? [])
        log.info({ ...one }, later`goes on: the data file can be relied on again`);
      if (done.removed)
        log.warn({ ...done.removed }, later`customers removed, who are in no file of customers any more`);
      if (!ticked) {
        if (last !== undefined && last > at)
          log.warn(
            { lastTick: iso(last), clock: iso(began) },
            later`the last tick lies after the clock: waiting until then`,
          );
        return true;
      }
      const missed = last === undefined || wasAhead !== undefined ? 0 : (at - last) / running.program.project.tick - 1;
      if (missed > 0) log.warn({ missed }, later`catching up`);
      log.info({ at: iso(at), ms: now() - began, ...activity }, later`tick`);
      return true;
    } catch (error) {
      if (error instanceof Superseded) return false;
      throw error;
    }
  }

  /** Sends on every channel by itself, for one deployment after the other. */
  async dispatch(): Promise<void> {
    const { signal, root, now, log, allowBadData = false } = this.options;
    while (!signal.aborted) {
      const running = await this.current();
      const over = AbortSignal.any([signal, running.replaced.signal]);
      const watch = new Watch(this.db, { program: running.program, root, now, log, allowBadData });
      const watching = watch.run(over);
      for (const channel of running.program.channels) {
        // Messages that the earlier deployment has on a connection come first.
        const before = this.sending.get(channel.name) ?? Promise.resolve();
        const sending = before.then(() => this.sendOn(running.program, channel, watch.looked, over));
        sending.catch(this.options.fail);
        this.sending.set(channel.name, sending);
      }
      await watching;
    }
    await Promise.all(this.sending.values());
  }

  /** Notices another deployment, and pauses, also in the middle of a long dispatch. */
  async watch(): Promise<void> {
    const { signal } = this.options;
    let pauses: Pause[] = [];
    while (!signal.aborted) {
      await this.current();
      pauses = await this.tellPauses(pauses);
      await this.sleep(LOOK_EVERY);
    }
  }

  /** `known`: those that have been logged. Returns what is paused now. */
  private async tellPauses(known: Pause[]): Promise<Pause[]> {
    const { log } = this.options;
    const pauses = await readPauses(this.db);
    const key = ({ kind, name, since }: Pause) => `${kind} ${name} ${since}`;
    const [before, now] = [new Set(known.map(key)), new Set(pauses.map(key))];
    const fields = ({ kind, name, since }: Pause) => ({ [kind]: name || true, since: new Date(since).toISOString() });
    for (const one of known) if (!now.has(key(one))) log.info(fields(one), later`resumed`);
    for (const one of pauses) if (!before.has(key(one))) log.warn(fields(one), later`paused`);
    return pauses;
  }

  /** Sends on one channel until the signal is aborted. */
  private async sendOn(program: Program, channel: Channel, looked: () => Look, signal: AbortSignal): Promise<void> {
    const carrier = await this.open(channel, signal);
    if (!carrier) return;
    const { worker, now, log } = this.options;
    const carriers = new Map([[channel.name, carrier]]);
    const renderer = createRenderer(program.templates, program.partials, program.project, program.variables);
    const { cut } = this.options;
    try {
      while (!signal.aborted) {
        const leaseClock = sharedClock(this.db, now);
        await dispatch(this.db, { program, renderer, carriers, now, leaseClock, worker, signal, cut, looked, log });
        await this.sleep(DISPATCH_EVERY, signal);
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
        await this.sleep(LONGEST_SLEEP, signal);
      }
    }
    return undefined;
  }

  private async current(): Promise<Running> {
    if (this.running) {
      const [row] = await this.db.query<{ serial: number }>(sql`SELECT max(serial) AS serial FROM deployment`);
      if (this.running.serial === row?.serial) return this.running;
    }
    const { serial, program } = runnable(await currentDeployment(this.db));
    // The other loop may have come first while this one read.
    if (this.running?.serial === serial) return this.running;
    if (this.running) this.options.log.info({ deployment: serial, hash: program.hash }, later`a new deployment`);
    this.running?.replaced.abort();
    this.running = { serial, program, replaced: new AbortController() };
    return this.running;
  }

  private sleep(ms: number, signal = this.options.signal): Promise<void> {
    return this.options.sleep(Math.min(ms, LONGEST_SLEEP), signal);
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
