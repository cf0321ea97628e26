import sql from 'sql-template-tag';
import { declaring, type OfDeclaration } from '../data/intake/declaring.ts';
import { countErased } from '../data/intake/erased.ts';
import { GONE } from '../data/intake/feeds-of-files.ts';
import { copiesIn } from '../data/intake/problem-counts.ts';
import { type Stopped, stoppedChannels } from '../delivery/breaker.ts';
import { currentDeployment } from '../deploy/apply.ts';
import { keepIds } from '../deploy/keep-ids.ts';
import { type Returning, returning } from '../deploy/removal.ts';
import { readSync, type SyncState } from '../deploy/sync-state.ts';
import { isSame } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import { afterTick, readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus, messageReason, messageStatus } from '../store/outcome-sql.ts';
import { knownPauses, type Pause, type Waiting, waiting } from '../store/pauses.ts';
import { phase } from '../store/phase.ts';
import {
  type PlannedStage,
  rolloutState,
  type StagedChange,
  stagedChange,
  stagesOf,
  stagesToCome,
  stillEntered,
  versionKey,
} from '../store/rollout-state.ts';
import { type Watched, watched } from '../tick/guardrails.ts';
import { countRemoved } from '../tick/removed-customers.ts';
import { type DataWait, dataWaits } from './data-waits.ts';
import { type DataProblems, dataProblems } from './problems.ts';

/** The state of a store. Instants are epoch milliseconds, `lag`, `ahead` and `tick` milliseconds. */
export interface Status {
  now: number;
  deployment: {
    serial: number;
    hash: string;
    appliedAt: number;
    commit: string | null;
    /** True if the files compile to the same Program. */
    current: boolean;
  };
  /** The project's commits in git, where `crm run --sync` or `crm sync` takes them; null where nothing does. */
  sync: SyncState | null;
  /** Null: has never ticked. `ahead`: how long after the clock the last tick lies; 0 where it does not. */
  lastTick: { at: number; lag: number; ahead: number } | null;
  tick: number;
  campaigns: ActiveStep[];
  /** Campaigns that were removed and can still be put back, so that their customers go on. */
  removed: Returning[];
  /** The pauses, and the customers and messages that wait because of them. */
  pauses: (Pause & Waiting)[];
  /** The rollouts that are not in their last stage. */
  rollouts: GoingRollout[];
  /** The present counts of guardrails, also those of paused campaigns. */
  guardrails: Watched[];
  /** Channels that fail every time. */
  stopped: Stopped[];
  /** Campaigns that wait until a data file can be read again. */
  withheld: DataWait[];
  /** The number of messages by status; only those that occur. */
  outbox: Record<string, number>;
  /** The number of messages by status (`suppressed`, `failed`, `expired`, `unknown`) and reason, the most frequent first. */
  reasons: Record<string, Record<string, number>>;
  /** The decision of the oldest message that is not sent yet. */
  oldestWaiting: number | null;
  /** The number of customers who were erased. */
  erased: number;
  /** The number of customers whom no file of customers names any more, where the files are complete. */
  unnamed: number;
  quarantine: { path: string; problems: number; last: number }[];
  /** The first of what is counted in `quarantine`. */
  problems: DataProblems;
  /** `lost`: rows that were left out; `incomplete`: rows of which a value was left empty because it cannot be read; `spoilt`: those of them that count for the tolerance; `passed`: rows that the conditions of the source leave out. */
  sources: ReadFile[];
}

interface ReadFile extends OfDeclaration {
  rows: number;
  lost: number;
  incomplete: number;
  spoilt: number;
  passed: number;
  loadedAt: number;
}

/** Customers at one step of one version. */
/** The rollout of an applied campaign, with its present stage and those to come. */
export interface GoingRollout {
  campaign: string;
  stages: PlannedStage[];
  /** Present where the stages are those of a change. */
  change?: StagedChange;
  /** Guardrails have paused the campaign, and keep it in the present stage. */
  held?: true;
}

export interface ActiveStep {
  campaign: string;
  version: string;
  /** Customers enter this version now. */
  current: boolean;
  step: string;
  active: number;
  /** The customers whose message quiet hours hold. */
  held: number;
  /** The instant at which the next of them moves. */
  nextDue: number;
}

/**
 * Returns the state of the store; undefined where nothing is applied. `program`: the compiled files of the project, if
 * they can be compiled. At most `mostProblems` problems of the data are listed.
 */
export async function status(
  db: Database,
  program: Program | undefined,
  now: number,
  mostProblems: number,
): Promise<Status | undefined> {
  const applied = await currentDeployment(db);
  if (!applied) return undefined;
  const cursors = await readCursors(db);
  const last = cursors.get('tick');
  const next = afterTick(now, last);
  const still = stillEntered(applied.program.campaigns, cursors, next);
  const [commit] = await db.query<{ commit: string | null }>(
    sql`SELECT commit_hash AS "commit" FROM deployment WHERE serial = ${applied.serial}::integer`,
  );
  const { serial, hash, appliedAt } = applied;
  const { tick } = applied.program.project;
  return {
    now,
    deployment: {
      serial,
      hash,
      appliedAt,
      commit: commit?.commit ?? null,
      current: program !== undefined && isSame(keepIds(program, applied.program), applied.program),
    },
    sync: (await readSync(db)) ?? null,
    lastTick:
      last === undefined
        ? null
        : { at: last, lag: Math.max(0, now - (now % tick) - last), ahead: Math.max(0, last - now) },
    tick,
    rollouts: goingRollouts(applied.program, cursors, next),
    campaigns: (await activeSteps(db)).map((one) => ({
      ...one,
      current: one.current || still.has(versionKey(one.campaign, one.version)),
    })),
    removed: (await returning(db, now)).filter(({ until }) => until > now),
    pauses: await pauses(db, now),
    guardrails: await watched(db, applied.program, now),
    stopped: await stoppedChannels(db, applied.program),
    withheld: await dataWaits(db, applied.program),
    ...(await outbox(db)),
    erased: await countErased(db),
    unnamed: await countRemoved(db, applied.program),
    quarantine: await db.query<{ path: string; problems: number; last: number }>(sql`
      SELECT path, sum(${await copiesIn(db)})::bigint AS problems, max("at") AS last FROM quarantine GROUP BY path ORDER BY path`),
    problems: await dataProblems(db, mostProblems),
    sources: await readFiles(db, applied.program),
  };
}

function goingRollouts({ campaigns }: Program, cursors: ReadonlyMap<string, number>, now: number): GoingRollout[] {
  return campaigns.flatMap((campaign) => {
    const { name } = campaign;
    const state = rolloutState(cursors, name);
    const stages = stagesToCome(stagesOf(campaign), state, now);
    const change = stagedChange(campaign);
    if (stages.length < 2) return [];
    return [{ campaign: name, stages, ...(change && { change }), ...(state.held && { held: state.held }) }];
  });
}

async function readFiles(db: Database, program: Program): Promise<ReadFile[]> {
  const rows = await db.query<{ [K in Exclude<keyof ReadFile, 'declared'>]: ReadFile[K] }>(sql`
    SELECT path, "rows", coalesce(lost, 0) AS lost, coalesce(incomplete, spoilt, 0) AS incomplete,
      coalesce(spoilt, 0) AS spoilt, coalesce(passed, 0) AS passed, loaded_at AS "loadedAt" FROM source
    WHERE fingerprint <> ${GONE} ORDER BY path`);
  return rows.map(declaring(program));
}

async function pauses(db: Database, now: number): Promise<Status['pauses']> {
  const all: Status['pauses'] = [];
  for (const pause of await knownPauses(db)) all.push({ ...pause, ...(await waiting(db, pause, now)) });
  return all;
}

function activeSteps(db: Database): Promise<ActiveStep[]> {
  return db.query<{ [K in keyof ActiveStep]: ActiveStep[K] }>(sql`
    SELECT e.campaign, e.version, k.is_current AS "current", s.id AS step, count(*) AS active,
      count(*) FILTER (WHERE e.deferred_at IS NOT NULL AND e.phase = ${phase.arrived}) AS held, min(e.due_at) AS "nextDue"
    FROM enrolment e JOIN step s ON s.step = e.step
    JOIN campaign k ON k.campaign = e.campaign AND k.version = e.version
    WHERE e.status = ${enrolmentStatus.active}
    GROUP BY e.campaign, e.version, k.is_current, k.active_from, s.id, s.step
    ORDER BY e.campaign, k.is_current DESC, e.version, s.step`);
}

async function outbox(db: Database): Promise<Pick<Status, 'outbox' | 'reasons' | 'oldestWaiting'>> {
  const rows = await db.query<{ status: string; reason: string | null; n: number }>(sql`
    SELECT status, CASE WHEN status = ${messageStatus.decided} THEN NULL WHEN status = ${messageStatus.unknown} THEN coalesce(reason, ${messageReason['no-answer']}) ELSE reason END AS reason,
      count(*) AS n FROM message GROUP BY 1, 2 ORDER BY status, n DESC, reason`);
  const statuses = [...Map.groupBy(rows, ({ status }) => status)];
  const [oldest] = await db.query<{ at: number | null }>(
    sql`SELECT min(decided_at) AS "at" FROM message WHERE status = ${messageStatus.decided}`,
  );
  const reasons = statuses.flatMap(([status, all]) => {
    const told = all.flatMap(({ reason, n }): [string, number][] => (reason === null ? [] : [[reason, n]]));
    return told.length > 0 ? [[status, Object.fromEntries(told)] as const] : [];
  });
  return {
    outbox: Object.fromEntries(statuses.map(([status, all]) => [status, all.reduce((sum, { n }) => sum + n, 0)])),
    reasons: Object.fromEntries(reasons),
    oldestWaiting: oldest?.at ?? null,
  };
}
