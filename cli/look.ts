import { compile } from '../engine/compile/compile.ts';
import { currentDeployment } from '../engine/deploy/apply.ts';
import { runnable } from '../engine/deploy/runnable.ts';
import { deployedModel } from '../engine/document/document.ts';
import type { Program } from '../engine/program/program.ts';
import { readCursor } from '../engine/store/cursor.ts';
import type { Database } from '../engine/store/database.ts';
import { loadProject } from '../spec/load.ts';
import type { Model } from '../spec/model/model.ts';
import { t } from '../spec/words/t.ts';
import { findNamed, notApplied } from './find-campaign.ts';
import type { Io } from './io.ts';
import { environmentOf, load, type ProjectOptions } from './load.ts';
import { findRoot, readProject } from './project.ts';
import { dataInstant, withData } from './read-data.ts';
import { remark } from './say.ts';
import { storeExists, storePath, withStore } from './store.ts';
import { clockFormat, zonedFormat } from './views/format.ts';

/** The place that a command looks at: the store, or, where nothing has been applied, the data files. */
export interface Looked {
  db: Database;
  /** The applied program; without a store, the program of the project's files. */
  program: Program;
  /** Returns the Model of that program; undefined where an earlier version has applied it, which kept no text. */
  model: () => Promise<Model | undefined>;
  basis: 'store' | 'data';
  /** The instant for conditions, epoch milliseconds: now; for data files see `dataInstant`. */
  now: number;
}

/** Returns the thing of that name. Throws UserError if there is none, or if it is not applied yet. */
export async function findLooked<T extends { name: string }>(
  io: Io,
  options: ProjectOptions,
  { basis }: Looked,
  [kind, all, name]: [kind: 'segment' | 'campaign', all: T[], name: string],
): Promise<T> {
  if (basis === 'store' && !all.some((one) => one.name === name)) {
    const files = await readProject(await findRoot(io.cwd, options.project));
    const { model } = loadProject(files, environmentOf(io, options));
    if (model?.[`${kind}s`].some((one) => one.name === name)) throw notApplied(kind, name);
  }
  return findNamed(kind, all, name, basis === 'store' ? 'what is applied' : 'this project');
}

/** Runs `work` on the store of a project, or on its data files if there is no store, and prints which on standard error. */
export async function look<T>(
  io: Io,
  options: ProjectOptions,
  who: string,
  work: (looked: Looked) => Promise<T>,
): Promise<T> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  if (await storeExists(path))
    return withStore(io, path, { who }, async (db) => {
      const { program } = runnable(await currentDeployment(db));
      const { timezone, tick } = program.project;
      const last = await readCursor(db, 'tick');
      const from =
        last === undefined
          ? t`From the store; nothing has been ticked yet.`
          : t`From the store; the last tick was for ${clockFormat(timezone, tick)(last)}.`;
      remark(io, from);
      return work({ db, program, model: () => deployedModel(db, program), basis: 'store', now: io.now() });
    });
  const { model } = await load(io, options);
  const program = compile(model);
  const now = dataInstant(io, program);
  const at = zonedFormat(program.project.timezone)(now);
  remark(io, t`From the data files, as of ${at}: nothing is applied, so nobody is in a campaign.`);
  return withData(io, root, program, (db) => work({ db, program, model: async () => model, basis: 'data', now }));
}
