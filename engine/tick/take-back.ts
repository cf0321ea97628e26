import sql, { join } from 'sql-template-tag';
import { INBOX_GONE, told } from '../data/intake/gone.ts';
import { ident } from '../store/dialect.ts';
import { runAll } from '../store/statements.ts';
import { eventInbox, eventTable } from '../store/tables.ts';
import { noteChange } from './note-change.ts';
import type { Tick } from './tick.ts';

/**
 * Takes back events whose rows are none of their source any more: they count for nobody. Their rows stay, under minus the
 * number of the customer, for journeys that began with them. The clocks of absence of these customers are looked at anew.
 */
export async function takeBack(tick: Tick): Promise<void> {
  const { db, program, now } = tick;
  const kinds = program.data.events;
  if (kinds.length === 0) return;
  const rows = kinds.map(
    (kind) =>
      sql`SELECT ${kind.name}::text AS kind, e.seq, e.customer ${told(kind, sql`g.kind = ${eventInbox(kind.name)}`)}`,
  );
  const found = await runAll(db, db.dialect.temporary('taken_back', join(rows, ' UNION ')));
  await db.run(sql`DELETE FROM ${ident(INBOX_GONE)}`);
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
