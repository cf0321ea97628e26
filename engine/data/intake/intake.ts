import sql from 'sql-template-tag';
import type { Program } from '../../program/program.ts';
import { toRow } from '../../store/columns.ts';
import type { Database, Value } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { temporary } from '../../store/statements.ts';
import type { Batch } from '../files/batch.ts';
import { ARRIVAL, SOURCE } from '../files/shape.ts';
import { addNamed, beginNaming, endNaming, type Naming, settleNamed } from './complete.ts';
import { consentFeeds, type Feed, sizeIn, unchanged } from './feeds.ts';
import { type FeedNow, feedsNow, fileOf, fingerprintNow } from './feeds-of-files.ts';
import { type IntakeOptions, readFeed, type SourceReport } from './file.ts';
import { intakeLists } from './lists.ts';
import { settle } from './settle.ts';
import { ShareRead } from './share-read.ts';
import { Sources } from './sources.ts';

export type { IntakeOptions, SourceReport } from './file.ts';

/** The files that were read this time; one that has not changed is none of them. */
export interface IntakeReport {
  sources: SourceReport[];
}

/** Reads every source that has changed into the inboxes. Belongs into the transaction of the tick that collects them. */
export async function intake(db: Database, program: Program, options: IntakeOptions): Promise<IntakeReport> {
  const all = (await feedsNow(program, options.root)).map((feed) =>
    options.placed && feed.inbox === 'inbox_customer'
      ? { ...feed, shape: { ...feed.shape, placed: true as const } }
      : feed,
  );
  return read(
    db,
    program,
    options,
    all.filter((feed) => !feed.list),
    all.filter((feed) => feed.list),
  );
}

/** True to read only what may forbid a message: consent, suppressions, feedback. It costs one query where nothing has changed. */
export async function intakeConsent(db: Database, program: Program, options: IntakeOptions): Promise<IntakeReport> {
  const some = await consentFeedsNow(program, options.root);
  return some.length === 0 ? { sources: [] } : read(db, program, options, some);
}

async function consentFeedsNow(program: Program, root: string): Promise<FeedNow[]> {
  const names = new Set(consentFeeds(program).map((feed) => feed.inbox));
  return names.size === 0 ? [] : (await feedsNow(program, root)).filter((feed) => names.has(feed.inbox));
}

/** Returns true if `intakeConsent` would read a file. */
export async function consentChanged(
  db: Database,
  program: Program,
  { root, at, clock = at }: IntakeOptions,
): Promise<boolean> {
  const some = await consentFeedsNow(program, root);
  const known = await Sources.of(db);
  for (const feed of some)
    if (!unchanged(known.fingerprint(feed.name), await fingerprintNow(feed, program.project, root), clock)) return true;
  return false;
}

/** `lists`: the files of static segments; absent: those are not asked for. */
async function read(
  db: Database,
  program: Program,
  options: IntakeOptions,
  wanted: FeedNow[],
  lists?: FeedNow[],
): Promise<IntakeReport> {
  const known = await Sources.of(db);
  const sources: SourceReport[] = [];
  const inboxes = new Set<string>();
  const whole: number[] = [];
  const redeclared = new Map<number, string[]>();
  const naming: Naming[] = [];
  const judgedByOther = known.missesByOther(program.hash);
  const due: { feed: FeedNow; now: string }[] = [];
  const gone = await leave(db, known, [...wanted, ...(lists ?? [])]);
  for (const feed of wanted) {
    const now = await fingerprintNow(feed, program.project, options.root);
    const missed =
      (options.allowed === true && known.misses(feed.name)) || (judgedByOther && feed.shape.complete === true);
    if (missed || !unchanged(known.fingerprint(feed.name), now, options.clock ?? options.at)) due.push({ feed, now });
  }
  const { onReading } = options;
  const share =
    onReading &&
    new ShareRead(
      due.map(({ now }) => sizeIn(now)),
      onReading,
    );
  for (const { feed, now } of due) {
    share?.begin(sizeIn(now));
    const begun = known.begin(feed, now);
    if (feed.shape.complete && naming.length === 0) await beginNaming(db);
    const keep = async (batch: Batch) => {
      if (feed.inbox === 'inbox_customer') await makeRoom(db, batch.rows, options.placed ? begun.number : undefined);
      if (feed.shape.complete) await addNamed(db, program, batch, begun.number);
      await db.load(feed.inbox, batch.columns, batch.rows.map(toRow(batch.columns)));
    };
    const outcome = await readFeed(db, program, options, feed, begun, keep, share?.add);
    await known.keep(db, now, outcome, options.at);
    inboxes.add(feed.inbox);
    if (!outcome.report.unfinished && !outcome.continues) whole.push(begun.number);
    const { fields } = begun;
    const { declared } = outcome;
    if (fields && (fields.length !== declared.length || fields.some((field) => !declared.includes(field))))
      redeclared.set(begun.number, fields);
    if (feed.shape.complete) naming.push({ path: feed.name, number: begun.number });
    else if (feed.inbox === 'inbox_customer') await endNaming(db);
    sources.push(outcome.report);
  }
  share?.end();
  if (lists) sources.push(...(await intakeLists(db, program, options, lists, gone, known)));
  if (sources.length > 0) await settle(db, program.data, { inboxes, whole, redeclared, at: options.at });
  const { allowed = false, at } = options;
  const fewer = gone.some((feed) => feed.shape.complete);
  if (fewer && naming.length === 0) await beginNaming(db);
  if (fewer || naming.length > 0) await settleNamed(db, program, naming, { allowed, at });
  return { sources };
}

/** Notes which files were read and are there no more. Returns the declarations that have lost one. */
async function leave(db: Database, known: Sources, now: FeedNow[]): Promise<Feed[]> {
  const there = new Set(now.map(({ name }) => name));
  const others = known.names().filter((name) => !there.has(name));
  // A declaration without files may have lost them for a moment.
  const declared = new Set(now.flatMap((feed) => (feed.fault ? [] : [feed.declared])));
  const lost = [...declared].flatMap((feed) => {
    const isOf = fileOf(feed);
    const names = others.filter((name) => name === feed.name || isOf(name));
    return names.length > 0 ? [{ feed, names }] : [];
  });
  if (lost.length > 0)
    await known.leave(
      db,
      lost.flatMap(({ names }) => names),
    );
  return lost.map(({ feed }) => feed);
}

/** A customer's later row takes the place of an earlier one. `noted`: the number of the source, if rows of others are noted in `replaced`. */
async function makeRoom(db: Database, rows: Value[][], noted?: number): Promise<void> {
  const waiting = await db.query(sql`SELECT 1 AS n FROM inbox_customer LIMIT 1`);
  if (waiting.length === 0) return;
  await temporary(db, 'arriving', sql`SELECT id FROM inbox_customer WHERE FALSE`);
  const ids = rows.map(([id]) => ({ id }));
  await db.load('arriving', [{ name: 'id', type: 'text' }], ids);
  const source = ident(SOURCE);
  if (noted !== undefined)
    await db.run(sql`
      INSERT INTO replaced SELECT ${ident(ARRIVAL)}, ${source} FROM inbox_customer
      WHERE id IN (SELECT id FROM arriving) AND ${source} <> ${noted}::integer`);
  await db.run(sql`DELETE FROM inbox_customer WHERE id IN (SELECT id FROM arriving)`);
}
