import sql, { join, type Sql } from 'sql-template-tag';
import { eventsOf } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { asOf } from '../../store/moments.ts';
import { enrolmentStatus, messageStatus } from '../../store/outcome-sql.ts';
import { ask } from '../../store/query-sql.ts';
import { temporary } from '../../store/statements.ts';
import { eventTable } from '../../store/tables.ts';
import { rowKind } from '../../tick/steps/index.ts';
import { queryContext, type Tick, type Version } from '../../tick/tick.ts';
import { asksEventsAlone } from '../../tick/triggers/absences-ahead.ts';

/**
 * Fills `upcoming` (customer, at, kind, moves) with the events after the last tick that can move their customers: those that triggers
 * look at and those that make customers of strangers move (`moves`), those that end journeys or that these wait for only customers who
 * are inside, by `listener` (campaign, version, kind, inside). Without a kind: the messages that wait to be sent again.
 */
export async function noteUpcoming(tick: Tick, last: number): Promise<void> {
  const { db, program, instant, versions } = tick;
  const listeners = versions.flatMap(listenersOf);
  const heard = new Set(listeners.map(({ kind }) => kind));
  const parts = program.data.events.map(({ name }) => {
    const moves = sql`(${join([...triggers(tick, name, last), sql`t.customer IN (SELECT customer FROM stranger)`], ' OR ')})`;
    const events = sql`
      SELECT t.customer, t.at, ${name}::text AS kind, ${moves} AS moves FROM ${ident(eventTable(name))} t WHERE t.at > ${instant}::bigint`;
    return heard.has(name) ? events : sql`SELECT * FROM (${events}) e WHERE moves`;
  });
  const waiting = sql`
    SELECT m.customer, m.send_at AS "at", ''::text AS kind, TRUE AS moves FROM message m
    WHERE m.status = ${messageStatus.decided} AND m.send_at > ${instant}::bigint`;
  await temporary(db, 'upcoming', join([...parts, waiting], ' UNION ALL '));
  const none = sql`SELECT ''::text AS campaign, ''::text AS version, ''::text AS kind, FALSE AS inside WHERE FALSE`;
  await temporary(db, 'listener', none);
  const columns = [
    { name: 'campaign', type: 'text' },
    { name: 'version', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'inside', type: 'boolean' },
  ] as const;
  await db.load('listener', [...columns], listeners);
}

/** Returns queries (customer, at) for the events after those of `moment` that move their customers, as these are now. */
export async function upcoming(db: Database): Promise<Sql[]> {
  const ahead = (rows: Sql) =>
    sql`SELECT u.customer, u.at FROM upcoming u JOIN moment ON moment.customer = u.customer AND u.at > moment.now ${rows}`;
  const [some] = await db.query(sql`SELECT 1 AS n FROM listener LIMIT 1`);
  if (!some) return [ahead(sql`WHERE u.moves`)];
  const inside = sql`
    SELECT e.customer, l.kind FROM enrolment e JOIN moment ON moment.customer = e.customer
    JOIN listener l ON l.campaign = e.campaign AND l.version = e.version
    WHERE NOT l.inside OR e.status = ${enrolmentStatus.active}`;
  return [ahead(sql`WHERE u.moves OR (u.customer, u.kind) IN (${inside})`)];
}

/** The conditions on events `t` of this kind that triggers look at. */
function triggers({ db, program, open, foreseen, moments: _, ...tick }: Tick, event: string, last: number): Sql[] {
  const context = queryContext({ ...tick, db, program, open, moments: asOf(last) });
  return open.flatMap(({ definition: { name, trigger } }) => {
    if (foreseen?.has(name) || !eventsOf(trigger).includes(event)) return [];
    const { when } = trigger.kind === 'event' ? trigger : {};
    if (trigger.kind !== 'event' || !asksEventsAlone(when)) return [sql`TRUE`];
    return [when ? ask(when, context).where : sql`TRUE`];
  });
}

type Listener = {
  campaign: string;
  version: string;
  kind: string;
  /** Only those hear it whose journey goes on; otherwise also those whose journey has ended, for its goal and its messages. */
  inside: boolean;
};

function listenersOf({ definition: { name, hash, exit, goal, steps } }: Version): Listener[] {
  const ending = new Set([...exit.map(({ event }) => event), ...(goal ? [goal.event] : [])]);
  const awaited = new Set(steps.flatMap((step) => (step.kind === 'await' ? [step.match.event] : [])));
  return [
    ...[...ending].map((kind) => ({ campaign: name, version: hash, kind, inside: false })),
    ...[...awaited.difference(ending)].map((kind) => ({ campaign: name, version: hash, kind, inside: true })),
  ];
}

/** Returns true if reactions to messages can move customers. */
export function reacts(versions: Version[]): boolean {
  return versions.some(({ definition: { steps } }) =>
    steps.some((row) => rowKind(row).inboxes?.(row).includes('inbox_feedback')),
  );
}
