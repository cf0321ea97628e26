import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../../engine/user-error.ts';
import { later, t, translated } from '../../spec/words/t.ts';
import { machineClock } from '../clock.ts';
import type { Io } from '../io.ts';
import { environmentOf, type ProjectOptions } from '../load.ts';
import type { Log } from '../log.ts';
import { isProject } from '../project.ts';
import { putFiles, reasonsToLeave } from './folder.ts';
import { loadedAt } from './loaded.ts';
import { Mirror } from './mirror.ts';
import type { Syncing } from './round.ts';
import { readSource } from './source.ts';

export interface SyncOptions extends ProjectOptions {
  verifySignatures?: boolean;
}

/** Prepares to take the project from git into the folder of `--project`, which may be empty. Throws UserError for a wrong source. */
export async function beginSync(io: Io, text: string, options: SyncOptions, log: Log): Promise<Syncing> {
  const root = resolve(io.cwd, options.project ?? '.');
  await mkdir(root, { recursive: true });
  const source = readSource(text, io);
  const environment = environmentOf(io, options);
  return {
    io,
    root,
    source,
    mirror: new Mirror(root, source),
    environment,
    verifySignatures: options.verifySignatures === true,
    log,
    worker: randomUUID(),
    signal: io.interrupted(),
  };
}

/** Puts the project into a folder that has none, without which nobody knows where the store is. Throws UserError where that cannot be done yet. */
export async function putFirstFiles(at: Syncing): Promise<void> {
  const { root, mirror, verifySignatures, signal } = at;
  if (isProject(root)) return;
  const commit = await mirror.fetch(signal);
  if (verifySignatures && !(await mirror.isSigned(commit)))
    throw new UserError('sync-unreachable', t`The commit has no signature that git trusts here.`);
  const { files } = await loadedAt(commit, at);
  const [why, help] = (await reasonsToLeave(root, files)).map(translated);
  if (why !== undefined) throw new UserError('sync-edited', why, help);
  await putFiles(root, files);
}

/** Does the same until it succeeds. Returns false if the signal was aborted first. */
export async function waitForFirstFiles(at: Syncing, every: number): Promise<boolean> {
  for (let told = ''; !at.signal.aborted; ) {
    try {
      await putFirstFiles(at);
      return true;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (error.message !== told) at.log.warn({ why: error.message }, later`there is no project yet`);
      told = error.message;
      await machineClock.sleep(every, at.signal);
    }
  }
  return false;
}
