import sql, { raw, type Sql } from 'sql-template-tag';
import type { Database } from '../../store/database.ts';
import { messageStatus } from '../../store/outcome-sql.ts';
import { nothing, type Spread } from './estimate.ts';

/**
 * The spreads of a figure under two programs, and of its differences: of the units with more of it, and of those with less. An empty name
 * or channel means all.
 */
export interface Spreads {
  figure: string;
  name: string;
  channel: string;
  before: Spread;
  after: Spread;
  gain: Spread;
  loss: Spread;
}

/** Half-open, epoch milliseconds. */
interface Window {
  from: number;
  to: number;
}

/** Creates `tally` (figure, name, channel, unit, amount): what each unit of the sample contributes. */
export async function beginTally(db: Database): Promise<void> {
  const decimal = raw(db.dialect.types.decimal);
  await db.run(sql`CREATE OR REPLACE TABLE tally (figure text, name text, channel text, unit text, amount ${decimal})`);
}

/** Adds the messages decided within the window and sent, and their cost, by campaign and channel and of all. */
export async function tallyMessages(db: Database, { from, to }: Window, count: string, cost: string): Promise<void> {
  const decimal = raw(db.dialect.types.decimal);
  const sent = (amount: Sql) => sql`
    SELECT m.campaign AS name, m.channel, m.customer, ${amount} AS amount FROM message m
    WHERE m.status = ${messageStatus.sent} AND m.decided_at >= ${from}::bigint AND m.decided_at < ${to}::bigint`;
  await tallyRows(db, count, sent(sql`1`));
  await tallyRows(db, cost, sent(sql`m.price::${decimal}`));
  for (const figure of [count, cost]) {
    await addAll(db, figure, sql`channel`);
    await addAll(db, figure, sql`''`);
  }
}

/** Adds those who entered within the window, by campaign and of all. */
export async function tallyEntries(db: Database, { from, to }: Window, figure: string): Promise<void> {
  await tallyRows(
    db,
    figure,
    sql`SELECT e.campaign AS name, '' AS channel, e.customer, 1 AS amount FROM enrolment e
      WHERE e.entered_at >= ${from}::bigint AND e.entered_at < ${to}::bigint`,
  );
  await addAll(db, figure, sql`''`);
}

/** Adds members (customer). */
export async function tallyMembers(db: Database, figure: string, name: string, members: Sql): Promise<void> {
  await tallyRows(
    db,
    figure,
    sql`SELECT ${name}::text AS name, '' AS channel, m.customer, 1 AS amount FROM (${members}) m`,
  );
}

/** Adds what each unit has of `rows` (name, channel, customer, amount). */
export async function tallyRows(db: Database, figure: string, rows: Sql): Promise<void> {
  await db.run(sql`
    INSERT INTO tally (figure, name, channel, unit, amount)
    SELECT ${figure}::text, r.name, r.channel, d.unit, sum(r.amount) FROM (${rows}) r JOIN drawn d ON d.customer = r.customer
    GROUP BY r.name, r.channel, d.unit HAVING sum(r.amount) <> 0`);
}

async function addAll(db: Database, figure: string, channel: Sql): Promise<void> {
  await db.run(sql`
    INSERT INTO tally (figure, name, channel, unit, amount)
    SELECT figure, '', ${channel}, unit, sum(amount) FROM tally WHERE figure = ${figure} AND name <> '' GROUP BY ALL`);
}

/** Writes the tally to a file, for `readSpreads`. */
export async function keepTally(db: Database, path: string): Promise<void> {
  await db.run(sql`COPY tally TO ${quoted(path)} (FORMAT parquet)`);
}

/** A tally in a file that `keepTally` wrote. */
export function kept(path: string): Sql {
  return sql`(SELECT * FROM read_parquet(${quoted(path)}))`;
}

function quoted(path: string): Sql {
  return raw(`'${path.replaceAll("'", "''")}'`);
}

/** Returns the spreads of two tallies, which are paired by unit; absent: there is none before. See `spreadsOf`. */
export async function readSpreads(db: Database, after: Sql, before?: Sql): Promise<Map<string, Spreads>> {
  const none = sql`(SELECT * FROM ${after} x WHERE FALSE)`;
  const rows = await db.query<Row>(sql`
    WITH pair AS (
      SELECT figure, name, channel, coalesce(b.amount, 0) AS was, coalesce(a.amount, 0) AS becomes
      FROM ${before ?? none} b FULL JOIN ${after} a USING (figure, name, channel, unit)),
    part AS (
      SELECT figure, name, channel, 'before' AS side, was AS amount FROM pair WHERE was <> 0 UNION ALL
      SELECT figure, name, channel, 'after', becomes FROM pair WHERE becomes <> 0 UNION ALL
      SELECT figure, name, channel, 'gain', becomes - was FROM pair WHERE becomes > was UNION ALL
      SELECT figure, name, channel, 'loss', was - becomes FROM pair WHERE becomes < was)
    SELECT figure, name, channel, side, count(*) AS units, sum(amount) AS total, sum(amount::double * amount::double) AS squares,
      min(amount) AS least, max(amount) AS most
    FROM part GROUP BY figure, name, channel, side ORDER BY figure, name, channel`);
  const spreads = new Map<string, Spreads>();
  for (const { figure, name, channel, side, ...spread } of rows)
    spreads.set(key(figure, name, channel), { ...spreadsOf(spreads, figure, name, channel), [side]: spread });
  return spreads;
}

type Row = { figure: string; name: string; channel: string; side: string } & { [K in keyof Spread]: number };

function key(figure: string, name: string, channel: string): string {
  return [figure, name, channel].join('\n');
}

/** Returns the spreads of a figure, also of one to which nobody contributes. */
export function spreadsOf(spreads: Map<string, Spreads>, figure: string, name: string, channel = ''): Spreads {
  const none = { before: nothing, after: nothing, gain: nothing, loss: nothing };
  return spreads.get(key(figure, name, channel)) ?? { figure, name, channel, ...none };
}
