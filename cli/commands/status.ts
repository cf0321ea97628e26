import { relative } from 'node:path';
import { compile } from '../../engine/compile/compile.ts';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { nothingApplied } from '../../engine/deploy/runnable.ts';
import type { Program } from '../../engine/program/program.ts';
import { status as read } from '../../engine/report/status.ts';
import { loadProject } from '../../spec/load.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { environmentOf, type ProjectOptions } from '../load.ts';
import { findRoot, readProject } from '../project.ts';
import { storePath, withExistingStore } from '../store.ts';
import { renderStatus, statusJson } from '../views/status.ts';

/** The number of problems of the data that are shown one by one: as many as a store keeps. */
const EVERY = 1_000_000;

export interface StatusOptions extends ProjectOptions {
  /** Shows every problem of the data. */
  all?: boolean;
}

/** Shows the state of the store. */
export async function status(io: Io, options: StatusOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const environment = environmentOf(io, options);
  const written = await readProgram(root, environment);
  const path = await storePath(io, root, options);
  const of = environment === undefined ? {} : { of: { environment, store: relative(io.cwd, path) } };
  const all = options.all ?? false;
  return withExistingStore(io, path, { who: 'crm status' }, async (db) => {
    const applied = await currentDeployment(db);
    const found = applied && (await read(db, written, io.now(), options.json || all ? EVERY : 0));
    if (!found) throw nothingApplied();
    const zone = applied.program.project.timezone;
    await io.out(
      options.json
        ? `${JSON.stringify(statusJson(found, environment))}\n`
        : renderStatus(found, zone, { ...io.view, all, ...of }),
    );
    return exit.fine;
  });
}

/** Returns the Program of the files; undefined if they have errors, which must not prevent a look at the running state. */
async function readProgram(root: string, environment: string | undefined): Promise<Program | undefined> {
  const { model } = loadProject(await readProject(root), environment);
  return model && compile(model);
}
