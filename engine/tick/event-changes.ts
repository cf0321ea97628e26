import sql, { join, type Sql } from 'sql-template-tag';
import { SOURCE } from '../data/files/shape.ts';
import { INBOX_LEFT_OUT, joinEarlierEvents } from '../data/intake/left-out-events.ts';
import { triggerEvent } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { temporary } from '../store/statements.ts';
import { eventInbox, eventTable } from '../store/tables.ts';
import type { Walk } from './tick.ts';

/** Corrections, with a `seq` from `from` on, take the place of what they correct, also where a journey began with it. */
export async function correct({ db, now, versions }: Walk, kind: string, from: number): Promise<void> {
  const table = ident(eventTable(kind));
  const found = await temporary(
    db,
    'corrected',
    sql`
      SELECT n.${ident('#corrects')} AS old, e.seq FROM ${ident(eventInbox(kind))} n JOIN identity i ON i.id = n.customer
      JOIN ${table} e ON e.id = n.id AND e.customer = i.customer AND e.${ident(SOURCE)} IS NOT DISTINCT FROM n.${ident(SOURCE)}
      WHERE n.${ident('#corrects')} IS NOT NULL AND n.at <= ${now}::bigint AND e.seq >= ${from}::bigint`,
  );
  if (found === 0) return;
  const begun = versions.filter(({ definition }) => triggerEvent(definition.trigger) === kind);
  if (begun.length > 0) {
    const theirs = join(begun.map(({ definition }) => sql`(${definition.name}, ${definition.hash})`));
    await db.run(sql`
      UPDATE enrolment SET event_seq = r.seq FROM corrected r
      WHERE enrolment.event_seq = r.old AND (campaign, version) IN (${theirs})`);
    await db.run(sql`
      UPDATE watch SET event_seq = r.seq FROM corrected r
      WHERE watch.event_seq = r.old AND campaign IN (${join(begun.map(({ definition }) => definition.name))})`);
  }
  await noteChange(db, { kind, change: 'corrected', at: now }, sql`seq IN (SELECT old FROM corrected)`);
  await db.run(sql`DELETE FROM ${table} WHERE seq IN (SELECT old FROM corrected)`);
}

/**
 * Takes back events whose rows have left their source: they count no more. Their rows stay, under minus the
 * number of the customer, for journeys that began with them. The clocks of absence of these customers are looked at anew.
 */
export async function takeBack(tick: Walk): Promise<void> {
  const { db, program, now } = tick;
  const kinds = program.data.events;
  if (kinds.length === 0) return;
  const rows = kinds.map(
    (kind) =>
      sql`SELECT ${kind.name}::text AS kind, e.seq, e.customer ${joinEarlierEvents(kind, sql`g.kind = ${eventInbox(kind.name)}`)}`,
  );
  const found = await temporary(db, 'taken_back', join(rows, ' UNION '));
  await db.run(sql`DELETE FROM ${ident(INBOX_LEFT_OUT)}`);
  if (found === 0) return;
  for (const kind of kinds) {
    const these = sql`seq IN (SELECT seq FROM taken_back WHERE kind = ${kind.name})`;
    await noteChange(db, { kind: kind.name, change: 'taken-back', at: now }, these);
    await db.run(sql`
      UPDATE ${ident(eventTable(kind.name))} SET customer = -customer
      WHERE ${these}`);
  }
  const taken = await db.query<{ kind: string }>(sql`SELECT DISTINCT kind FROM taken_back`);
  for (const { kind } of taken) tick.takenBack.add(kind);
}

/** Notes that events (a condition on their rows) are taken back or corrected, before they are. `at`: the tick. */
async function noteChange(
  db: Database,
  { kind, change, at }: { kind: string; change: 'taken-back' | 'corrected'; at: number },
  which: Sql,
): Promise<void> {
  await db.run(sql`
    INSERT INTO event_change (customer, kind, id, change, happened_at, "at")
    SELECT customer, ${kind}::text, id, ${change}::text, "at", ${at}::bigint FROM ${ident(eventTable(kind))} WHERE ${which}`);
}
