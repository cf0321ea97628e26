import sql, { empty, join } from 'sql-template-tag';
import { later } from '../../../spec/words/t.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { temporary } from '../../store/statements.ts';
import { columnsOf } from '../../store/tables.ts';
import type { Batch } from '../files/batch.ts';
import { SOURCE } from '../files/shape.ts';
import { isUnfinished } from './feeds.ts';
import { feedsRead } from './feeds-of-files.ts';
import { whyMissing } from './missing.ts';
import { toleranceOf, unreadable } from './unreadable.ts';

/** A reading of one of the files that together name every customer. */
export interface Naming {
  path: string;
  /** The number of the source, as in the column `#source`. */
  number: number;
}

const source = ident(SOURCE);
/** No source has this number. */
const NONE = 2_147_483_647;

/** Makes room for whom the files name that are read now. */
export async function beginNaming(db: Database): Promise<void> {
  await temporary(db, 'naming', sql`SELECT customer, ${source} FROM named WHERE FALSE`);
}

/** Forgets whom the files named: nobody is missing in files that do not name everybody. */
export async function endNaming(db: Database): Promise<void> {
  await db.run(sql`DELETE FROM named`);
  await db.run(sql`UPDATE removed_customer SET "at" = NULL`);
  await forgetFewer(db);
}

/** Takes down whom a part of a file names; a row that is left out for another mistake names its customer too. */
export async function addNamed(db: Database, { data }: Program, { rows, named }: Batch, number: number): Promise<void> {
  const ids = [...rows.map((row) => row[0] ?? null), ...named];
  await db.load(
    'naming',
    columnsOf(data, 'named'),
    ids.map((id) => ({ customer: id, [SOURCE]: number })),
  );
}

/**
 * Compares whom the files name with whom they named before. Who is in none of them any more is removed, unless that is more
 * than the project tolerates or a file cannot be relied on: then nothing is concluded from it, and it is reported. Who is
 * named again is back in any case. `allowed`: what is missing is taken for gone. A file without a row is never believed.
 * While the last row of one of the files waits for its end, nothing is concluded from any of them.
 */
export async function settleNamed(
  db: Database,
  program: Program,
  read: Naming[],
  { allowed, at }: { allowed: boolean; at: number },
): Promise<void> {
  const files = (await feedsRead(db, program)).filter(({ shape }) => shape.complete);
  const rows = await db.query<{ path: string; number: number; rows: number; fingerprint: string }>(
    sql`SELECT path, number, "rows", fingerprint FROM source WHERE path IN (${join(files.map((file) => file.name))})`,
  );
  const numbers = read.length > 0 ? read.map(({ number }) => number) : [NONE];
  const others = rows.map(({ number }) => number).filter((number) => !numbers.includes(number));
  await nameEverybody(db, program);
  const elsewhere = sql`AND NOT EXISTS (
    SELECT 1 FROM named k WHERE k.customer = o.customer AND k.${source} IN (${join(others.length > 0 ? others : [NONE])}))`;
  const gone = sql`
    SELECT o.customer, o.${source} FROM named o
    WHERE NOT EXISTS (SELECT 1 FROM naming n WHERE n.customer = o.customer) ${others.length > 0 ? elsewhere : empty}`;
  const missing = (await temporary(db, 'gone', gone)) > 0;
  const reliable = rows.length === files.length && rows.every((file) => file.rows > 0);
  const finished = !rows.some(({ fingerprint }) => isUnfinished(fingerprint));
  if (finished) await forgetFewer(db);
  const accepted = finished && reliable && (allowed || !missing || (await isTolerable(db, program)));
  const kept = sql`AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.customer = named.customer)`;
  await db.run(sql`
    DELETE FROM named WHERE (${source} IN (${join(numbers)}) OR ${source} NOT IN (${join([...numbers, ...others])}))
      ${accepted ? empty : kept}`);
  if (!accepted)
    await db.run(sql`
      UPDATE named SET ${source} = -${source} WHERE ${source} > 0 AND customer IN (SELECT customer FROM gone)`);
  await db.run(sql`INSERT INTO named (customer, ${source}) SELECT DISTINCT customer, ${source} FROM naming`);
  await db.run(sql`
    DELETE FROM removed_customer WHERE customer IN (SELECT i.customer FROM naming n JOIN identity i ON i.id = n.customer)`);
  if (accepted)
    await db.run(sql`
      INSERT INTO removed_customer (customer) SELECT DISTINCT i.customer FROM gone g JOIN identity i ON i.id = g.customer
      WHERE i.customer NOT IN (SELECT customer FROM removed_customer)`);
  else if (missing && finished) await report(db, program, rows, (read[0] ?? rows[0])?.path, at);
}

async function forgetFewer(db: Database): Promise<void> {
  if ((await db.run(sql`UPDATE source SET fewer = NULL WHERE fewer IS NOT NULL`)) > 0)
    await db.run(sql`DELETE FROM quarantine WHERE code = 'fewer-customers'`);
}

/** Customers who had attributes before the first reading were named by a file. */
async function nameEverybody(db: Database, { data: { customers } }: Program): Promise<void> {
  if ((await db.query(sql`SELECT 1 AS n FROM named LIMIT 1`)).length > 0 || customers.attributes.length === 0) return;
  const known = customers.attributes.map((attribute) => sql`${ident(attribute.name)} IS NOT NULL`);
  await db.run(sql`
    INSERT INTO named (customer, ${source}) SELECT id, 0 FROM customer
    WHERE (${join(known, ' OR ')}) AND customer NOT IN (SELECT customer FROM removed_customer)`);
}

async function isTolerable(db: Database, program: Program): Promise<boolean> {
  if ((await unreadable(db, program)).some(({ inbox }) => inbox === 'inbox_customer')) return false;
  const [row] = await db.query<{ known: number; gone: number }>(sql`
    SELECT (SELECT count(DISTINCT customer) FROM named) AS known, (SELECT count(DISTINCT customer) FROM gone) AS gone`);
  return (row?.gone ?? 0) * 10_000 <= (row?.known ?? 0) * toleranceOf(program);
}

/**
 * Reports who is missing with the files that named them; `first`: with which, where those are no longer declared. Another program
 * has it judged again.
 */
async function report(
  db: Database,
  program: Program,
  files: Naming[],
  first: string | undefined,
  at: number,
): Promise<void> {
  const rows = await db.query<{ source: number; n: number }>(
    sql`SELECT abs(${source}) AS source, count(*) AS n FROM gone GROUP BY 1`,
  );
  const numbers = files.map(({ number }) => number);
  for (const { path, number } of files) {
    const mine = rows.filter((row) => row.source === number || (path === first && !numbers.includes(row.source)));
    const fewer = mine.reduce((sum, { n }) => sum + n, 0);
    if (fewer > 0)
      await db.run(sql`UPDATE source SET fewer = ${fewer}::bigint, judged = ${program.hash} WHERE path = ${path}`);
  }
  for (const { path, fewer, emptied, missing } of await unreadable(db, program)) {
    // The problem that the file holds no row is reported already.
    if (!missing || emptied) continue;
    const message = later`Customers who were named before and are in no file of customers now: ${fewer}. ${whyMissing(missing, toleranceOf(program))}`;
    await db.run(sql`
      INSERT INTO quarantine (path, line, field, code, message, "at", refusal, fatal)
      VALUES (${path}, 0, NULL, 'fewer-customers', ${message}, ${at}::bigint, TRUE, TRUE)`);
  }
}
