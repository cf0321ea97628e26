import sql, { join, type Sql } from 'sql-template-tag';
import { eventsOf } from '../../program/program.ts';
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
 * makes a customer of a stranger. Other events move only customers to whose journeys `listener` (campaign, version, kind, concern, within) applies.
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
  const none = sql`SELECT ''::text AS campaign, ''::text AS version, ''::text AS kind, ''::text AS concern, 0::bigint AS within WHERE FALSE`;
  await temporary(db, 'listener', none);
  const columns = [
    { name: 'campaign', type: 'text' },
    { name: 'version', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'concern', type: 'text' },
    { name: 'within', type: 'bigint' },
  ] as const;
  await db.load('listener', [...columns], listeners);
}

/** An instant after all others, epoch milliseconds. */
const never = Number.MAX_SAFE_INTEGER;

/** Returns queries (customer, at) for the events after `moment` that move their customers, by the present state of their journeys. */
export async function eventsAhead({ db, outboxIsEmpty }: Pick<Tick, 'db' | 'outboxIsEmpty'>): Promise<Sql[]> {
  const own = sql`SELECT u.customer, u.at FROM upcoming u JOIN moment ON moment.customer = u.customer AND u.at > moment.now WHERE u.moves`;
  const [some] = await db.query(sql`SELECT 1 AS n FROM listener LIMIT 1`);
  if (!some) return [own];
  const active = sql`e.status = ${enrolmentStatus.active}`;
  // A message that waits to be sent again is cancelled by what ends its journey, also an ended one.
  const listening = sql`
    SELECT e.customer, l.kind, max(CASE l.concern WHEN 'wait' THEN e.due_at WHEN 'exit' THEN ${never}::bigint ELSE e.started_at + l.within END) AS until
    FROM enrolment e JOIN moment ON moment.customer = e.customer JOIN listener l ON l.campaign = e.campaign AND l.version = e.version
    WHERE CASE l.concern WHEN 'wait' THEN ${active} AND e.phase = ${phase.waiting} WHEN 'exit' THEN ${outboxIsEmpty ? active : sql`TRUE`}
      ELSE e.goal_at IS NULL AND e.started_at + l.within > moment.now END
    GROUP BY e.customer, l.kind`;
  // The journeys are joined first: of the events of a kind most concern nobody.
  const heard = sql`
    SELECT u.customer, u.at FROM (${listening}) j JOIN moment ON moment.customer = j.customer
    JOIN upcoming u ON u.customer = j.customer AND u.kind = j.kind AND u.at > moment.now AND u.at <= j.until`;
  return [own, heard];
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
  /** The role of the event in the journey: it ends it, is its goal, or a step waits for it. */
  concern: 'exit' | 'goal' | 'wait';
  /** The time after the start in which a goal counts, milliseconds. */
  within: number | null;
};

function listenersOf({ definition: { name: campaign, hash: version, exit, goal, steps } }: Version): Listener[] {
  const listener = (concern: Listener['concern'], kind: string, within: number | null = null) => ({
    campaign,
    version,
    kind,
    concern,
    within,
  });
  const awaited = new Set(steps.flatMap((step) => (step.kind === 'await' ? [step.match.event] : [])));
  return [
    ...[...new Set(exit.map(({ event }) => event))].map((kind) => listener('exit', kind)),
    ...(goal ? [listener('goal', goal.event, goal.within)] : []),
    ...[...awaited].map((kind) => listener('wait', kind)),
  ];
}

/**
 * Returns queries (customer, at) for the reactions that move their customers: those of customers with a journey that waits. Other
 * customers' reactions are taken in at their next instant.
 */
export async function reactionsAhead({ db, versions }: Tick): Promise<Sql[]> {
  const waits = (customer: Sql) => sql`EXISTS (
    SELECT 1 FROM enrolment e WHERE e.customer = ${customer} AND e.status = ${enrolmentStatus.active} AND e.phase = ${phase.waiting})`;
  const reacts = versions.some(({ definition: { steps } }) =>
    steps.some((row) => rowKind(row).inboxes?.(row).includes('inbox_feedback')),
  );
  if (!reacts) return [];
  const known = sql`
    SELECT r.customer, r.at FROM message_event r JOIN moment ON moment.customer = r.customer AND r.at > moment.now
    WHERE ${waits(sql`r.customer`)}`;
  const [some] = await db.query(sql`SELECT 1 AS n FROM inbox_feedback LIMIT 1`);
  if (!some) return [known];
  const unread = sql`
    SELECT m.customer, n.at FROM inbox_feedback n JOIN message m ON m.message = n.message JOIN moment ON moment.customer = m.customer
    WHERE ${waits(sql`m.customer`)}`;
  return [known, unread];
}
