import sql, { join } from 'sql-template-tag';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { UNCLEAR } from '../files/doubt.ts';
import { SOURCE } from '../files/shape.ts';
import type { Feed } from './feeds.ts';
import { feedsNow, feedsRead, fileOf, readFile } from './feeds-of-files.ts';
import { breaks, isEmptied, isLossy, type Loss, neededFor, newLoss, SPOILING } from './loss.ts';
import { type Costly, lossCauses } from './loss-causes.ts';
import type { Missing } from './missing.ts';
import { copiesIn } from './problem-counts.ts';
import { HELD } from './sources.ts';
import { type UnreadableCause, unreadableError } from './unreadable-error.ts';

/** A data file that cannot be relied on: as a whole, or because too many of its rows were left out. */
export interface Unreadable {
  path: string;
  /** The inbox that its rows go to. */
  inbox: string;
  /** The static segment that it lists the members of. */
  list?: string;
  rows: number;
  lost: number;
  /** Rows of which a value was left empty because it cannot be read. */
  spoilt: number;
  /** False: no share of lost rows that is tolerated would make it reliable. */
  readable: boolean;
  /** A row of it can be a refusal. */
  refuses: boolean;
  /** It has held rows, and holds none now. */
  emptied: boolean;
  /** The number of customers whom it has named and no file names now. */
  fewer: number;
  /** The place where there are any: all such customers. */
  missing?: Missing;
}

interface Reading extends Loss {
  /** It has held rows at some reading. */
  held: boolean;
  fewer: number;
}

/** The share of a file's rows that may be lost, in hundredths of a percent, where the project sets none. */
const TOLERANCE = 500;

export function toleranceOf({ data: { tolerance = TOLERANCE } }: Program): number {
  return tolerance;
}

/** Returns the files of a program that cannot be relied on as they were last read. A file that never existed is none of them. */
export async function unreadable(db: Database, program: Program): Promise<Unreadable[]> {
  const known = await readings(db);
  const files = (await feedsRead(db, program)).flatMap((feed) => {
    const reading = known.get(feed.name);
    return reading ? judge(program, feed, reading) : [];
  });
  if (!files.some(({ fewer }) => fewer > 0)) return files;
  const missing = await whoIsMissing(db, program, known, files);
  return files.map((file) => (file.fewer > 0 ? { ...file, missing } : file));
}

async function whoIsMissing(
  db: Database,
  program: Program,
  known: Map<string, Reading>,
  files: Unreadable[],
): Promise<Missing> {
  const customers = (await feedsRead(db, program)).filter(({ shape }) => shape.complete);
  const readingOf = (some: (reading: Reading | undefined) => boolean) =>
    customers.map(({ name }) => name).filter((path) => some(known.get(path)));
  const counts = await countMissing(db);
  const rowless = readingOf((reading) => !reading?.rows);
  const lossy = files.filter((file) => file.inbox === 'inbox_customer' && isLossy(file, toleranceOf(program)));
  const tolerable = rowless.length === 0 && lossy.every(({ readable }) => readable);
  const shares = [Math.ceil((100 * counts.gone) / counts.known), ...lossy.map(neededFor)];
  return {
    ...counts,
    rowless,
    doubtful: lossy.map(({ path }) => path),
    partial: readingOf((reading) => (reading?.lost ?? 0) > 0),
    ...(tolerable && { needed: Math.max(...shares) }),
  };
}

/** Missing customers have nothing but a negative source. */
async function countMissing(db: Database): Promise<Pick<Missing, 'gone' | 'known'>> {
  const source = ident(SOURCE);
  const [row] = await db.query<{ gone: number; known: number }>(sql`
    SELECT count(DISTINCT CASE WHEN ${source} < 0 THEN customer END) AS gone, count(DISTINCT customer) AS known FROM named`);
  return row ?? { gone: 0, known: 0 };
}

async function readings(db: Database): Promise<Map<string, Reading>> {
  const rows = await db.query<{ path: string } & { [K in keyof Reading]: Reading[K] }>(
    sql`SELECT path, "rows", lost, coalesce(spoilt, 0) AS spoilt, coalesce(passed, 0) AS passed, readable, ${HELD} AS held, coalesce(fewer, 0) AS fewer FROM source`,
  );
  return new Map(rows.map(({ path, ...reading }) => [path, reading]));
}

/** Returns the file where it cannot be relied on. */
function judge(program: Program, feed: Feed, reading: Reading): Unreadable[] {
  const { name, inbox, list, shape } = feed;
  const { rows, lost, spoilt, readable, held, fewer } = reading;
  const emptied = held && isEmptied(feed, reading);
  if (!emptied && fewer === 0 && !isLossy(reading, toleranceOf(program))) return [];
  const refuses = shape.refuses !== undefined;
  return [
    { path: name, inbox, rows, lost, spoilt, readable, refuses, emptied, fewer, ...(list !== undefined && { list }) },
  ];
}

/** Returns the files that have held rows. */
export async function heldFiles(db: Database): Promise<Set<string>> {
  const table = sql`FROM information_schema.columns WHERE table_name = 'source' AND column_name = 'fewer'`;
  // A store that an earlier Kaskad has left.
  if ((await db.query(sql`SELECT 1 AS n ${table}`)).length === 0) return new Set();
  return new Set([...(await readings(db))].flatMap(([path, { held }]) => (held ? [path] : [])));
}

/** The problems that only repeat the loss of the file. */
const ofFiles = new Set(['emptied-file', 'fewer-customers']);

/** Throws UserError where a file, as it was last read, cannot be relied on. */
export async function refuseUnreadable(db: Database, program: Program): Promise<void> {
  const files = await unreadable(db, program);
  if (files.length === 0) return;
  const shapes = new Map((await feedsRead(db, program)).map(({ name, shape }) => [name, shape]));
  const problems = await db.query<{ path: string } & { [K in keyof Omit<Costly, 'breaks'>]: Costly[K] }>(sql`
    SELECT path, line, field, code, message, coalesce(fatal, FALSE) AS fatal, ${await copiesIn(db)} AS copies FROM quarantine
    WHERE (coalesce(fatal, FALSE) OR code IN (${join([UNCLEAR, 'missing-file', ...SPOILING])}))
      AND path IN (${join(files.map(({ path }) => path))}) ORDER BY path, line`);
  const found = files.map((file) => {
    const kinds = lossCauses();
    for (const { path, ...problem } of problems)
      if (path === file.path && !ofFiles.has(problem.code))
        kinds.add({ ...problem, breaks: breaks(shapes.get(path), problem.code) });
    return { file, why: kinds.causes() };
  });
  throw unreadableError(found, toleranceOf(program));
}

/**
 * The same of the files as they are now, which are read for nothing else. `at`: now, epoch milliseconds. `held`: those that have
 * held rows.
 */
export async function refuseUnreadableFiles(
  program: Program,
  root: string,
  at: number,
  held: ReadonlySet<string> = new Set(),
): Promise<void> {
  const { timezone: zone, currency } = program.project;
  const found: UnreadableCause[] = [];
  for (const feed of await feedsNow(program, root)) {
    const loss = newLoss(feed.shape);
    for await (const batch of readFile(root, feed, { zone, currency, at, clock: at })) loss.add(batch);
    const reading = {
      ...loss.of(),
      held: held.has(feed.name) || (feed.fault && [...held].some(fileOf(feed))) === true,
      fewer: 0,
    };
    found.push(...judge(program, feed, reading).map((file) => ({ file, why: loss.causes() })));
  }
  if (found.length > 0) throw unreadableError(found, toleranceOf(program));
}
