import sql, { empty, join, type Sql } from 'sql-template-tag';
import { keepsOut } from '../program/facts.ts';
import { moveCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus } from '../store/outcome-sql.ts';
import { ask } from '../store/query-sql.ts';
import { type Entered, entered } from '../store/rollout-sql.ts';
import { temporary } from '../store/statements.ts';
import { enrolment, enrolments } from './moves.ts';
import { andNamed } from './removed-customers.ts';
import { noteRestarts } from './restart.ts';
import { type Missed, queryContext, type Tick, type Version } from './tick.ts';
import { byTrigger, triggerKind } from './triggers/index.ts';

/**
 * Phase 3: each trigger's new (customer, occurrence) pairs become enrolments where audience and re-entry allow, those of
 * all campaigns with one statement. One active enrolment per campaign and customer, by construction. Returns the
 * campaigns that customers entered late: with a start before the tick before, so that what ends it may have been collected
 * already.
 */
export async function enter(tick: Tick): Promise<Set<string>> {
  const { db, moments } = tick;
  const [kept, current] = [true, false].map((held) =>
    tick.open.filter(({ definition: { name } }) => tick.withheld.has(name) === held),
  ) as [Version[], Version[]];
  for (const version of kept) await miss(tick, version);
  const found = new Map<string, Sql>();
  const looked: (() => Promise<void> | undefined)[] = [];
  const ahead = current.filter(({ definition: { name } }) => tick.admitted?.has(name));
  for (const [kind, campaigns] of byTrigger(current.filter((version) => !ahead.includes(version)))) {
    const entrants = await kind.entrants(tick, campaigns);
    for (const [campaign, rows] of entrants) found.set(campaign, rows);
    looked.push(() => kind.entered?.(tick, entrants.size));
  }
  const entering = current.filter(({ definition: { name } }) => found.has(name));
  const parts = [
    ...entering.map((version) => admitted(tick, version, found.get(version.definition.name) ?? empty)),
    ...(ahead.length > 0 ? [admittedNow(tick)] : []),
  ];
  const renewing = [...entering, ...ahead].flatMap(({ definition: { name, trigger } }) =>
    triggerKind(trigger).restarts?.(trigger) ? [name] : [],
  );
  const entered = parts.length === 0 ? 0 : await enrol(tick, parts, renewing);
  for (const finish of looked) await finish();
  for (const version of current) if (version.missed) await forgetWithheld(db, version);
  if (entered === 0) return new Set();
  const late = await db.query<{ campaign: string }>(sql`
    SELECT DISTINCT e.campaign FROM ${enrolments(tick)}
    WHERE e.entered_at = ${moments.now} AND e.started_at <= ${tick.before}`);
  return new Set(late.map((row) => row.campaign));
}

/** Selects the entrants of this instant in `entrant_ahead`. */
function admittedNow({ moments }: Tick): Sql {
  return sql`
    SELECT a.campaign, a.version, a.customer, a.occurrence, a.event_seq, a.started_at
    FROM entrant_ahead a${moments.join(sql`a.customer`)} AND a.now = ${moments.now}`;
}

/**
 * The entrants who are in the campaign's audience, and whom the stage of its rollout lets in. Where its change is rolled out, the others are those of the version
 * before. Where a customer has several instants, entrants have theirs in a column `now`.
 */
export function admitted(tick: Tick, { definition }: Version, entrants: Sql): Sql {
  const versions = entered(tick.db.dialect, definition, tick.cursors, { id: sql`c.id`, now: tick.moments.now });
  return join(
    versions.map((one) => entrantsOf(tick, one, entrants)),
    ' UNION ALL ',
  );
}

function entrantsOf(tick: Tick, { version: { name, hash, audience }, stage }: Entered, entrants: Sql): Sql {
  const { moments } = tick;
  const [now, then] = moments.several ? [sql`, e.now`, sql` AND moment.now = e.now`] : [empty, empty];
  const columns = sql`${name}::text AS campaign, ${hash}::text AS version, e.customer, e.occurrence, e.event_seq, e.started_at${now}`;
  if (!audience && !stage) return sql`SELECT ${columns} FROM (${entrants}) e`;
  const { joins, where } = audience ? ask(audience, queryContext(tick, sql`e`)) : { joins: empty, where: sql`TRUE` };
  return sql`
    SELECT * FROM (
      WITH e AS MATERIALIZED (${entrants})
      SELECT ${columns} FROM e${moments.join(sql`e.customer`)}${then} JOIN customer c ON c.customer = e.customer ${joins}
      WHERE ${where}${stage ? sql` AND ${stage}` : empty}) audience`;
}

/** The first of several events of a customer counts; where the trigger restarts journeys, the newest. */
async function enrol(tick: Tick, parts: Sql[], renewing: string[]): Promise<number> {
  const { db, moments, program } = tick;
  const turn = renewing.length > 0 ? sql` * CASE WHEN e.campaign IN (${join(renewing)}) THEN -1 ELSE 1 END` : empty;
  const firsts = sql`
    SELECT campaign, version, customer, occurrence, event_seq, started_at FROM (
      SELECT e.*, row_number() OVER (
        PARTITION BY e.campaign, e.customer ORDER BY e.started_at${turn}, e.event_seq${turn}) AS nth
      FROM (${join(parts, ' UNION ALL ')}) e) numbered
    WHERE nth = 1`;
  if ((await temporary(db, 'entrant', firsts)) === 0) return 0;
  if (renewing.length > 0) await noteRestarts(tick, renewing);
  return db.run(
    enrolment(
      tick,
      sql`entrant n${moments.join(sql`n.customer`)} JOIN campaign k ON k.campaign = n.campaign AND k.version = n.version
    WHERE NOT EXISTS (
      SELECT 1 FROM enrolment p
      WHERE p.customer = n.customer AND p.campaign = n.campaign
        AND (p.status = ${enrolmentStatus.active} OR p.occurrence = n.occurrence OR ${keepsOut(sql`k.reenter`, moments.now)}))${andNamed(program, sql`n.customer`)}`,
    ),
  );
}

const prefix = 'missed:';

/** Returns the instant and the event from which on a campaign's triggers are looked at late, because it was withheld. */
export function missedBy(cursors: ReadonlyMap<string, number>, campaign: string): Missed | undefined {
  const until = cursors.get(`${prefix}${campaign}`);
  if (until === undefined) return undefined;
  const seq = cursors.get(`${prefix}${campaign}:seq`);
  return seq === undefined ? { until } : { until, seq };
}

/** Notes from where on the triggers of a withheld campaign have to be looked at when it goes on. */
export async function miss({ db, cursors, previous, newFrom }: Tick, { definition, missed }: Version): Promise<void> {
  const { name, trigger } = definition;
  if (!missed) await moveCursor(db, `${prefix}${name}`, previous ?? 0);
  const kind = triggerKind(trigger).newEvents?.(trigger);
  const seq = kind === undefined ? undefined : newFrom.get(kind);
  if (seq !== undefined && !cursors.has(`${prefix}${name}:seq`)) await moveCursor(db, `${prefix}${name}:seq`, seq);
}

/** Forgets that a campaign was withheld: its triggers have been looked at. */
export async function forgetWithheld(db: Database, { definition: { name } }: Version): Promise<void> {
  await db.run(sql`DELETE FROM cursor WHERE name IN (${`${prefix}${name}`}, ${`${prefix}${name}:seq`})`);
}
