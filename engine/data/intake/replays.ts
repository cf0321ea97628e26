import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { DataModel, EventKind } from '../../../spec/model/data.ts';
import { later } from '../../../spec/words/t.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { temporary } from '../../store/statements.ts';
import { columnsOf, eventInbox, eventTable } from '../../store/tables.ts';
import { ARRIVAL, SOURCE } from '../files/shape.ts';
import { MOST_PROBLEMS } from './file.ts';
import { quarantineFound } from './problem-counts.ts';

const arrival = ident(ARRIVAL);
const source = ident(SOURCE);
const corrects = ident('#corrects');
/** The event `e` and the row `n` are from one source, as far as is known. */
const own = sql`(e.${source} = n.${source} OR e.${source} IS NULL OR n.${source} IS NULL)`;

/** The columns of an event's content. */
function meaning(kind: EventKind): Sql[] {
  return [sql`"at"`, ...kind.fields.map((field) => ident(field.name))];
}

/** The event `e` and the row `n` mean the same. */
function same(fields: Sql[]): Sql {
  return join(
    fields.map((field) => sql`e.${field} IS NOT DISTINCT FROM n.${field}`),
    ' AND ',
  );
}

/**
 * Drops the rows of an inbox that only repeat what is known. Nearly all rows of a file that is read again do, so that
 * judging the rest costs little. A row stays to be judged where another row, or another event, has its id; so a file that gives all
 * rows one id is not joined with itself.
 */
export async function dropReplays(db: Database, kind: EventKind): Promise<void> {
  const inbox = ident(eventInbox(kind.name));
  const found = await temporary(
    db,
    'replayed',
    sql`
      SELECT n.id FROM ${inbox} n JOIN ${ident(eventTable(kind.name))} e ON e.id = n.id LEFT JOIN identity i ON i.id = n.customer
      WHERE n.id IN (SELECT id FROM ${inbox} GROUP BY id HAVING count(*) = 1)
      GROUP BY n.id HAVING count(*) = 1 AND bool_and(e.customer = i.customer AND ${own} AND ${same(meaning(kind))})`,
  );
  if (found > 0) await db.run(sql`DELETE FROM ${inbox} WHERE id IN (SELECT id FROM replayed)`);
}

/**
 * Classifies the rows of an inbox by their ids. An event is identified by source, id and customer. A row with the known
 * content is a replay, and dropped; a row with other content is a correction. A row of another source with the same id is
 * the same event if its content is the same, and another event otherwise.
 */
export async function judgeEvents(db: Database, data: DataModel, kind: EventKind, at: number): Promise<void> {
  const inbox = ident(eventInbox(kind.name));
  const events = ident(eventTable(kind.name));
  const [earlier] = await db.query(sql`SELECT 1 AS n FROM ${events} LIMIT 1`);
  // Asked of the events, because DuckDB then passes over most of them where the inbox has few rows.
  const met = earlier ? sql`SELECT id FROM ${events} WHERE id IN (SELECT id FROM ${inbox}) UNION` : empty;
  const known = await temporary(db, 'recurring', sql`${met} SELECT id FROM ${inbox} GROUP BY id HAVING count(*) > 1`);
  if (known === 0) return;
  await report(db, inbox, events, at);
  const columns = columnsOf(data, eventInbox(kind.name)).map((column) => ident(column.name));
  await temporary(db, 'judged', judged(inbox, events, columns, meaning(kind)));
  await db.run(sql`DELETE FROM ${inbox} WHERE id IN (SELECT id FROM recurring)`);
  await db.run(sql`INSERT INTO ${inbox} (${join(columns)}) SELECT ${join(columns)} FROM judged WHERE NOT replay`);
}

/** Rows of the inbox whose ids recur, one for each event, with `replay` and with what they correct. */
function judged(inbox: Sql, events: Sql, columns: Sql[], fields: Sql[]): Sql {
  const plain = columns.filter((column) => column.sql !== corrects.sql);
  return sql`
    WITH latest AS (
      SELECT * FROM (
        SELECT n.*, i.customer AS "#number", row_number() OVER (
          PARTITION BY n.${source}, n.id, n.customer ORDER BY n.${arrival} DESC NULLS LAST, n.at) AS "#nth"
        FROM ${inbox} n JOIN identity i ON i.id = n.customer WHERE n.id IN (SELECT id FROM recurring)) rows
      WHERE "#nth" = 1),
    met AS (
      SELECT n.${source}, n.id, n.customer, max(CASE WHEN ${own} THEN e.seq END) AS seq,
        bool_or(${own} AND ${same(fields)}) AS again, bool_or(NOT ${own} AND ${same(fields)}) AS elsewhere
      FROM latest n JOIN ${events} e ON e.id = n.id AND e.customer = n."#number"
      GROUP BY n.${source}, n.id, n.customer)
    SELECT ${join(plain.map((column) => sql`n.${column}`))}, m.seq AS ${corrects},
      CASE WHEN m.seq IS NOT NULL THEN m.again ELSE coalesce(m.elsewhere, FALSE) OR row_number() OVER (
        PARTITION BY n.id, n.customer, ${join(fields.map((field) => sql`n.${field}`))}
        ORDER BY CASE WHEN m.seq IS NULL THEN 1 ELSE 0 END, n.${source} NULLS LAST) > 1 END AS replay
    FROM latest n LEFT JOIN met m
      ON m.id = n.id AND m.customer = n.customer AND m.${source} IS NOT DISTINCT FROM n.${source}`;
}

/** Rows that take the place of another in their own file, and ids that a source gives to two customers. */
async function report(db: Database, inbox: Sql, events: Sql, at: number): Promise<void> {
  // Windows, because DuckDB 1.5 loses rows of a correlated EXISTS with two inequalities.
  const rows = sql`
    SELECT s.path, n.${arrival} - s.base AS line, n.${arrival} > s.base AS recent, n.id, n.customer, n.${source},
      row_number() OVER (PARTITION BY n.${source}, n.id, n.customer, n.${arrival} > s.base ORDER BY n.${arrival}) AS nth,
      first_value(n.customer) OVER (PARTITION BY n.${source}, n.id ORDER BY n.${arrival}) AS before
    FROM ${inbox} n JOIN source s ON s.number = n.${source} WHERE n.id IN (SELECT id FROM recurring)`;
  const known = sql`
    SELECT e.id, e.${source}, min(i.id) AS low, max(i.id) AS high FROM ${events} e JOIN identity i ON i.customer = e.customer
    WHERE e.id IN (SELECT id FROM recurring) GROUP BY e.id, e.${source}`;
  const anothers = sql`n.before <> n.customer OR k.low <> n.customer OR k.high <> n.customer`;
  const put = (code: string, message: string, where: Sql) =>
    quarantineFound(
      db,
      sql`SELECT n.path, n.line, ${message}::text AS message
      FROM (${rows}) n LEFT JOIN (${known}) k ON k.id = n.id AND k.${source} = n.${source} WHERE n.recent AND (${where})`,
      { code, field: 'id', at, most: MOST_PROBLEMS },
    );
  await put(
    'repeated-id',
    later`An earlier row of the file has this id and this customer too. This row takes its place.`,
    sql`n.nth > 1`,
  );
  await put(
    'conflicting-id',
    later`The file gives this id to another customer too. Both rows are kept. Give each row an id of its own.`,
    anothers,
  );
}
