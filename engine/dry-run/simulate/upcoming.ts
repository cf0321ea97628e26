import sql, { join, type Sql } from 'sql-template-tag';
import { eventsOf } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { asOf } from '../../store/moments.ts';
import { enrolmentStatus, messageStatus } from '../../store/outcome-sql.ts';
import { phase } from '../../store/phase.ts';
import { ask } from '../../store/query-sql.ts';
import { temporary } from '../../store/statements.ts';
import { eventTable } from '../../store/tables.ts';
import { rowKind } from '../../tick/steps/index.ts';
import { queryContext, type Tick, type Version } from '../../tick/tick.ts';
import { asksEventsAlone } from '../../tick/triggers/absences-ahead.ts';

/**
 * Fills `upcoming` (customer, at, kind, moves) with the events after the last tick that can move their customers, and with the messages
 * that wait to be sent again, which have no kind. `moves` is true if the event moves its customer in any case: a trigger looks at it, or it
 * makes a customer of a stranger. Other events move only customers to whose journeys `listener` (campaign, version, kind, inside) applies.
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

/** Returns queries (customer, at) for the events after `moment` that move their customers, by the present state of their journeys. */
export async function eventsAhead(db: Database): Promise<Sql[]> {
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
function triggers(tick: Tick, event: string, last: number): Sql[] {
  const { open, foreseen, admitted } = tick;
  const context = queryContext({ ...tick, moments: asOf(last) });
  return open.flatMap(({ definition: { name, trigger } }) => {
    if (foreseen?.has(name) || admitted?.has(name) || !eventsOf(trigger).includes(event)) return [];
    const { when } = trigger.kind === 'event' ? trigger : {};
    if (trigger.kind !== 'event' || !asksEventsAlone(when)) return [sql`TRUE`];
    return [when ? ask(when, context).where : sql`TRUE`];
  });
}

type Listener = {
  campaign: string;
  version: string;
  kind: string;
  /** True if the event concerns only journeys that go on; otherwise also ended ones, for their goals and waiting messages. */
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

/**
 * Returns queries (customer, at) for the reactions that move their customers: those of customers with a journey that waits. Other
 * customers' reactions are taken in at their next instant.
 */
export function reactionsAhead(versions: Version[]): Sql[] {
  const waits = (customer: Sql) => sql`EXISTS (
    SELECT 1 FROM enrolment e WHERE e.customer = ${customer} AND e.status = ${enrolmentStatus.active} AND e.phase = ${phase.waiting})`;
  const reacts = versions.some(({ definition: { steps } }) =>
    steps.some((row) => rowKind(row).inboxes?.(row).includes('inbox_feedback')),
  );
  if (!reacts) return [];
  return [
    sql`SELECT r.customer, r.at FROM message_event r JOIN moment ON moment.customer = r.customer AND r.at > moment.now
      WHERE ${waits(sql`r.customer`)}`,
    sql`SELECT m.customer, n.at FROM inbox_feedback n JOIN message m ON m.message = n.message JOIN moment ON moment.customer = m.customer
      WHERE ${waits(sql`m.customer`)}`,
  ];
}
