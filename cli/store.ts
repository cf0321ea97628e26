import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Holder } from '../engine/store/address.ts';
import { refuseForeignTables } from '../engine/store/faults.ts';
import { openStore } from '../engine/store/open.ts';
import type { EmbeddedStore } from '../engine/store/serve.ts';
import { UserError } from '../engine/user-error.ts';
import { createReport } from '../spec/diagnostics/report.ts';
import { storeOf } from '../spec/document/environment.ts';
import { projectFile, projectFileDsl } from '../spec/document/project-files.ts';
import { variableIn } from '../spec/document/variables.ts';
import { readCrm } from '../spec/dsl/read.ts';
import { readFiles } from '../spec/files.ts';
import { isPath, isReference } from '../spec/words/readings.ts';
import { t } from '../spec/words/t.ts';
import { environmentAt } from './environment.ts';
import type { Io } from './io.ts';
import { environmentOf, type ProjectOptions } from './load.ts';
import { readProject } from './project.ts';
import { remark } from './say.ts';
import { secret } from './secrets.ts';

/**
 * Returns the path of a project's embedded store. The files are read leniently: what is applied must run, be explained and
 * be shown while a person edits them. Throws UserError for a URL, which it does not show.
 */
export async function storePath(io: Io, root: string, options: ProjectOptions): Promise<string> {
  const environment = environmentOf(io, options);
  const found = await environmentAt(root, environment);
  const own = environment === undefined ? undefined : storeOf(environment, found?.value);
  const store = own ?? part(part(await projectTree(root), 'project'), 'store');
  const name = variableIn(store);
  const text = name === undefined ? store : await variable(name, root, environment);
  if (typeof text !== 'string') return resolve(root, '.kaskad/store.duckdb');
  const place = isReference(text) ? await secret(text, root, io.env) : text;
  if (!isPath(place)) throw noFile(place, isReference(text) ? text : undefined);
  return resolve(root, place);
}

function noFile(url: string, reference: string | undefined): UserError {
  const store = reference === undefined ? t`The store of the project` : t`The store of the project (\`${reference}\`)`;
  const help = t`Name the path of a file, as in \`.kaskad/store.duckdb\`.`;
  return /^postgres(ql)?:/.test(url)
    ? new UserError(
        'store-unusable',
        t`${store} is a PostgreSQL database, which this version does not open from the command line.`,
        help,
      )
    : new UserError('store-unusable', t`${store} is a URL that Kaskad cannot open.`, help);
}

/** Returns the value of a variable, in files that may be wrong elsewhere. */
async function variable(name: string, root: string, environment: string | undefined): Promise<unknown> {
  const { variables } = readFiles(await readProject(root), createReport(), environment);
  const value = variables.values.get(name);
  if (typeof value === 'string') return value;
  throw new UserError(
    'store-unusable',
    t`The project's store is ${`$${name}`}, which is no path.`,
    t`Run \`crm validate\` to see why.`,
  );
}

async function projectTree(root: string): Promise<unknown> {
  const path = join(root, projectFile);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) {
    const inDsl = await readFile(join(root, projectFileDsl), 'utf8').catch(() => undefined);
    if (inDsl !== undefined) return readCrm({ path: projectFileDsl, text: inDsl }).file?.value;
  }
  try {
    return parse(text ?? '', { logLevel: 'silent' });
  } catch {
    throw new UserError('unreadable-file', t`${path} cannot be read as YAML.`, t`Run \`crm validate\` to see why.`);
  }
}

/** The manner in which a command opens the store. */
export interface StoreUse {
  /** The command, for the messages of other processes: `crm plan`. */
  who: string;
  /** For commands that send: they hold the store themselves until every outcome is recorded. */
  exclusive?: boolean;
  /** For a command that holds the store until it is ended. */
  lasting?: boolean;
}

/**
 * Runs `work` on the store and closes it. Wait for a person, or compute for long, outside of `work`: other processes use
 * the store too.
 */
export async function withStore<T>(
  io: Io,
  path: string,
  use: StoreUse,
  work: (db: EmbeddedStore) => Promise<T>,
): Promise<T> {
  // DuckDB creates files while it works, and each of them contains customers' data.
  process.umask(0o077);
  const onWait = (holder: Holder) => {
    const words = waitingFor(holder);
    if (told.get(io) !== words) remark(io, words);
    told.set(io, words);
  };
  const onUpgrade = ({ copy }: { copy: string }) =>
    remark(
      io,
      t`The store was written by an earlier version of Kaskad and has been brought up to date. A copy of it as it was is in ${copy}; delete it when all is well, because \`crm erase\` does not reach it.`,
    );
  const store = await openStore(path, { ...use, onWait, onUpgrade });
  try {
    await refuseForeignTables(store.db, path);
    return await work(store.db);
  } finally {
    await store.close();
  }
}

/** The last remark of each command that waited: one that opens the store twice can wait for the same process twice. */
const told = new WeakMap<Io, string>();

function waitingFor({ who, pid }: Holder): string {
  return pid
    ? t`Waiting for the store, which ${who} holds (PID ${String(pid)}).`
    : t`Waiting for the store, which ${who} holds (PID unknown).`;
}

/** Runs `work` on a store that exists, for commands that only read. */
export async function withExistingStore<T>(
  io: Io,
  path: string,
  use: StoreUse,
  work: (db: EmbeddedStore) => Promise<T>,
): Promise<T> {
  if (await storeExists(path)) return withStore(io, path, use, work);
  throw new UserError(
    'store-missing',
    t`There is no store at ${path} yet: nothing has been applied.`,
    t`Run \`crm apply\` first.`,
  );
}

export function storeExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function part(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && key in value
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
