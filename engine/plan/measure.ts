import sql, { raw } from 'sql-template-tag';
import { type FileLoss, fileLosses } from '../data/intake/losses.ts';
import { simulate } from '../dry-run/simulate/simulate.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { messageStatus } from '../store/outcome-sql.ts';
import { audienceSizes, type Sizes } from './audience-sizes.ts';

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
  onReading?: ((share: number) => void) | undefined;
  /** Gets the share that is done, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Simulates a program and counts. */
export async function measure(program: Program, measuring: Measuring): Promise<Measured> {
  const { from, to, tz, root, seed, engagement, snapshot, onReading, onRead, onProgress, signal } = measuring;
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
    ...(onRead && { onRead }),
    onTick: async (now, store) => {
      first ??= { at: now, audiences: await audienceSizes(store, program, now) };
    },
  });
  try {
    const counted = { ...measuring, from: first?.at ?? from };
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
