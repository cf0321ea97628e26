import sql from 'sql-template-tag';
import type { OfDeclaration } from '../data/intake/declaring.ts';
import { strayFeedback, withLaterProblems } from '../data/intake/found-later.ts';
import { intake, type SourceReport } from '../data/intake/intake.ts';
import { refuseUnreadable } from '../data/intake/unreadable.ts';
import { type Withholding, withhold } from '../data/intake/withheld.ts';
import type { Deployment } from '../deploy/apply.ts';
import { readCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import type { Activity } from '../tick/activity.ts';
import { type GuardedPause, judgeGuardrails } from '../tick/guardrails.ts';
import { type Removed, removedAt } from '../tick/removed-customers.ts';
import { runTick } from '../tick/run-tick.ts';
import { setBack } from '../tick/set-back.ts';

/** Another deployment took the place of the one that was to tick; nothing has happened. */
export class Superseded extends Error {
  override name = 'Superseded';
}

export interface TickingOptions {
  /** The grid instant, epoch milliseconds. */
  at: number;
  /** The real time, or the time of `--at`, epoch milliseconds. */
  now: number;
  /** The real time, where `now` is earlier. */
  clock?: number;
  /** The folder from which the program's sources are read. */
  root: string;
  /** Version of the tz database in use. */
  tz: string;
  /**
   * The reaction of a tick to a data file that cannot be relied on: it is refused with a UserError; the campaigns that read
   * the file are withheld (the default); or what can be read is taken as it is.
   */
  badData?: 'refuse' | 'withhold' | 'accept';
  /** Gets the share of the data files that has been read, from 0 to 1. */
  onReading?: ((share: number) => void) | undefined;
  /** Gets the work of the tick, unless nobody was due. */
  onActivity?: (activity: Activity) => void;
}

export interface DeployedTick {
  /** Otherwise this instant, or a later one, had been ticked before. */
  ticked: boolean;
  read: SourceReport[];
  /** Problems of this tick in files that were read before it. */
  later?: (OfDeclaration & { problems: number })[];
  /** Campaigns that are withheld since this tick, and those that are no more. */
  withheld?: Withholding;
  /** Campaigns that their guardrails have paused in this tick. */
  paused?: GuardedPause[];
  /** Absent: nobody was removed. */
  removed?: Removed;
  /** Campaigns that were applied after this instant, by name: their first tick is the first one at `since` or later, epoch milliseconds. */
  beginning?: { campaign: string; since: number }[];
  /** The instant of the last tick, where it lies after this one: ticking waits until the clock has passed it. */
  waitsUntil?: number;
  /** The instant of the last tick, where it lay so long after the clock that ticking was set back to the clock. */
  wasAhead?: number;
}

/**
 * Reads what has changed in the sources, in a transaction of its own so that a large file does not keep others from the store for
 * longer than it must, and ticks. A tick by a program that is no longer applied would pass over what the new one waits for, so
 * both transactions check that: throws Superseded.
 */
export async function tickDeployed(
  db: Database,
  { serial, program }: Pick<Deployment, 'serial' | 'program'>,
  { at, now, clock = now, root, tz, badData = 'withhold', onReading, onActivity }: TickingOptions,
): Promise<DeployedTick> {
  const wasAhead = await setBack(db, program, clock);
  let read: SourceReport[] = [];
  let withheld: Withholding | undefined;
  const refuseSuperseded = async (tx: Database) => {
    const newer = await tx.query(sql`SELECT serial FROM deployment WHERE serial > ${serial}::integer`);
    if (newer.length > 0) throw new Superseded();
  };
  const before = async (tx: Database) => {
    await refuseSuperseded(tx);
    withheld = await withhold(tx, program, now, badData === 'accept');
  };
  const earlier = await readCursor(db, 'tick');
  if (earlier === undefined || earlier < at)
    await db.transaction(async (tx) => {
      await refuseSuperseded(tx);
      read = (await intake(tx, program, { root, at: now, clock, allowed: badData === 'accept', onReading })).sources;
      if (badData === 'refuse') await refuseUnreadable(tx, program);
    });
  let paused: GuardedPause[] = [];
  const after = async (tx: Database) => {
    paused = await judgeGuardrails(tx, program, { at, now });
  };
  const ticked = await runTick(db, program, at, tz, before, { after, onActivity });
  read = await withLaterProblems(db, read, [now, at]);
  const paths = new Set(read.map(({ path }) => path));
  const strays = ticked && program.data.feedback.length > 0 ? await strayFeedback(db, program, at) : [];
  const later = strays.filter(({ path }) => !paths.has(path));
  const beginning = ticked ? await appliedAfter(db, at) : [];
  const removed = ticked ? await removedAt(db, program, at) : undefined;
  const last = ticked ? undefined : await readCursor(db, 'tick');
  return {
    ticked,
    read,
    ...(later.length > 0 && { later }),
    ...(withheld && { withheld }),
    ...(removed && { removed }),
    ...(paused.length > 0 && { paused }),
    ...(beginning.length > 0 && { beginning }),
    ...(wasAhead !== undefined && { wasAhead }),
    ...(last !== undefined && last > at && { waitsUntil: last }),
  };
}

function appliedAfter(db: Database, at: number): Promise<{ campaign: string; since: number }[]> {
  return db.query(sql`
    SELECT campaign, active_from AS "since" FROM campaign
    WHERE is_current AND active_from > ${at}::bigint ORDER BY campaign`);
}
