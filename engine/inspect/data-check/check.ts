import { DateTime } from 'luxon';
import sql, { join, raw } from 'sql-template-tag';
import { ARRIVAL, SOURCE } from '../../data/files/shape.ts';
import type { OfDeclaration } from '../../data/intake/declaring.ts';
import type { Feed } from '../../data/intake/feeds.ts';
import { type FileFeed, feedsRead } from '../../data/intake/feeds-of-files.ts';
import { intake } from '../../data/intake/intake.ts';
import { copiesIn } from '../../data/intake/problem-counts.ts';
import { unreadable } from '../../data/intake/unreadable.ts';
import { lossOf } from '../../data/intake/unreadable-error.ts';
import { gridInstant } from '../../program/facts.ts';
import type { Program } from '../../program/program.ts';
import { type Cause, dataCauses, worstFirst } from '../../report/causes.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { eventInbox, prepareTables } from '../../store/tables.ts';
import { runTick } from '../../tick/run-tick.ts';
import type { Before } from './before.ts';
import { consentCauses, customerCauses, placesKept } from './customers.ts';
import { eventCauses, silentCauses } from './events.ts';
import type { Checking } from './fold.ts';

/** A data file as it is read now, and as a store has read it last. */
export interface CheckedFile extends OfDeclaration {
  rows: number;
  /** Rows that were left out. */
  lost: number;
  /** Rows of which a value was left empty because it cannot be read. */
  incomplete: number;
  spoilt: number;
  /** Rows that the conditions of the source leave out. */
  passed: number;
  /** Null: no store has read it. `at`: epoch milliseconds. */
  before: { rows: number; lost: number; at: number } | null;
}

/** The state of the data files of a project. */
export interface DataReport {
  /** Epoch milliseconds. */
  at: number;
  customers: number;
  /** The rows of the files of customers: all, the lost ones, and the ones in whose place another row with the same id counts. */
  customerRows: { rows: number; lost: number; repeated: number };
  events: number;
  files: CheckedFile[];
  /** The causes, the worst first. */
  causes: Cause[];
  /** Files that cannot be relied on, for which `plan`, `tick` and `run` refuse. */
  unreadable: { path: string; why: string }[];
}

export interface CheckOptions {
  /** The folder from which the program's sources are read. */
  root: string;
  /** Now, epoch milliseconds. */
  at: number;
  /** Version of the tz database in use. */
  tz: string;
  /** The most places of a cause. */
  most: number;
  /** Called with the share of the data files that has been read, from 0 to 1. */
  onReading?: ((share: number) => void) | undefined;
  /** The store's knowledge of the files; absent: there is no store. */
  before?: Before;
}

/** Reads all data files of a program into an empty embedded store, and judges them. The files and no other store are changed. */
export async function checkData(
  db: Database,
  program: Program,
  { root, at, tz, most, onReading, before }: CheckOptions,
): Promise<DataReport> {
  await prepareTables(db, program.data);
  const places = { [ARRIVAL]: db.dialect.types.bigint, [SOURCE]: db.dialect.types.integer };
  for (const [column, type] of Object.entries(places))
    await db.run(sql`ALTER TABLE inbox_customer ADD COLUMN ${ident(column)} ${raw(type)}`);
  await db.run(
    sql`CREATE TABLE replaced AS SELECT ${ident(ARRIVAL)}, ${ident(SOURCE)} FROM inbox_customer WHERE FALSE`,
  );
  if (before && before.erased.length > 0)
    await db.load(
      'erased',
      [
        { name: 'hash', type: 'text' },
        { name: 'kind', type: 'text' },
      ],
      before.erased.map(({ hash, kind }) => ({ hash, kind })),
    );
  // Without campaigns nobody enters: only the data is checked.
  const bare = { ...program, campaigns: [] };
  const zoned = DateTime.fromMillis(at, { zone: program.project.timezone });
  const causes: Cause[] = [];
  let counts = { customers: 0, events: 0 };
  // The first instant of the grid that is not before the reading: consent without a date counts from the reading on.
  const instant = gridInstant(bare, at + bare.project.tick - 1);
  await runTick(db, bare, instant, tz, async (tx) => {
    await intake(tx, bare, { root, at, placed: true, onReading });
    if (before && before.held.length > 0)
      await tx.run(sql`UPDATE source SET held = TRUE WHERE path IN (${join(before.held)})`);
    const checking: Checking = { db: tx, at, most };
    causes.push(...(await dataCauses(tx, { most })));
    causes.push(...(await customerCauses(checking, program, zoned.toISODate() ?? '')));
    for (const kind of program.data.events) causes.push(...(await eventCauses(checking, program, kind)));
    causes.push(...(await silentCauses(checking, program, zoned.offset * 60_000)));
    counts = await count(tx, program);
    await tx.run(placesKept());
  });
  causes.push(...(await consentCauses({ db, at, most }, program)));
  const all = await feedsRead(db, program);
  const read = await files(db, all, before);
  return {
    at,
    ...counts,
    customerRows: await customerRows(db, all, counts.customers, read, causes),
    files: read,
    causes: worstFirst(causes),
    unreadable: (await unreadable(db, program)).map((file) => ({ path: file.path, why: lossOf(file) })),
  };
}

async function count(db: Database, { data }: Program): Promise<{ customers: number; events: number }> {
  const tables = ['inbox_customer', ...data.events.map((kind) => eventInbox(kind.name))];
  const sizes: number[] = [];
  for (const table of tables) {
    const [row] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM ${ident(table)}`);
    sizes.push(row?.n ?? 0);
  }
  const [customers = 0, ...events] = sizes;
  return { customers, events: events.reduce((sum, n) => sum + n, 0) };
}

async function customerRows(
  db: Database,
  feeds: Feed[],
  customers: number,
  files: CheckedFile[],
  causes: Cause[],
): Promise<DataReport['customerRows']> {
  const paths = new Set(feeds.flatMap(({ name, inbox }) => (inbox === 'inbox_customer' ? [name] : [])));
  const sum = (numbers: number[]) => numbers.reduce((all, n) => all + n, 0);
  const own = files.filter(({ path }) => paths.has(path));
  const lost = sum(own.map((file) => file.lost));
  const again = await db.query<{ path: string; n: number }>(sql`
    SELECT path, sum(${await copiesIn(db)})::bigint AS n FROM quarantine WHERE code = 'repeated-id' GROUP BY path`);
  const repeated =
    sum(again.filter(({ path }) => paths.has(path)).map(({ n }) => n)) +
    sum(causes.filter(({ code }) => code === 'several-files').map(({ count }) => count));
  return { rows: customers + lost + repeated, lost, repeated };
}

/** Returns the files in the order of the project. */
async function files(db: Database, feeds: FileFeed[], before: Before | undefined): Promise<CheckedFile[]> {
  const rows = await db.query<{
    path: string;
    rows: number;
    lost: number;
    incomplete: number;
    spoilt: number;
    passed: number;
  }>(sql`
    SELECT path, "rows", coalesce(lost, 0) AS lost, coalesce(incomplete, 0) AS incomplete,
      coalesce(spoilt, 0) AS spoilt, coalesce(passed, 0) AS passed FROM source`);
  const known = new Map(rows.map((row) => [row.path, row]));
  const earlier = new Map(before?.files.map((file) => [file.path, file]));
  return feeds.flatMap(({ name: path, declared }) => {
    const file = known.get(path);
    const last = earlier.get(path);
    if (!file) return [];
    const ofSeveral = path !== declared.name && { declared: declared.name };
    return [{ ...file, ...ofSeveral, before: last ? { rows: last.rows, lost: last.lost, at: last.at } : null }];
  });
}
