import sql, { join, raw, type Sql } from 'sql-template-tag';
import { type FileLoss, fileLosses } from '../data/intake/losses.ts';
import { beginTally, keepTally, tallyEntries, tallyMembers, tallyMessages } from '../dry-run/sample/tallies.ts';
import { simulate } from '../dry-run/simulate/simulate.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { messageStatus } from '../store/outcome-sql.ts';
import { audiences, type Sizes, sizesOf } from './audience-sizes.ts';
import { type Counts, counts, type Slot, slots, tallyCounts, tallySteps } from './counts.ts';
import { type Courses, goalCourses } from './experiments.ts';
import { DAY, firstHour, HOUR } from './hours.ts';
import type { MessageChange, Reads } from './messages.ts';
import { missingValues } from './missing.ts';
import { keepMembers, type Members } from './moves.ts';
import { type Recipient, tellRecipients } from './recipients.ts';
import { figures, type OfSample } from './sample.ts';

/** The counts of one program in the forecast's days. */
export interface Measured {
  sends: Sent[];
  steps: (Sent & { step: string })[];
  entries: Map<string, number>;
  audiences: Sizes;
  counts: Counts;
  days: Slot[];
  hours: Slot[];
  /** For each of `reads`, in their order. */
  missing: Pick<MessageChange, 'messages' | 'missing'>[];
  losses: FileLoss[];
  courses: Courses;
}

export interface Sent {
  campaign: string;
  channel: string;
  day: number;
  dayCost: number;
  week: number;
  weekCost: number;
}

/** A step that is the same under another id. */
export interface Rename {
  campaign: string;
  was: string;
  becomes: string;
}

export interface Measuring {
  /** Epoch milliseconds. Counting begins with the first tick: on the program's own grid at or before `from`, or the next if that has been. */
  from: number;
  day: number;
  to: number;
  /** The instant of the apply: the grid's instants are before or after it. */
  appliedAt: number;
  tz: string;
  root: string;
  seed: string;
  engagement: Program['project']['simulation']['engagement'];
  /** A copy of the store at its last instant; the file is changed. */
  snapshot?: string;
  onRead?: (db: Database) => Promise<void>;
  /** Only these customers are simulated and counted; absent: all. */
  sample?: OfSample;
  /** The segments whose members at the first tick are kept; absent: none. */
  members?: Members;
  /** Steps that are counted under another id: those that the other program has moved. */
  renames?: Rename[];
  /** The texts whose missing values are counted. */
  reads?: Reads[];
  /** Gets who is sent what; absent: nobody is named. */
  onRecipients?: (recipients: Recipient[]) => void;
  onReading?: ((share: number) => void) | undefined;
  /** Gets the share that is done, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Simulates a program and counts. */
export async function measure(program: Program, measuring: Measuring): Promise<Measured> {
  const { from, to, appliedAt, tz, root, seed, engagement } = measuring;
  const { snapshot, sample, members, onReading, onProgress, signal } = measuring;
  let first: { at: number; audiences: Sizes } | undefined;
  const db = await simulate({
    program,
    from,
    to,
    appliedAt,
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
      if (first) return;
      const found = await audiences(store, program, now);
      if (sample) await tallyAudiences(store, found);
      if (members) await keepMembers(store, found, members);
      first = { at: now, audiences: await sizesOf(store, found) };
    },
  });
  try {
    if (measuring.renames?.length) await rename(db, measuring.renames);
    const counted = { ...measuring, from: first?.at ?? from };
    // Nothing is drawn where the simulation is interrupted before its first tick.
    if (sample && first) await tally(db, counted, sample.path);
    if (measuring.onRecipients) await tellRecipients(db, counted, measuring.onRecipients);
    const sent = await sends(db, counted);
    return {
      sends: sent.flatMap(({ step, ...one }) => (step === null ? [one] : [])),
      steps: sent.flatMap(({ step, ...one }) => (step === null ? [] : [{ ...one, step }])),
      entries: await entries(db, counted),
      audiences: first?.audiences ?? new Map(),
      counts: await counts(db, counted),
      days: await slots(db, counted, { start: from, ms: DAY, by: 'campaign' }),
      missing: await eachOf(measuring.reads ?? [], (reads) => missingValues(db, counted, reads)),
      hours: await slots(db, counted, { start: firstHour(from), ms: HOUR, by: 'channel' }),
      losses: await fileLosses(db, program),
      // Later events are unknown in a store, and known in data files.
      courses: await goalCourses(db, program, snapshot === undefined ? to : from),
    };
  } finally {
    await db.close();
  }
}

/** All at once: an id may be both an old one and a new one. */
async function rename(db: Database, renames: Rename[]): Promise<void> {
  const rows = renames.map((one) => sql`(${one.campaign}::text, ${one.was}::text, ${one.becomes}::text)`);
  await db.run(sql`
    UPDATE step SET id = r.becomes FROM (VALUES ${join(rows)}) AS r (campaign, was, becomes)
    WHERE step.campaign = r.campaign AND step.id = r.was`);
}

async function eachOf<T, R>(list: T[], of: (one: T) => Promise<R>): Promise<R[]> {
  const found: R[] = [];
  for (const one of list) found.push(await of(one));
  return found;
}

async function tallyAudiences(db: Database, found: Map<string, Sql>): Promise<void> {
  await beginTally(db);
  for (const [address, members] of found) await tallyMembers(db, figures.audience, address, members);
}

async function tally(db: Database, { from, day, to }: Measuring, path: string): Promise<void> {
  await tallyMessages(db, { from, to: day }, 'day', 'dayCost');
  await tallyMessages(db, { from, to }, 'week', 'weekCost');
  await tallyEntries(db, { from, to }, figures.entries);
  await tallySteps(db, { from, to: day }, 'step.day', 'step.dayCost');
  await tallySteps(db, { from, to }, 'step.week', 'step.weekCost');
  await tallyCounts(db, { from, to });
  await keepTally(db, path);
}

/** Returns what each step sends, and with the step null their sums. Costs are added as decimals: a sum of binary fractions would depend on the order of adding. */
function sends(db: Database, { from, day, to }: Measuring): Promise<(Sent & { step: string | null })[]> {
  const soon = sql`FILTER (WHERE m.decided_at < ${day}::bigint)`;
  const cost = sql`sum(m.price::${raw(db.dialect.types.decimal)})`;
  return db.query<{ [K in keyof Sent]: Sent[K] } & { step: string | null }>(sql`
    SELECT m.campaign, m.channel, s.id AS step, count(*) ${soon} AS "day", coalesce(${cost} ${soon}, 0) AS "dayCost",
      count(*) AS "week", coalesce(${cost}, 0) AS "weekCost"
    FROM message m JOIN step s ON s.step = m.step
    WHERE m.status = ${messageStatus.sent} AND m.decided_at >= ${from}::bigint AND m.decided_at < ${to}::bigint
    GROUP BY GROUPING SETS ((m.campaign, m.channel, s.id), (m.campaign, m.channel))
    ORDER BY m.campaign, m.channel, s.id`);
}

async function entries(db: Database, { from, to }: Measuring): Promise<Map<string, number>> {
  const rows = await db.query<{ campaign: string; n: number }>(sql`
    SELECT campaign, count(*) AS n FROM enrolment
    WHERE entered_at >= ${from}::bigint AND entered_at < ${to}::bigint GROUP BY campaign`);
  return new Map(rows.map((row) => [row.campaign, row.n]));
}
