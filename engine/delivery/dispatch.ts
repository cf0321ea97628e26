import { later } from '../../spec/words/t.ts';
import type { Clock } from '../clock.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { Breaker } from './breaker.ts';
import type { Carrier } from './carriers/carrier.ts';
import { ChannelDispatch } from './channel.ts';
import { expirePaused } from './expire-paused.ts';
import type { Lapsed, Leased, Leases } from './leases.ts';
import { anyDue } from './outbox.ts';
import type { Renderer } from './render/renderer.ts';
import { add, emptyTally, type Tally } from './tally.ts';

export interface DispatchOptions extends Pick<Clock, 'now' | 'sleep'> {
  program: Program;
  renderer: Renderer;
  /** The carriers by channel. Messages that are due on a channel without one stay in the outbox. */
  carriers: Map<string, Carrier>;
  /** Unique to a process's life: a restarted worker is another one. */
  worker: string;
  leases: Leases;
  /** The number of messages that are looked at and settled at once; default 300. */
  batch?: number;
  /** Stops claiming; what is on a connection is finished and recorded, the rest given back. */
  signal?: AbortSignal;
  /** Breaks off what is on a connection. */
  cut?: AbortSignal;
  /** The latest look for withdrawals: marketing messages wait for one that is fresh. Absent: they do not. */
  looked?(): Look;
  /** Gets ids and counts, nothing personal. */
  log?: DispatchLog;
}

/** Instants, epoch milliseconds. */
export interface Look {
  began: number;
  ended: number;
}

export interface DispatchLog {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

export interface DispatchReport {
  total: Tally;
  channels: Record<string, Tally>;
  /** The settled claims of workers that are gone. */
  lapsed: Lapsed;
  /** Absent: nothing that is due is in the hands of other workers, or it was not asked. */
  leased?: Leased;
  /** Channels that are stopped because every message fails. */
  stalled: string[];
  /** Channels with marketing messages that wait for a fresh look for withdrawals. */
  waiting: string[];
}

/** Sends what is decided and due, until nothing is. Errors of the store are thrown after every connection has ended. */
export async function dispatch(db: Database, deps: DispatchOptions): Promise<DispatchReport> {
  const lapsed = await deps.leases.expire(db);
  await expirePaused(db, deps.now());
  const ends = await Promise.allSettled(
    [...deps.carriers].map(([channel, carrier]) => dispatchOn(db, deps, channel, carrier)),
  );
  const total = emptyTally();
  const report: DispatchReport = { total, channels: {}, lapsed, stalled: [], waiting: [] };
  for (const end of ends) {
    if (end.status === 'rejected') throw end.reason;
    const { channel, tally, stalled, waiting } = end.value;
    add(total, tally);
    report.channels[channel] = tally;
    if (stalled) report.stalled.push(channel);
    if (waiting) report.waiting.push(channel);
  }
  if (lapsed.unknown > 0) deps.log?.warn({ ...lapsed }, later`leases ran out`);
  for (const [channel, tally] of Object.entries(report.channels))
    if (Object.values(tally).some((count) => count > 0)) deps.log?.info({ channel, ...tally }, later`dispatched`);
  return report;
}

async function dispatchOn(db: Database, deps: DispatchOptions, channel: string, carrier: Carrier) {
  const config = deps.program.channels.find((each) => each.name === channel)?.hash ?? '';
  const breaker = await Breaker.read(db, channel, config);
  const idle = { channel, tally: emptyTally(), stalled: breaker.trouble !== undefined, waiting: false };
  if (breaker.stopped(deps.now()) || !(await anyDue(db, channel, deps.now()))) return idle;
  const sending = new ChannelDispatch(db, deps, channel, carrier, breaker);
  await sending.run();
  return { channel, tally: sending.tally, stalled: breaker.trouble !== undefined, waiting: sending.waiting };
}
