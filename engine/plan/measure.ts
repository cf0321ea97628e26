import sql, { raw } from 'sql-template-tag';
import { type FileLoss, fileLosses } from '../data/intake/losses.ts';
import { beginTally, keepTally, tallyEntries, tallyMembers, tallyMessages } from '../dry-run/sample/tallies.ts';
import { simulate } from '../dry-run/simulate/simulate.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { messageStatus } from '../store/outcome-sql.ts';
import { audienceSizes, audiences, type Sizes } from './audience-sizes.ts';
import { figures, type OfSample } from './sample.ts';

/** The counts of one program in the forecast's days. */
export interface Measured {
  sends: Sent[];
  entries: Map<string, number>;
  audiences: Sizes;
  losses: FileLoss[];
}

export interface Sent {
  campaign: string;
  channel: string;
  day: number;
  dayCost: number;
  week: number;
  weekCost: number;
}

export interface Measuring {
  /** Epoch milliseconds. Counting begins with the first tick: on the program's own grid at or before `from`, or the next if that has been. */
  from: number;
  day: number;
  to: number;
  tz: string;
  root: string;
  seed: string;
  engagement: Program['project']['simulation']['engagement'];
  /** A copy of the store at its last instant; the file is changed. */
  snapshot?: string;
  onRead?: (db: Database) => Promise<void>;
  /** Only these customers are simulated and counted; absent: all. */
  sample?: OfSample;
  onReading?: ((share: number) => void) | undefined;
  /** Gets the share that is done, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Simulates a program and counts. */
export async function measure(program: Program, measuring: Measuring): Promise<Measured> {
  const { from, to, tz, root, seed, engagement, snapshot, sample, onReading, onProgress, signal } = measuring;
  let first: { at: number; audiences: Sizes } | undefined;
  const db = await simulate({
    program,
    from,
    to,
    tz,
    root,
    seed,
    engagement,
    ...(snapshot !== undefined && { snapshot }),
    ...(signal && { signal }),
    onReading,
    onProgress,
    onRead: async (store) => {
      await measuring.onRead?.(store);
      await sample?.leaveOut(store, program);
    },
    onTick: async (now, store) => {
      if (!first && sample) await tallyAudiences(store, program, now);
      first ??= { at: now, audiences: await audienceSizes(store, program, now) };
    },
  });
  try {
    const counted = { ...measuring, from: first?.at ?? from };
    // Nothing is drawn where the simulation is interrupted before its first tick.
    if (sample && first) await tally(db, counted, sample.path);
    return {
      sends: await sends(db, counted),
      entries: await entries(db, counted),
      audiences: first?.audiences ?? new Map(),
      losses: await fileLosses(db, program),
    };
  } finally {
    await db.close();
  }
}

async function tallyAudiences(db: Database, program: Program, now: number): Promise<void> {
  await beginTally(db);
  for (const [address, members] of await audiences(db, program, now))
    await tallyMembers(db, figures.audience, address, members);
}

async function tally(db: Database, { from, day, to }: Measuring, path: string): Promise<void> {
  await tallyMessages(db, { from, to: day }, 'day', 'dayCost');
  await tallyMessages(db, { from, to }, 'week', 'weekCost');
  await tallyEntries(db, { from, to }, figures.entries);
  await keepTally(db, path);
}

/** Costs are added as decimals: a sum of binary fractions would depend on the order of adding. */
function sends(db: Database, { from, day, to }: Measuring): Promise<Sent[]> {
  const soon = sql`FILTER (WHERE decided_at < ${day}::bigint)`;
  const cost = sql`sum(price::${raw(db.dialect.types.decimal)})`;
  return db.query<{ [K in keyof Sent]: Sent[K] }>(sql`
    SELECT campaign, channel, count(*) ${soon} AS "day", coalesce(${cost} ${soon}, 0) AS "dayCost",
      count(*) AS "week", coalesce(${cost}, 0) AS "weekCost"
    FROM message WHERE status = ${messageStatus.sent} AND decided_at >= ${from}::bigint AND decided_at < ${to}::bigint
    GROUP BY campaign, channel ORDER BY campaign, channel`);
}

async function entries(db: Database, { from, to }: Measuring): Promise<Map<string, number>> {
  const rows = await db.query<{ campaign: string; n: number }>(sql`
    SELECT campaign, count(*) AS n FROM enrolment
    WHERE entered_at >= ${from}::bigint AND entered_at < ${to}::bigint GROUP BY campaign`);
  return new Map(rows.map((row) => [row.campaign, row.n]));
}
