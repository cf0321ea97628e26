import sql, { raw } from 'sql-template-tag';
import { readWithheld } from '../data/intake/withheld.ts';
import type { Program } from '../program/program.ts';
import { readCursors } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { eachAt } from '../store/moments.ts';
import { messageStatus } from '../store/outcome-sql.ts';
import { readPauses } from '../store/pauses.ts';
import { temporary } from '../store/statements.ts';
import { advance, notice, stepFacts } from './advance.ts';
import { collectForEach } from './collect.ts';
import { enter } from './enter.ts';
import { leave, leaveAtOnce } from './leave.ts';
import { restart } from './restart.ts';
import { readVersions } from './run-tick.ts';
import { refreshFor } from './segments.ts';
import type { New, Tick } from './tick.ts';
import { foreseenAbsences } from './triggers/absences-ahead.ts';

/** Returns true of a row that has happened since its customer's instant before. */
const isNew: New = (row) => sql`(${row}.at > moment.before AND ${row}.at <= moment.now)`;

/**
 * A tick in which each customer has an instant of his own: the temporary table `moment` (customer, now, before) has those who
 * take part, and `offset_ahead` the periods of time zones that count for them. The store is one that has been ticked, at `instant` at last, and its tables have all events of the future.
 */
export async function prepareRounds(db: Database, program: Program, tz: string, instant: number): Promise<Tick> {
  const versions = await readVersions(db, program, instant);
  const withheld = await readWithheld(db);
  const waiting = new Set(withheld.map(({ campaign }) => campaign));
  const open = versions.filter(({ current }) => current);
  const [left] = await db.query(sql`SELECT 1 AS n FROM message WHERE status = ${messageStatus.decided} LIMIT 1`);
  return {
    db,
    program,
    moments: { ...eachAt('moment'), offsets: raw('offset_ahead') },
    before: sql`moment.before`,
    previous: instant,
    instant,
    cursors: await readCursors(db),
    tz,
    versions,
    open,
    steps: await stepFacts({ db }),
    // A round ends with all messages sent, but those that wait now for other reasons.
    outboxIsEmpty: left === undefined,
    foreseen: foreseenAbsences(open.filter(({ definition: { name } }) => !waiting.has(name))),
    fresh: new Map(),
    newFrom: new Map(),
    takenBack: new Set(),
    returned: new Set(),
    refreshed: new Set(),
    pauses: [
      ...(await readPauses(db)),
      ...withheld.map(({ campaign: name, since }) => ({ kind: 'campaign' as const, name, since })),
    ],
    withheld: waiting,
    reactions: isNew,
    moved: 0,
  };
}

/** The phases of a tick, for the customers in `moment`; `upcoming` (customer, at, kind) has the events that can move them. */
export async function runRound(prepared: Tick): Promise<void> {
  const { db } = prepared;
  const kinds = await db.query<{ kind: string }>(sql`
    SELECT DISTINCT u.kind FROM upcoming u JOIN moment ON moment.customer = u.customer AND ${isNew(sql`u`)}`);
  const tick: Tick = {
    ...prepared,
    refreshed: new Set(),
    fresh: new Map(kinds.map(({ kind }) => [kind, isNew])),
  };
  await collectForEach(tick);
  const due = sql`SELECT moment.customer, moment.now FROM moment JOIN refresh r ON r.at = moment.now`;
  if (tick.watching?.size !== 0 && (await temporary(db, 'refreshing', due)) > 0)
    await refreshFor(tick, eachAt('refreshing'));
  const late = await enter(tick);
  await leave(tick, late);
  const anew = await restart(tick);
  if (anew.size > 0) await leaveAtOnce(tick, anew);
  await notice(tick);
  await advance(tick);
}
