import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Field } from '../../spec/model/data.ts';
import { noteAddresses, noteFormerAddresses } from '../consent/mailboxes.ts';
import {
  ensurePermissions,
  refreshAddresses,
  refreshBlocked,
  refreshConsent,
  refreshNamed,
  refreshSuppressions,
} from '../consent/permissions.ts';
import { SOURCE } from '../data/files/shape.ts';
import { INBOX_LEFT_OUT } from '../data/intake/left-out-events.ts';
import { kindsAsked } from '../program/facts.ts';
import { type CompiledCampaign, eventsOf, type Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { noteFeedback } from '../store/feedback.ts';
import { allAt } from '../store/moments.ts';
import { eventInbox, eventTable } from '../store/tables.ts';
import { correct, takeBack } from './event-changes.ts';
import { lastRefresh } from './refresh-instants.ts';
import { createFoundCustomers, createNamedCustomers, resolveRefusals } from './resolve-names.ts';
import { slices } from './slices.ts';
import { rowKind } from './steps/index.ts';
import { keepStrays, requeueStrays } from './stray-feedback.ts';
import type { Tick, Version, Walk } from './tick.ts';
import { refreshZones } from './zones-in-use.ts';

type Moment = Pick<Tick, 'db' | 'program' | 'moments'> & {
  /** True if this tick has made customers of strangers. */
  births?: boolean;
};

/**
 * Phase 1: rows that are due by `now` leave the inboxes and become customers, events, consent and feedback.
 * Every row has an id, so a replay adds nothing (for events `settle` has seen to it); an event gets the next `seq` of its kind.
 */
export async function collect(tick: Walk): Promise<void> {
  await requeueStrays(tick);
  const due = await waiting(tick);
  if (due.size === 0) return;
  if (due.has(INBOX_LEFT_OUT)) await takeBack(tick);
  const { inboxes, any: births } = await createNamedCustomers(tick, due);
  for (const inbox of inboxes) due.set(inbox, arrivals);
  if (due.has('inbox_customer')) await customers(tick);
  const wanted = wantedKinds(tick);
  for (const kind of tick.program.data.events) {
    if (!wanted.has(kind.name) || !due.has(eventInbox(kind.name))) continue;
    const from = await events(tick, kind.name, kind.fields, due.get(eventInbox(kind.name)) ?? arrivals);
    if (from === undefined) continue;
    tick.newFrom.set(kind.name, from);
    tick.fresh.set(kind.name, (row) => sql`${row}.seq >= ${from}::bigint`);
  }
  const answers = due.get('inbox_feedback');
  const withdrawn = answers !== undefined && (await feedback(tick, answers));
  if (due.has('inbox_consent') || withdrawn) await consent({ ...tick, births });
  if (due.has('inbox_suppression')) await suppressions({ ...tick, births });
  if (due.has('inbox_listing')) await listings(tick);
}

/** Returns true if `collectConsent` would find something. */
export async function consentWaits(db: Database, now: number): Promise<boolean> {
  const due = sql`"at" <= ${now}::bigint`;
  const rows = await db.query(sql`
    (SELECT 1 AS n FROM inbox_consent WHERE ${due} LIMIT 1) UNION ALL
    (SELECT 1 FROM inbox_suppression WHERE ${due} LIMIT 1) UNION ALL
    (SELECT 1 FROM inbox_feedback WHERE ${due} AND (
      (kind = 'unsubscribed' AND concat('unsubscribed/', id) NOT IN (SELECT id FROM consent WHERE id IS NOT NULL)) OR
      (kind = 'complained' AND concat('complained/', id) NOT IN (SELECT id FROM suppression WHERE id IS NOT NULL))) LIMIT 1)`);
  return rows.length > 0;
}

/**
 * Collects what may forbid a message between ticks: consent and suppressions that are due by `now`, and those that
 * feedback implies. The feedback itself stays for the next tick, which must see it as new; what is made of it here has
 * the ids that the tick gives it, so that the tick finds it done. Runs in a transaction.
 */
export async function collectConsent(db: Database, program: Program, now: number): Promise<void> {
  const tick = { db, program, moments: allAt(now) };
  await ensurePermissions(db, program);
  await implied(
    tick,
    sql`FROM inbox_feedback e JOIN message m ON m.message = e.message
    JOIN customer c ON c.customer = m.customer WHERE e.at <= ${now}::bigint`,
  );
  const inboxes = ['inbox_consent', 'inbox_suppression'];
  const parts = inboxes.map(
    (inbox) => sql`SELECT ${inbox}::text AS inbox FROM ${ident(inbox)} WHERE "at" <= ${now}::bigint`,
  );
  const rows = await db.query<{ inbox: string }>(join(parts, ' UNION '));
  const due = new Set(rows.map((row) => row.inbox));
  if (due.size === 0) return;
  if (due.has('inbox_consent')) await consent(tick);
  if (due.has('inbox_suppression')) await suppressions(tick);
}

/**
 * Returns the inboxes whose rows can move enrolments; for the virtual clock. Rows that only later queries look at (other
 * events, consent) are collected by the tick that evaluates these. `campaigns`: all versions with active enrolments.
 */
export function movingInboxes(campaigns: CompiledCampaign[]): string[] {
  const moving = campaigns.flatMap(({ trigger, exit, goal }) => [
    ...eventsOf(trigger),
    ...exit.map((match) => match.event),
    ...(goal ? [goal.event] : []),
  ]);
  const awaited = campaigns.flatMap(({ steps }) => steps.flatMap((row) => rowKind(row).inboxes?.(row) ?? []));
  return [...new Set([...moving.map(eventInbox), ...awaited])];
}

/** The rows that are due in an inbox. */
type Arrivals = { rows: number; corrections: number };

/** The counts of an inbox that is filled within the tick. */
const arrivals: Arrivals = { rows: 0, corrections: 0 };

async function waiting({ db, program, now }: Walk): Promise<Map<string, Arrivals>> {
  const due = sql`WHERE "at" <= ${now}::bigint`;
  const count = (inbox: string, corrections: Sql, where: Sql) => sql`
    SELECT ${inbox}::text AS inbox, count(*) AS "rows", ${corrections} AS corrections FROM ${ident(inbox)} ${where}`;
  const corrections = sql`count(${ident('#corrects')})`;
  const rows = await db.query<Arrivals & { inbox: string }>(
    join(
      [
        ...program.data.events.map((kind) => count(eventInbox(kind.name), corrections, due)),
        ...['inbox_consent', 'inbox_suppression', 'inbox_feedback'].map((inbox) => count(inbox, sql`0`, due)),
        ...['inbox_customer', 'inbox_listing', INBOX_LEFT_OUT].map((inbox) => count(inbox, sql`0`, empty)),
      ],
      ' UNION ALL ',
    ),
  );
  return new Map(rows.filter((row) => row.rows > 0).map(({ inbox, ...counts }) => [inbox, counts]));
}

/** Returns the kinds of events that this tick collects: those of which the deployment asks, and all with the refresh of segments. */
function wantedKinds({ program, previous, now, versions }: Walk): Set<string> {
  const all = program.data.events.map((kind) => kind.name);
  if (previous === undefined || previous < lastRefresh(program.project, now)) return new Set(all);
  return new Set([...program.segments, ...versions.map((version) => version.definition)].flatMap(kindsAsked));
}

async function customers(tick: Walk): Promise<void> {
  const { db, program } = tick;
  const attributes = program.data.customers.attributes;
  if (attributes.length > 0) {
    // A value that a journey has written stays where the file has nothing.
    const written = ({ definition }: Version) => definition.steps.flatMap((row) => rowKind(row).writes?.(row) ?? []);
    const own = new Set(tick.versions.flatMap(written));
    const sets = attributes.map((a) =>
      own.has(a.name)
        ? sql`${ident(a.name)} = coalesce(n.${ident(a.name)}, customer.${ident(a.name)})`
        : sql`${ident(a.name)} = n.${ident(a.name)}`,
    );
    await noteFormerAddresses(db, program, own);
    await db.run(sql`
      UPDATE customer SET ${join(sets)} FROM inbox_customer n, identity i
      WHERE i.id = n.id AND customer.customer = i.customer`);
  }
  await db.run(sql`DELETE FROM inbox_customer`);
  await refreshZones(tick);
  await refreshAddresses(db, program);
}

/** Returns the first new `seq`; undefined where there is none. */
async function events(
  tick: Walk,
  kind: string,
  fields: Field[],
  { rows, corrections }: Arrivals,
): Promise<number | undefined> {
  const { db, now } = tick;
  const table = ident(eventTable(kind));
  const inbox = ident(eventInbox(kind));
  const own = [...fields.map((field) => ident(field.name)), ident(SOURCE)];
  const list = (prefix: string): Sql[] => own.map((column) => sql`${ident(prefix)}.${column}`);
  const [last] = await db.query<{ seq: number }>(sql`SELECT coalesce(max(seq), 0) AS seq FROM ${table}`);
  const from = (last?.seq ?? 0) + 1;
  let added = 0;
  for (const { after, to } of await slices(db, eventInbox(kind), rows, now))
    added += await db.run(sql`
    INSERT INTO ${table} (${join([sql`seq`, sql`id`, sql`customer`, sql`"at"`, ...own])})
    SELECT ${join([
      sql`${from + added - 1}::bigint + row_number() OVER (ORDER BY n.at, n.id, i.customer, n.${ident(SOURCE)})`,
      sql`n.id`,
      sql`i.customer`,
      sql`n.at`,
      ...list('n'),
    ])}
    FROM ${inbox} n JOIN identity i ON i.id = n.customer
    WHERE n.at <= ${to}::bigint ${after === null ? empty : sql`AND n.at > ${after}::bigint`}`);
  if (added === 0) return undefined;
  if (corrections > 0) await correct(tick, kind, from);
  await db.run(sql`DELETE FROM ${inbox} WHERE "at" <= ${now}::bigint`);
  return from;
}

async function consent(moment: Moment): Promise<void> {
  const { db, program, moments } = moment;
  const meant = await resolveRefusals(moment, moment.births ?? false, 'inbox_consent', sql`NOT n.granted`);
  const rows = sql`
    SELECT n.id, i.customer, NULL::text AS address, n.channel, n.granted, n.at, n.${ident(SOURCE)} FROM inbox_consent n
    JOIN identity i ON i.id = n.customer${moments.join(sql`i.customer`)} WHERE n.at <= ${moments.now}
    ${meant ? sql`UNION ALL SELECT id, customer, address, channel, granted, "at", ${ident(SOURCE)} FROM meant` : empty}`;
  await db.run(sql`
    INSERT INTO consent (seq, id, customer, address, channel, granted, "at", ${ident(SOURCE)})
    SELECT (SELECT coalesce(max(seq), 0) FROM consent) + row_number() OVER (ORDER BY n.at, n.id),
      n.id, n.customer, n.address, n.channel, n.granted, n.at, n.${ident(SOURCE)}
    FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY "at", customer) AS copy FROM (${rows}) r) n
    WHERE n.copy = 1 AND NOT EXISTS (SELECT 1 FROM consent e WHERE e.id = n.id)`);
  await refreshConsent(db, program, sql`SELECT customer FROM (${rows}) r WHERE customer IS NOT NULL`);
  if (meant) await refreshNamed(db, program);
  await forget(moment, 'inbox_consent');
}

async function suppressions(moment: Moment): Promise<void> {
  const { db, program, moments } = moment;
  const meant = await resolveRefusals(moment, moment.births ?? false, 'inbox_suppression', sql`TRUE`);
  const rows = sql`
    SELECT n.id, i.customer, NULL::text AS address, n.channel, n.reason, n.at FROM inbox_suppression n
    JOIN identity i ON i.id = n.customer${moments.join(sql`i.customer`)} WHERE n.at <= ${moments.now}
    ${meant ? sql`UNION ALL SELECT id, customer, address, channel, reason, "at" FROM meant` : empty}`;
  await db.run(sql`
    INSERT INTO suppression (id, customer, address, channel, reason, "at")
    SELECT n.id, n.customer, n.address, n.channel, n.reason, n.at
    FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY "at", customer) AS copy FROM (${rows}) r) n
    WHERE n.copy = 1 AND NOT EXISTS (SELECT 1 FROM suppression e WHERE e.id = n.id)`);
  await refreshSuppressions(db, program, sql`SELECT customer FROM (${rows}) r WHERE customer IS NOT NULL`);
  if (meant) await refreshNamed(db, program);
  await forget(moment, 'inbox_suppression');
}

/** Deletes the rows that are due of an inbox whose rows are about customers. */
async function forget({ db, moments }: Moment, inbox: string): Promise<void> {
  const rows = ident(inbox);
  const theirs = sql`USING identity i${moments.beside} WHERE i.id = ${rows}.customer${moments.is(sql`i.customer`)} AND`;
  await db.run(sql`DELETE FROM ${rows} ${moments.each ? theirs : sql`WHERE`} ${rows}."at" <= ${moments.now}`);
}

/** Takes in the customers whom the files of a static segment name; a customer whom a journey put there stays. */
async function listings({ db }: Moment): Promise<void> {
  const named = sql`SELECT DISTINCT n.segment, i.customer FROM inbox_listing n JOIN identity i ON i.id = n.customer`;
  await db.run(sql`
    DELETE FROM listing WHERE origin = 'file' AND segment IN (SELECT segment FROM inbox_listing)
      AND NOT EXISTS (SELECT 1 FROM (${named}) n WHERE n.segment = listing.segment AND n.customer = listing.customer)`);
  await db.run(sql`
    INSERT INTO listing (segment, customer, origin)
    SELECT n.segment, n.customer, 'file' FROM (${named}) n
    WHERE NOT EXISTS (
      SELECT 1 FROM listing l WHERE l.segment = n.segment AND l.customer = n.customer AND l.origin = 'file')`);
  await db.run(sql`DELETE FROM inbox_listing`);
}

/**
 * Phase 1 of a round, whose events are in their tables already: makes customers of strangers whose first event has happened, and
 * takes in the feedback, consent and suppressions that are due.
 */
export async function collectForEach(tick: Tick): Promise<void> {
  const { db } = tick;
  const theirs = (inbox: string) => sql`
    SELECT 1 FROM ${ident(inbox)} n JOIN identity i ON i.id = n.customer JOIN moment ON moment.customer = i.customer WHERE n.at <= moment.now`;
  const rows = await db.query<{ what: string }>(sql`
    SELECT 'stranger' AS what WHERE EXISTS (SELECT 1 FROM stranger s JOIN moment ON moment.customer = s.customer) UNION ALL
    SELECT 'feedback' WHERE EXISTS (SELECT 1 FROM inbox_feedback) UNION ALL
    SELECT 'consent' WHERE EXISTS (${theirs('inbox_consent')}) UNION ALL
    SELECT 'suppression' WHERE EXISTS (${theirs('inbox_suppression')})`);
  const there = new Set(rows.map(({ what }) => what));
  const { inboxes, any: births } = await createFoundCustomers(tick, there.has('stranger'));
  for (const inbox of inboxes) there.add(inbox.replace('inbox_', ''));
  if (there.has('feedback') && (await feedbackOfEach(tick))) there.add('consent');
  if (there.has('consent')) await consent({ ...tick, births });
  if (there.has('suppression')) await suppressions({ ...tick, births });
}

/** Takes in the feedback that is due for the customers in `moment`. Returns true if there are withdrawals to collect. */
async function feedbackOfEach(tick: Tick): Promise<boolean> {
  const { db, program, moments, reactions: happened } = tick;
  const [last] = await db.query<{ seq: number }>(sql`SELECT coalesce(max(seq), 0) AS seq FROM message_event`);
  const from = (last?.seq ?? 0) + 1;
  // Feedback for a message of this instant is taken in at the customer's next instant.
  const due = sql`
    JOIN message m ON m.message = n.message${moments.join(sql`m.customer`)}
    WHERE n.at <= ${moments.now} AND m.decided_at < ${moments.now}`;
  const added = await db.run(sql`
    INSERT INTO message_event (seq, id, message, customer, kind, "at")
    SELECT ${from - 1}::bigint + row_number() OVER (ORDER BY n.at, n.id), n.id, n.message, n.customer, n.kind, n.at
    FROM (SELECT n.id, n.message, m.customer, n.kind, n.at, row_number() OVER (PARTITION BY n.id ORDER BY n.at) AS copy
      FROM inbox_feedback n ${due}) n
    WHERE n.copy = 1 AND NOT EXISTS (SELECT 1 FROM message_event e WHERE e.id = n.id)`);
  await db.run(sql`DELETE FROM inbox_feedback WHERE id IN (SELECT n.id FROM inbox_feedback n ${due})`);
  if (added === 0) return false;
  // A row that was read before its message existed counts as new now, whatever its time.
  tick.reactions = (row) => sql`(${happened ? happened(row) : sql`FALSE`} OR ${row}.seq >= ${from}::bigint)`;
  return implied(
    { db, program },
    sql`FROM message_event e JOIN message m ON m.message = e.message
    JOIN customer c ON c.customer = e.customer WHERE e.seq >= ${from}::bigint`,
  );
}

/**
 * An unsubscription also withdraws the consent, a bounce or a complaint suppresses the channel. Returns true if there are
 * withdrawals to collect.
 */
async function feedback(tick: Walk, { rows }: Arrivals): Promise<boolean> {
  const { db, now } = tick;
  const [last] = await db.query<{ seq: number }>(sql`SELECT coalesce(max(seq), 0) AS seq FROM message_event`);
  const from = (last?.seq ?? 0) + 1;
  const added = await db.run(sql`
    INSERT INTO message_event (seq, id, message, customer, kind, "at")
    SELECT ${from - 1}::bigint + row_number() OVER (ORDER BY n.at, n.id), n.id, n.message, m.customer, n.kind, n.at
    FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY "at") AS copy FROM inbox_feedback WHERE "at" <= ${now}::bigint) n
    JOIN message m ON m.message = n.message
    WHERE n.copy = 1 AND NOT EXISTS (SELECT 1 FROM message_event e WHERE e.id = n.id)`);
  if (added < rows) await keepStrays(tick);
  await db.run(sql`DELETE FROM inbox_feedback WHERE "at" <= ${now}::bigint`);
  await noteFeedback(tick.db, from);
  tick.reactions = (row) => sql`${row}.seq >= ${from}::bigint`;
  return implied(
    tick,
    sql`FROM message_event e JOIN message m ON m.message = e.message
    JOIN customer c ON c.customer = e.customer WHERE e.seq >= ${from}::bigint`,
  );
}

/**
 * `reactions`: FROM and WHERE over feedback `e`, its message `m` and its customer `c`. A bounce and a complaint suppress the
 * address that the message went to, not the customer. Returns true if there are withdrawals to collect.
 */
async function implied({ db, program }: Pick<Tick, 'db' | 'program'>, reactions: Sql): Promise<boolean> {
  const kinds = await db.query<{ kind: string }>(sql`
    SELECT DISTINCT e.kind ${reactions} AND e.kind IN ('unsubscribed', 'bounced', 'complained')`);
  if (kinds.length === 0) return false;
  const withdrawn = await db.run(sql`
    INSERT INTO inbox_consent (id, customer, channel, granted, "at")
    SELECT concat(e.kind, '/', e.id), c.id, m.channel, FALSE, e.at ${reactions} AND e.kind IN ('unsubscribed', 'complained')`);
  await noteAddresses(
    db,
    program,
    sql`message.message IN (SELECT m.message ${reactions} AND e.kind IN ('bounced', 'complained'))`,
  );
  if (!kinds.some(({ kind }) => kind !== 'unsubscribed')) return withdrawn > 0;
  await db.run(sql`
    INSERT INTO suppression (id, customer, channel, reason, "at", address)
    SELECT concat(e.kind, '/', e.id), m.customer, m.channel, e.kind, e.at, m.address ${reactions}
      AND e.kind IN ('bounced', 'complained')
      AND NOT EXISTS (SELECT 1 FROM suppression x WHERE x.id = concat(e.kind, '/', e.id))`);
  // A bounce that dispatch has met is a suppression already, but not yet known as one of the address.
  await refreshBlocked(db, program, sql`SELECT m.customer ${reactions}`);
  return withdrawn > 0;
}
