import sql, { join, type Sql } from 'sql-template-tag';
import type { Column, Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import type { PlainRows } from '../files/plain-lines.ts';
import { type PlainTable, ROW } from '../files/plain-table.ts';
import { ARRIVAL, SOURCE } from '../files/shape.ts';

/**
 * Has the database split and convert rows into an inbox. `columns`: those of the shape's rows; `base`: the arrival of the file's line 0. Returns the
 * number of rows that are about customers who were erased: they are left out.
 */
export function loadPlain(
  db: Database,
  inbox: string,
  columns: Column[],
  plain: PlainRows | PlainTable,
  place: Place,
): Promise<number> {
  return 'text' in plain ? loadLines(db, inbox, columns, plain, place) : loadTable(db, inbox, columns, plain, place);
}

interface Place {
  number: number;
  base: number;
  /** Somebody was erased. */
  erased: boolean;
}

/** The rows of a table that are about nobody who was erased. */
function known(db: Database, whom: Sql): Sql {
  return sql`${db.dialect.sha256(whom)} NOT IN (SELECT hash FROM erased WHERE coalesce(kind, 'id') = 'id')`;
}

async function loadTable(
  db: Database,
  inbox: string,
  columns: Column[],
  { from, where, rows, values }: PlainTable,
  { number, base, erased }: Place,
): Promise<number> {
  const there = values.flatMap((value, i) => (value ? [{ value, name: columns[i]?.name ?? '' }] : []));
  const names = [...there.map(({ name }) => ident(name)), ident(ARRIVAL), ident(SOURCE)];
  const whom = there.find(({ name }) => name === 'customer')?.value ?? sql`NULL`;
  const loaded = await db.run(sql`
    INSERT INTO ${ident(inbox)} (${join(names)})
    SELECT ${join(there.map(({ value }) => value))}, ${ident(ROW)} + ${base + 1}::bigint, ${number}::integer
    FROM ${from} WHERE ${where} ${erased ? sql`AND ${known(db, whom)}` : sql``}`);
  // Another file may have taken the place of the one whose rows were counted: then it is read again.
  return erased ? Math.max(0, rows - loaded) : 0;
}

async function loadLines(
  db: Database,
  inbox: string,
  columns: Column[],
  { text, first, rows, delimiter, cells }: PlainRows,
  { number, base, erased }: Place,
): Promise<number> {
  const there = cells.flatMap((cell, i) =>
    cell ? [{ ...cell, own: ident(`#${i}`), first: ident(`#${i} first`), i }] : [],
  );
  const one = (value: Sql, as: Sql) => sql`${value} AS ${as}`;
  // Out of a table, because DuckDB would make a constant of the list of lines, one value after the other, at each planning.
  const lines = sql`
    SELECT unnest(lines) AS line, generate_subscripts(lines, 1) AS nth
    FROM (SELECT string_split(block, ${'\n'}) AS lines FROM (VALUES (${text})) AS blocks(block)) AS texts`;
  const split = sql`SELECT string_split(line, ${delimiter}) AS cells, nth FROM (${lines}) AS lines WHERE line <> ''`;
  const own = there.map(({ at, own }) => one(sql`cells[${at}::integer]`, own));
  const raws = sql`SELECT ${join(own)}, nth FROM (${split}) AS split`;
  const firsts = there.flatMap(({ cells, own, first }) => (cells.first ? [one(cells.first(own), first)] : []));
  const staged = firsts.length > 0 ? sql`SELECT *, ${join(firsts)} FROM (${raws}) AS raws` : raws;
  const values = there.map(({ cells, own, first }) => cells.value(own, first));
  const names = [...there.map(({ i }) => ident(columns[i]?.name ?? '')), ident(ARRIVAL), ident(SOURCE)];
  const whom = there.find(({ i }) => columns[i]?.name === 'customer')?.own ?? sql`NULL`;
  const loaded = await db.run(sql`
    INSERT INTO ${ident(inbox)} (${join(names)})
    SELECT ${join(values)}, nth + ${base + first - 1}::bigint, ${number}::integer FROM (${staged}) AS staged ${erased ? sql`WHERE ${known(db, whom)}` : sql``}`);
  if (!erased && loaded !== rows) throw new Error(`${loaded} rows were loaded of ${rows}`);
  return rows - loaded;
}
