import { randomUUID } from 'node:crypto';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { runnable } from '../../engine/deploy/runnable.ts';
import { runLoop } from '../../engine/worker/loop.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { later } from '../../spec/words/t.ts';
import { machineClock } from '../clock.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { openLog } from '../log.ts';
import { findRoot } from '../project.ts';
import { carriers } from '../secrets.ts';
import { storePath, withExistingStore } from '../store.ts';

export interface RunOptions extends ProjectOptions {
  allowBadData?: boolean;
}

/** Executes the applied deployment until a signal ends it. */
export async function run(io: Io, options: RunOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const signal = io.interrupted();
  await withExistingStore(io, path, { who: 'crm run', exclusive: true, lasting: true }, async (db) => {
    const { program } = runnable(await currentDeployment(db));
    // Programs read the log, so its errors are always in English.
    if (options.json || !io.terminal.stdout) useLanguage('en');
    const log = openLog(io, options.json === true, program.project.timezone);
    signal.addEventListener('abort', () => log.info({}, later`ending; a second Ctrl-C ends at once`));
    await runLoop(db, {
      root,
      tz: io.tz,
      worker: randomUUID(),
      ...machineClock,
      now: io.now,
      openCarrier: carriers(io, root),
      allowBadData: options.allowBadData === true,
      signal,
      log,
    });
    log.info({}, later`ended`);
  });
  return exit.fine;
}
