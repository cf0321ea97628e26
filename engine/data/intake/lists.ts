import sql from 'sql-template-tag';
import type { Program } from '../../program/program.ts';
import { moveCursor, readCursors } from '../../store/cursor.ts';
import type { Database, Value } from '../../store/database.ts';
import { columnsOf } from '../../store/tables.ts';
import { type Feed, unchanged } from './feeds.ts';
import { type FeedNow, fingerprintNow } from './feeds-of-files.ts';
import { type IntakeOptions, readFeed, type SourceReport } from './file.ts';
import type { Sources } from './sources.ts';

/** The cursor of each static segment: the instant of its last reading. */
const prefix = 'list:';

/**
 * Reads static segments of which a file has changed into their inbox, all files of one together, because what none of
 * them names is in it no more. `lost`: declarations of files that had one more. One of whose files cannot be read stays as it was: a file that is gone for a moment must
 * not empty it.
 */
export async function intakeLists(
  db: Database,
  program: Program,
  options: IntakeOptions,
  feeds: FeedNow[],
  lost: Feed[],
  known: Sources,
): Promise<SourceReport[]> {
  const clock = options.clock ?? options.at;
  const cursors = await readCursors(db);
  const lists = Map.groupBy(feeds, (feed) => feed.list ?? '');
  const gone = [...cursors.keys()].filter((name) => name.startsWith(prefix) && !lists.has(name.slice(prefix.length)));
  for (const name of gone) {
    await put(db, program, name.slice(prefix.length), []);
    await db.run(sql`DELETE FROM cursor WHERE name = ${name}`);
  }
  const reports: SourceReport[] = [];
  for (const [segment, files] of lists) {
    const prints = await Promise.all(files.map((file) => fingerprintNow(file, program.project, options.root)));
    const read = cursors.has(prefix + segment) && !lost.some((feed) => feed.list === segment);
    if (read && files.every((file, i) => unchanged(known.fingerprint(file.name), prints[i] ?? '', clock))) continue;
    await clear(db, segment);
    const outcomes = [];
    for (const [i, file] of files.entries()) {
      const outcome = await readFeed(
        db,
        program,
        options,
        file,
        known.begin(file, prints[i] ?? ''),
        ({ columns, rows }) => {
          const customer = columns.findIndex((column) => column.name === 'customer');
          return put(
            db,
            program,
            segment,
            rows.map((row) => row[customer] ?? null),
          );
        },
      );
      await known.keep(db, prints[i] ?? '', outcome, options.at);
      outcomes.push(outcome);
    }
    reports.push(...outcomes.map((outcome) => outcome.report));
    if (outcomes.every((outcome) => outcome.whole)) await put(db, program, segment, []);
    else await clear(db, segment);
    await moveCursor(db, prefix + segment, options.at);
  }
  return reports;
}

/** Customers of a segment, and a row without one: also an empty list is one. */
function put(db: Database, program: Program, segment: string, customers: Value[]): Promise<void> {
  const rows = customers.length > 0 ? customers.map((customer) => ({ segment, customer })) : [{ segment }];
  return db.load('inbox_listing', columnsOf(program.data, 'inbox_listing'), rows);
}

async function clear(db: Database, segment: string): Promise<void> {
  await db.run(sql`DELETE FROM inbox_listing WHERE segment = ${segment}`);
}
