import { basename } from 'node:path';
import sql from 'sql-template-tag';
import { hash } from '../../program/hash.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { type Batch, batching } from '../files/batch.ts';
import { problemsOf } from '../files/failures.ts';
import { filesOf } from '../files/listing.ts';
import { fitting, folderColumns, isPassedOver } from '../files/pattern.ts';
import type { RowProblem } from '../files/problem.ts';
import { type ReadOptions, readSourceFile } from '../files/read.ts';
import { type Feed, feeds, fingerprint } from './feeds.ts';

/** A feed of one file, where a declaration is of several. */
export interface FileFeed extends Feed {
  /** The declaration that the file is of. */
  declared: Feed;
}

/** A feed of the files as they are now. */
export interface FeedNow extends FileFeed {
  /** The reason why the declaration has no files; it stands for them then. */
  fault?: RowProblem[];
}

/** Returns the feeds of a program with one for each file that there is under `root`, in the order of declarations and then of names. */
export async function feedsNow(program: Program, root: string): Promise<FeedNow[]> {
  const listed = new Map<string, ReturnType<typeof filesOf>>();
  const found: FeedNow[] = [];
  for (const declared of feeds(program)) {
    const { path } = declared.source;
    const files = listed.get(path) ?? filesOf(root, path);
    listed.set(path, files);
    try {
      const paths = await files;
      found.push(...(paths ?? [path]).map((one) => ({ ...(paths ? ofFile(declared, one) : declared), declared })));
    } catch (error) {
      found.push({ ...declared, declared, fault: await problemsOf(error, path, async () => false) });
    }
  }
  return found;
}

/** Returns the feeds of a program with one for each file that was read and is still there. */
export async function feedsRead(db: Database, program: Program): Promise<FileFeed[]> {
  const rows = await db.query<{ path: string }>(
    sql`SELECT path FROM source WHERE fingerprint <> ${GONE} ORDER BY path`,
  );
  return feeds(program).flatMap((declared) => {
    const isOf = fileOf(declared);
    const own = rows.filter(({ path }) => isOf(path));
    const files = own.map(({ path }) => ofFile(declared, path.slice(0, path.length - declared.suffix.length)));
    const itself = own.length === 0 || rows.some(({ path }) => path === declared.name);
    return [...(itself ? [declared] : []), ...files].map((feed) => ({ ...feed, declared }));
  });
}

/** The fingerprint of a file that is in its folder, or fits its pattern, no more. */
export const GONE = 'gone';

/** Returns a function that recognises the names of the files of a declaration which is of several. */
export function fileOf({ name: own, source, suffix }: Feed): (name: string) => boolean {
  const fits = fitting(source.path);
  return (name) => {
    const path = name.slice(0, name.length - suffix.length);
    // A pattern fits itself.
    return name !== own && name.endsWith(suffix) && fits(path) && !isPassedOver(basename(path));
  };
}

function ofFile(feed: Feed, path: string): Feed {
  const { source, shape, suffix } = feed;
  const names = new Set(['id', ...shape.columns.map(({ name }) => name), ...Object.keys(source.rename)]);
  for (const conditions of [source.where, source.unless])
    for (const column of Object.keys(conditions ?? {})) names.add(column);
  const asked = Object.entries(folderColumns(source.path, path)).filter(
    ([name]) => names.has(name) || shape.states !== undefined || Object.hasOwn(shape.called ?? {}, name),
  );
  const folders = asked.length > 0 && { folders: Object.fromEntries(asked) };
  return { ...feed, name: `${path}${suffix}`, source: { ...source, path, ...folders } };
}

/** The same as `fingerprint`, also of what has no files. */
export async function fingerprintNow(feed: FeedNow, project: Program['project'], root: string): Promise<string> {
  const { fault } = feed;
  if (!fault) return fingerprint(feed, project, root);
  return fault.some(({ code }) => code === 'missing-file') ? 'missing' : `refused:${hash(fault)}`;
}

/** Reads the file of a feed as its source says. What is wrong is in the batches, never thrown. */
export async function* readFile(
  root: string,
  { source, shape, fault }: Feed & Pick<FeedNow, 'fault'>,
  options: ReadOptions,
): AsyncGenerator<Batch> {
  const { path, ...written } = source;
  if (!fault) return yield* readSourceFile(root, path, shape, { ...written, ...options });
  const batch = batching(shape);
  batch.add({ rows: [], problems: fault });
  yield batch.take();
}
