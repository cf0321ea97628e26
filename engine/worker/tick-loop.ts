import { later } from '../../spec/words/t.ts';
import { logReadings } from '../data/intake/log-readings.ts';
import { gridInstant } from '../program/facts.ts';
import { readCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import type { Activity } from '../tick/activity.ts';
import type { Deployed, Running } from './deployed.ts';
import { type LoopOptions, sleepAtMost } from './loop-options.ts';
import { Superseded, tickDeployed } from './tick-deployed.ts';

/** Ticks on the grid until the signal is aborted. */
export async function tickOnGrid(db: Database, deployed: Deployed, options: LoopOptions): Promise<void> {
  const { signal, now } = options;
  while (!signal.aborted) {
    const running = await deployed.current();
    const { tick } = running.program.project;
    const at = gridInstant(running.program, now());
    if (!(await tickAt(db, running, at, options))) continue;
    while (!signal.aborted && now() < at + tick) await sleepAtMost(options, at + tick - now());
  }
}

/** Returns false where another deployment was applied meanwhile: the tick must be repeated by that one. */
async function tickAt(
  db: Database,
  running: Running,
  at: number,
  { root, tz, log, now, allowBadData }: LoopOptions,
): Promise<boolean> {
  const last = await readCursor(db, 'tick');
  const began = now();
  try {
    const badData = allowBadData ? 'accept' : 'withhold';
    let activity: Activity | undefined;
    const onActivity = (done: Activity) => {
      activity = done;
    };
    const done = await tickDeployed(db, running, { at, now: began, root, tz, badData, onActivity });
    const { ticked, read, wasAhead, withheld } = done;
    if (wasAhead !== undefined)
      log.warn(
        { lastTick: iso(wasAhead), clock: iso(began) },
        later`the last tick lay after the clock: ticking goes on from the clock`,
      );
    logReadings(log, read);
    for (const one of done.later ?? []) log.warn({ ...one }, later`problems in what was read before`);
    for (const one of withheld?.began ?? []) log.warn({ ...one }, later`waits: a data file cannot be relied on`);
    for (const one of withheld?.ended ?? []) log.info({ ...one }, later`goes on: the data file can be relied on again`);
    for (const one of done.paused ?? []) log.warn({ ...one }, later`its guardrails have paused it`);
    if (done.removed) log.warn({ ...done.removed }, later`customers removed, who are in no file of customers any more`);
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

function iso(at: number): string {
  return new Date(at).toISOString();
}
