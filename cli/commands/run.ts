import { randomUUID } from 'node:crypto';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { runnable } from '../../engine/deploy/runnable.ts';
import type { EmbeddedStore } from '../../engine/store/serve.ts';
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
import { storePath, withExistingStore, withStore } from '../store.ts';
import { beginSync, waitForFirstFiles } from '../sync/begin.ts';
import { syncLoop } from '../sync/loop.ts';

export interface RunOptions extends ProjectOptions {
  allowBadData?: boolean;
  /** The repository and the branch from which the project is taken. */
  sync?: string;
  /** Milliseconds. */
  syncEvery?: number;
  verifySignatures?: boolean;
}

const use = { who: 'crm run', exclusive: true, lasting: true };

/** Executes the applied deployment until a signal ends it. */
export async function run(io: Io, options: RunOptions): Promise<number> {
  if (options.sync !== undefined) return runSynced(io, options.sync, options);
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  await withExistingStore(io, path, use, (db) => execute(io, db, root, options));
  return exit.fine;
}

/** Does the same with a project from git: what may be applied without a person is applied between the ticks. */
async function runSynced(io: Io, source: string, options: RunOptions): Promise<number> {
  const { syncEvery = 60_000 } = options;
  speakToPrograms(io, options);
  const log = openLog(io, options.json === true, 'UTC');
  const at = await beginSync(io, source, options, log);
  log.info({ source: at.source.shown }, later`taking the project from git`);
  if (!(await waitForFirstFiles(at, syncEvery))) return exit.fine;
  const path = await storePath(io, at.root, options);
  await withStore(io, path, use, async (db) => {
    const over = new AbortController();
    const signal = AbortSignal.any([at.signal, over.signal]);
    const applied = Promise.withResolvers<void>();
    const syncing = syncLoop(db, { ...at, signal }, syncEvery, applied.resolve);
    try {
      await Promise.race([applied.promise, syncing]);
      if (!signal.aborted) await execute(io, db, at.root, options);
    } finally {
      over.abort();
      await syncing;
    }
  });
  return exit.fine;
}

/** Programs read the log, so its errors are always in English. */
function speakToPrograms(io: Io, { json }: RunOptions): void {
  if (json || !io.terminal.stdout) useLanguage('en');
}

async function execute(io: Io, db: EmbeddedStore, root: string, options: RunOptions): Promise<void> {
  const signal = io.interrupted();
  const { program } = runnable(await currentDeployment(db));
  speakToPrograms(io, options);
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
}
