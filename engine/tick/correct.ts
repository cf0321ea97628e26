import sql, { join } from 'sql-template-tag';
import { SOURCE } from '../data/files/shape.ts';
import { triggerEvent } from '../program/program.ts';
import { ident } from '../store/dialect.ts';
import { runAll } from '../store/statements.ts';
import { eventInbox, eventTable } from '../store/tables.ts';
import { noteChange } from './note-change.ts';
import type { Tick } from './tick.ts';

/** Corrections, with a `seq` from `from` on, take the place of what they correct, also where a journey began with it. */
export async function correct({ db, now, versions }: Tick, kind: string, from: number): Promise<void> {
  const table = ident(eventTable(kind));
  const found = await runAll(
    db,
    db.dialect.temporary(
      'corrected',
      sql`
      SELECT n.${ident('#corrects')} AS old, e.seq FROM ${ident(eventInbox(kind))} n JOIN identity i ON i.id = n.customer
      JOIN ${table} e ON e.id = n.id AND e.customer = i.customer AND e.${ident(SOURCE)} IS NOT DISTINCT FROM n.${ident(SOURCE)}
      WHERE n.${ident('#corrects')} IS NOT NULL AND n.at <= ${now}::bigint AND e.seq >= ${from}::bigint`,
    ),
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
