import sql, { join, type Sql } from 'sql-template-tag';
import type { EventKind } from '../../../spec/model/data.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { eventInbox, eventTable } from '../../store/tables.ts';
import { ARRIVAL, SOURCE } from '../files/shape.ts';

const source = ident(SOURCE);
/** Ids that are made of what a row means are of this length. */
const MADE = 32;

/**
 * If a project declares other fields than before, other columns define its events. Those that were read
 * earlier are recognised by the fields that both declarations have; they take over the new values (and the id, where it
 * is made of them), and are not new. `fields`: the earlier declaration of a source; events without a source are from a
 * time when it was not recorded.
 */
export async function redeclare(
  db: Database,
  kind: EventKind,
  redeclared: ReadonlyMap<number, string[]>,
): Promise<void> {
  const events = ident(eventTable(kind.name));
  const old = await db.query(sql`SELECT 1 AS n FROM ${events} WHERE ${source} IS NULL LIMIT 1`);
  const all = kind.fields.map((field) => field.name);
  if (old.length > 0) await recognise(db, kind, all, sql`n.${source} IS NOT NULL`, sql`${source} IS NULL`);
  for (const [number, fields] of redeclared) {
    const common = all.filter((field) => fields.includes(field));
    const of = sql`${source} = ${number}::integer`;
    await recognise(db, kind, common, sql`n.${of}`, of);
  }
}

/** `common`: the fields that tell events apart; `read`, `stored`: which rows of the inbox and of the events are compared. */
async function recognise(db: Database, kind: EventKind, common: string[], read: Sql, stored: Sql): Promise<void> {
  const events = ident(eventTable(kind.name));
  const alike = [sql`customer`, sql`"at"`, ...common.map(ident)];
  const values = [sql`id`, ...kind.fields.map((field) => ident(field.name)), source];
  const given = sql`CASE WHEN length(id) = ${MADE}::integer THEN '' ELSE id END`;
  const numbered = (rows: Sql, order: Sql) => sql`
    SELECT *, ${given} AS "#given", row_number() OVER (PARTITION BY ${given}, ${join(alike)} ORDER BY ${order}) AS "#nth"
    FROM (${rows}) rows`;
  const come = sql`
    SELECT ${join(values.map((column) => sql`n.${column}`))}, i.customer, n.at, n.${ident(ARRIVAL)}
    FROM ${ident(eventInbox(kind.name))} n JOIN identity i ON i.id = n.customer WHERE ${read}`;
  const known = sql`SELECT id, seq, ${join(alike)} FROM ${events} WHERE ${stored}`;
  const same = [sql`"#given"`, sql`"#nth"`, ...alike].map(
    (column) => sql`k.${column} IS NOT DISTINCT FROM c.${column}`,
  );
  await db.run(sql`
    UPDATE ${events} SET ${join(values.map((column) => sql`${column} = r.${column}`))}
    FROM (
      SELECT k.seq AS "#seq", ${join(values.map((column) => sql`c.${column}`))}
      FROM (${numbered(come, ident(ARRIVAL))}) c JOIN (${numbered(known, sql`seq`)}) k ON ${join(same, ' AND ')}) r
    WHERE ${events}.seq = r."#seq"`);
}
