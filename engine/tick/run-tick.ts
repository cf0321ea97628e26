import sql, { join } from 'sql-template-tag';
import { ensurePermissions } from '../consent/permissions.ts';
import { readWithheld } from '../data/intake/withheld.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { moveCursor, readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { allAt } from '../store/moments.ts';
import { enrolmentStatus, messageStatus } from '../store/outcome-sql.ts';
import { andNotPaused, readPauses } from '../store/pauses.ts';
import { type Activity, activityOf } from './activity.ts';
import { advance, notice } from './advance.ts';
import { collect, movingInboxes } from './collect.ts';
import { enter, missedBy } from './enter.ts';
import { leave, leaveAtOnce } from './leave.ts';
import { endRemoved } from './removed-customers.ts';
import { restart } from './restart.ts';
import { restoreCampaigns } from './restore.ts';
import { nextScoring } from './scores.ts';
import { refreshSegments } from './segments.ts';
import { strayInstants } from './stray-feedback.ts';
import type { Version, Walk } from './tick.ts';
import { nextTriggered } from './triggers/index.ts';
import { prepareZones } from './zones-in-use.ts';

/** The work after the phases of a tick. */
export interface Afterwards {
  /** Work of the same transaction. */
  after?: (tx: Database) => Promise<void>;
  /** Gets the work of the tick, unless no enrolment was due. */
  onActivity?: ((activity: Activity) => void) | undefined;
}

/**
 * One tick: a pure function of the tables and `now` (a grid instant), in one transaction. Running it twice at the same
 * instant changes nothing. `before`: work that belongs to the same transaction, such as reading sources into the inboxes. Returns false where this instant, or a later one, has been ticked already.
 */
export async function runTick(
  store: Database,
  program: Program,
  now: number,
  tz: string,
  before?: (tx: Database) => Promise<void>,
  { after, onActivity }: Afterwards = {},
): Promise<boolean> {
  return store.transaction(async (db) => {
    const cursors = await readCursors(db);
    const last = cursors.get('tick');
    if (last !== undefined && last >= now) return false;
    await before?.(db);
    const returned = await restoreCampaigns(db, now);
    const withheld = await readWithheld(db);
    const known = (await readVersions(db, program, last ?? now)).map((version) => missing(version, cursors));
    const tick: Walk = {
      db,
      program,
      now,
      moments: allAt(now),
      before: sql`${last ?? now}::bigint`,
      instant: now,
      previous: last,
      cursors,
      tz,
      versions: known,
      open: known.filter(({ current, activeFrom }) => current && activeFrom <= now),
      fresh: new Map(),
      newFrom: new Map(),
      takenBack: new Set(),
      returned,
      refreshed: new Set(),
      pauses: [
        ...(await readPauses(db)),
        ...withheld.map(({ campaign: name, since }) => ({ kind: 'campaign' as const, name, since })),
      ],
      withheld: new Set(withheld.map(({ campaign }) => campaign)),
      moved: 0,
    };
    await prepareZones(tick);
    await ensurePermissions(db, program);
    await collect(tick);
    await endRemoved(tick);
    await refreshSegments(tick);
    const late = await enter(tick);
    await leave(tick, late);
    const anew = await restart(tick);
    if (anew.size > 0) await leaveAtOnce(tick, anew);
    await notice(tick);
    const busy = await advance(tick);
    if (busy && onActivity) onActivity(await activityOf(tick));
    await moveCursor(db, 'tick', now);
    await after?.(db);
    return true;
  });
}

function missing(version: Version, cursors: ReadonlyMap<string, number>): Version {
  const missed = version.current ? missedBy(cursors, version.definition.name) : undefined;
  return missed ? { ...version, missed } : version;
}

/** Current versions and those before them that are still entered, and older ones that someone is still inside, a message waits for, or a goal can still be reached of. */
export async function readVersions(db: Database, program: Program, since: number): Promise<Version[]> {
  const rows = await db.query<VersionRow>(
    sql`SELECT campaign, version, is_current, active_from, goal_within FROM campaign`,
  );
  rows.sort((a, b) => (a.campaign < b.campaign || (a.campaign === b.campaign && a.version < b.version) ? -1 : 1));
  const replaced = rows.filter((row) => !row.is_current);
  const older = replaced.length > 0 ? await draining(db, replaced, since) : new Map<string, CompiledCampaign>();
  const current = new Map(program.campaigns.map((campaign) => [`${campaign.name}/${campaign.hash}`, campaign]));
  for (const { before } of program.campaigns) if (before) older.set(`${before.name}/${before.hash}`, before);
  return rows.flatMap((row): Version[] => {
    const definition = (row.is_current ? current : older).get(`${row.campaign}/${row.version}`);
    return definition ? [{ definition, current: row.is_current, activeFrom: row.active_from }] : [];
  });
}

type VersionRow = {
  campaign: string;
  version: string;
  is_current: boolean;
  active_from: number;
  goal_within: number | null;
};

/**
 * Returns the definitions of the replaced versions that are still needed. Active enrolments are found by the step, since each version has
 * its own steps and an ended enrolment has none; goals only among journeys that are young enough for any of these versions.
 */
async function draining(db: Database, replaced: VersionRow[], since: number): Promise<Map<string, CompiledCampaign>> {
  const young = since - Math.max(...replaced.map((row) => row.goal_within ?? 0));
  const rows = await db.query<{ definition: string }>(sql`
    WITH o AS (SELECT campaign, version, goal_within FROM campaign WHERE NOT is_current)
    SELECT definition FROM campaign WHERE NOT is_current AND (campaign, version) IN (
      SELECT s.campaign, s.version FROM step s JOIN o ON o.campaign = s.campaign AND o.version = s.version
      WHERE EXISTS (SELECT 1 FROM enrolment e WHERE e.step = s.step)
      UNION ALL SELECT m.campaign, m.version FROM message m WHERE m.status = ${messageStatus.decided}
      UNION ALL SELECT o.campaign, o.version FROM o WHERE EXISTS (
        SELECT 1 FROM enrolment e WHERE e.campaign = o.campaign AND e.version = o.version
          AND e.goal_at IS NULL AND e.started_at >= ${young}::bigint AND e.started_at + o.goal_within >= ${since}::bigint))`);
  const definitions = rows.map((row) => JSON.parse(row.definition) as CompiledCampaign);
  return new Map(definitions.map((definition) => [`${definition.name}/${definition.hash}`, definition]));
}

/**
 * The first grid instant after `now` at which something is due, arrives, is refreshed or fires; undefined: never again.
 * A tick at any other instant changes nothing.
 */
export async function nextInstant(db: Database, program: Program, now: number): Promise<number | undefined> {
  const known = await readVersions(db, program, now);
  const inboxes = movingInboxes(known.map((version) => version.definition));
  const waiting = inboxes.map((inbox) => sql`SELECT min("at") AS "at" FROM ${ident(inbox)}`);
  if (inboxes.includes('inbox_feedback')) waiting.push(strayInstants);
  // No enrolment of a paused campaign moves on, however long it has been due.
  const moves = andNotPaused(await readPauses(db), sql`campaign`);
  const due = sql`SELECT min(due_at) AS "at" FROM enrolment WHERE status = ${enrolmentStatus.active}${moves}`;
  const [row] = await db.query<{ at: number | null }>(
    sql`SELECT min("at") AS "at" FROM (${join([due, ...waiting], ' UNION ALL ')}) x`,
  );
  const times = [
    row?.at ?? undefined,
    await nextTriggered(db, program, now),
    // Tests of campaigns pass over most of these, and look for the others themselves.
    program.worlds ? undefined : await nextScoring(db, program, now),
    ...known.map(({ activeFrom }) => (activeFrom > now ? activeFrom : undefined)),
  ];
  const next = Math.min(...times.filter((at) => at !== undefined).map((at) => Math.max(at, now + 1)));
  if (!Number.isFinite(next)) return undefined;
  const { tick } = program.project;
  return Math.ceil(next / tick) * tick;
}
