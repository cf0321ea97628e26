import sql from 'sql-template-tag';
import type { DataModel, EventKind } from '../../../spec/model/data.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { columnsOf, eventInbox, eventTable } from '../../store/tables.ts';
import type { Batch } from '../files/batch.ts';
import { ARRIVAL, SOURCE } from '../files/shape.ts';

/** Rows of events that the conditions of their source leave out; an event that one of them was read as before is taken back. */
export const INBOX_LEFT_OUT = 'inbox_gone';

const arrival = ident(ARRIVAL);
const source = ident(SOURCE);

/** Stores the rows that are left out. Returns their last line. */
export async function addLeftOut(
  db: Database,
  data: DataModel,
  { leftOut }: Batch,
  { inbox, number, base }: { inbox: string; number: number; base: number },
): Promise<number> {
  const rows = leftOut.map(([id, customer, line]) => ({
    kind: inbox,
    id,
    customer,
    [ARRIVAL]: base + Number(line),
    [SOURCE]: number,
  }));
  if (rows.length > 0) await db.load(INBOX_LEFT_OUT, columnsOf(data, INBOX_LEFT_OUT), rows);
  return leftOut.reduce((last, [, , line]) => Math.max(last, Number(line)), 0);
}

/**
 * Lets the last of the rows of one source with one id and customer count, be it an event or left out. Keeps only the left-out rows
 * by which a known event is taken back.
 */
export async function settleLeftOut(db: Database, data: DataModel): Promise<void> {
  const found = await db.query<{ kind: string }>(sql`SELECT DISTINCT kind FROM ${ident(INBOX_LEFT_OUT)}`);
  for (const kind of data.events) {
    const inbox = eventInbox(kind.name);
    if (!found.some((one) => one.kind === inbox)) continue;
    const pairs = sql`
      FROM ${ident(inbox)} n JOIN ${ident(INBOX_LEFT_OUT)} g
        ON g.kind = ${inbox} AND g.${source} = n.${source} AND g.id = n.id AND g.customer = n.customer`;
    await db.run(sql`
      DELETE FROM ${ident(INBOX_LEFT_OUT)} WHERE kind = ${inbox} AND (
        (${source}, ${arrival}) IN (SELECT g.${source}, g.${arrival} ${pairs} AND n.${arrival} > g.${arrival})
        OR (${source}, ${arrival}) NOT IN (SELECT g.${source}, g.${arrival} ${joinEarlierEvents(kind, sql`g.kind = ${inbox}`)}
          UNION ALL SELECT g.${source}, g.${arrival} ${pairs} AND n.${arrival} < g.${arrival}))`);
    await db.run(sql`
      DELETE FROM ${ident(inbox)} WHERE (${source}, ${arrival}) IN (
        SELECT n.${source}, n.${arrival} ${pairs} AND n.${arrival} < g.${arrival})`);
  }
}

/** Joins the left-out rows `g` with the events `e` that they were read as before. */
export function joinEarlierEvents(kind: EventKind, where: ReturnType<typeof sql>) {
  return sql`
    FROM ${ident(INBOX_LEFT_OUT)} g JOIN identity i ON i.id = g.customer JOIN ${ident(eventTable(kind.name))} e
      ON e.id = g.id AND e.customer = i.customer AND (e.${source} = g.${source} OR e.${source} IS NULL) AND ${where}`;
}
