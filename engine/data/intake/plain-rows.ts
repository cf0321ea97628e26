import sql, { join, type Sql } from 'sql-template-tag';
import type { Column, Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import type { PlainRows } from '../files/plain-lines.ts';
import { ARRIVAL, SOURCE } from '../files/shape.ts';

/**
 * Has the database split and convert rows into an inbox. `columns`: those of the shape's rows; `base`: the arrival of the file's line 0. Returns the
 * number of rows that are about customers who were erased: they are left out.
 */
export async function loadPlain(
  db: Database,
  inbox: string,
  columns: Column[],
  { text, first, rows, delimiter, cells }: PlainRows,
  { number, base, erased }: { number: number; base: number; erased: boolean },
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
  const known = sql`WHERE ${db.dialect.sha256(whom)} NOT IN (SELECT hash FROM erased WHERE coalesce(kind, 'id') = 'id')`;
  const loaded = await db.run(sql`
    INSERT INTO ${ident(inbox)} (${join(names)})
    SELECT ${join(values)}, nth + ${base + first - 1}::bigint, ${number}::integer FROM (${staged}) AS staged ${erased ? known : sql``}`);
  if (!erased && loaded !== rows) throw new Error(`${loaded} rows were loaded of ${rows}`);
  return rows - loaded;
}
