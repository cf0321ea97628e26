import { currentDeployment } from '../engine/apply/apply.ts';
import { runnable } from '../engine/apply/runnable.ts';
import { compile } from '../engine/compile/compile.ts';
import type { Program } from '../engine/compile/program.ts';
import { readCursor } from '../engine/store/cursor.ts';
import type { Database } from '../engine/store/database.ts';
import type { Io } from './io.ts';
import { load, type ProjectOptions } from './load.ts';
import { findRoot } from './project.ts';
import { withData } from './read-data.ts';
import { storeExists, storePath, withStore } from './store.ts';
import { clockFormat } from './views/format.ts';

/** The place that a command looks at: the store, or, where nothing has been applied, the data files. */
export interface Looked {
  db: Database;
  /** What is applied; of data files, the project as it is written. */
  program: Program;
  basis: 'store' | 'data';
}

/** Runs `work` on the store of a project, or on its data files where there is no store; and says which on standard error. */
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
      const when =
        last === undefined
          ? 'nothing has been ticked yet'
          : `the last tick was for ${clockFormat(timezone, tick)(last)}`;
      io.err(`From the store; ${when}.\n`);
      return work({ db, program, basis: 'store' });
    });
  const { model } = await load(io, options);
  const program = compile(model);
  io.err('From the data files as they are now: nothing is applied, so nobody is in a campaign.\n');
  return withData(io, root, program, (db) => work({ db, program, basis: 'data' }));
}
