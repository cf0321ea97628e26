import sql, { empty, type Sql } from 'sql-template-tag';
import { refreshBlocked } from '../consent/permissions.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus, messageStatus } from '../store/outcome-sql.ts';
import { phase } from '../store/phase.ts';
import type { Entry } from './entry.ts';
import { ids } from './list.ts';

/** Settles what became of messages that `worker` had claimed, and gives up its claims; to be called in a transaction. */
export async function record(
  tx: Database,
  program: Program,
  worker: string,
  now: number,
  entries: Entry[],
): Promise<void> {
  const alike = Map.groupBy(entries, ({ message, address, at, ...rest }) => JSON.stringify(rest));
  for (const [entry, ...more] of alike.values()) if (entry) await settle(tx, worker, now, entry, [entry, ...more]);
  await suppress(tx, program, now, entries.filter((each) => each.bounced).map(messageOf));
  await handOver(tx, now, entries.filter((each) => lost.has(each.status)).map(messageOf));
  const all = ids(entries.map(messageOf));
  await tx.run(sql`DELETE FROM claim WHERE worker = ${worker}::text AND message IN ${all}`);
}

const messageOf = ({ message }: Entry) => message;
/** A message that will not reach anybody. */
const lost = new Set<Entry['status']>(['failed', 'expired', 'suppressed']);

/**
 * Settles messages. The outcome of a message on a connection is the truth, whatever was recorded of it meanwhile, unless somebody else
 * has taken it. What has not happened to it leaves it as somebody else has ended it.
 */
async function settle(tx: Database, worker: string, now: number, entry: Entry, alike: Entry[]): Promise<void> {
  const over = entry.status !== 'decided';
  const happened = entry.attempted && over && entry.status !== 'expired';
  const returned = !over && !entry.attempted && entry.sendAt === null;
  const waiting = (then: Sql, otherwise: Sql) =>
    sql`CASE WHEN status = ${messageStatus.decided} THEN ${then} ELSE ${otherwise} END`;
  const [status, reason] = [sql`${entry.status}::text`, sql`${entry.reason}::text`];
  const finished = over ? sql`x.at` : sql`NULL::bigint`;
  const at = alike.map((each) => String(each.at ?? now));
  // Feedback is about the address to which the message went; the customer may have another by then.
  const address = alike.some((each) => each.address)
    ? sql`, address = coalesce(nullif(x.address, ''), message.address)`
    : empty;
  const again = entry.attempted && !over;
  const trouble = again ? sql`, trouble = ${entry.detail ?? entry.reason}::text` : empty;
  await tx.run(sql`
    UPDATE message SET status = ${entry.again ? waiting(messageStatus.decided, status) : status},
      reason = ${returned ? waiting(sql`reason`, reason) : reason},
      attempts = attempts + ${entry.attempted ? 1 : 0}::integer,
      send_at = coalesce(${entry.sendAt}::bigint, send_at),
      finished_at = ${entry.again ? waiting(sql`NULL::bigint`, finished) : finished}
      ${entry.attempted || entry.detail !== null ? sql`, detail = ${entry.detail}::text, template_hash = ${entry.template}::text` : empty}${address}${trouble}
    FROM (SELECT ${column(alike.map(messageOf))} AS message, ${column(at)}::bigint AS "at",
      ${column(alike.map((each) => each.address))} AS address) x
    WHERE message.message = x.message AND message.message NOT IN (SELECT message FROM claim WHERE worker <> ${worker}::text)
      AND ${happened ? sql`status NOT IN (${messageStatus.sent}, ${messageStatus.failed})` : sql`status IN (${messageStatus.decided}, ${messageStatus.unknown})`}`);
}

/** A column of values without commas. */
const column = (values: (string | null)[]) => sql`unnest(string_to_array(${values.join(',')}::text, ','))`;

/**
 * A bounce is feedback, and the next tick takes it in as such; the suppression cannot wait for it, because more messages
 * to the same address may be due. It has the id that the tick would give it, so that it stays one.
 */
async function suppress(tx: Database, program: Program, now: number, messages: string[]): Promise<void> {
  if (messages.length === 0) return;
  const of = sql`FROM message m WHERE m.message IN ${ids(messages)}`;
  await tx.run(sql`
    INSERT INTO inbox_feedback (id, message, kind, "at")
    SELECT concat('dispatch/', m.message), m.message, 'bounced', ${now}::bigint ${of}`);
  await tx.run(sql`
    INSERT INTO suppression (id, customer, channel, reason, "at", address)
    SELECT concat('bounced/dispatch/', m.message), m.customer, m.channel, 'bounced', ${now}::bigint, m.address ${of}
      AND NOT EXISTS (SELECT 1 FROM suppression x WHERE x.id = concat('bounced/dispatch/', m.message))`);
  await refreshBlocked(tx, program, sql`SELECT m.customer ${of}`);
}

/** A message that will not reach anybody ends its cascade stage's waiting: the next tick goes on to the next channel. */
export async function handOver(tx: Database, now: number, messages: string[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.run(sql`
    UPDATE enrolment SET due_at = ${now}::bigint FROM message m
    WHERE m.message IN ${ids(messages)} AND enrolment.enrolment = m.enrolment AND enrolment.step = m.step
      AND enrolment.status = ${enrolmentStatus.active} AND enrolment.phase = ${phase.waiting} AND enrolment.due_at > ${now}::bigint`);
}
