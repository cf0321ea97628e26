import { resolve } from 'node:path';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { readCursor } from '../../engine/store/cursor.ts';
import type { Database } from '../../engine/store/database.ts';
import { printDuration } from '../../spec/words/durations.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot, isProject } from '../project.ts';
import { say } from '../say.ts';
import { storeExists, storePath, withStore } from '../store.ts';

/** A tick may be late by as many ticks, and by a time in which a process starts, milliseconds. */
const TICKS = 3;
const START = 120_000;

/** The health of what runs: null where nothing is applied yet. `last`: the last tick, else the apply; epoch milliseconds. */
type Health = { healthy: boolean; last: number; allowedMs: number } | null;

/** Says whether ticks happen, for a container or a watchdog: the process that holds the store must answer. */
export async function health(io: Io, options: ProjectOptions): Promise<number> {
  const found = await look(io, options);
  const healthy = found?.healthy ?? true;
  if (options.json) {
    const last = found && new Date(found.last).toISOString();
    await io.out(
      `${JSON.stringify({ format: 1, type: 'health', healthy, last, allowedMs: found?.allowedMs ?? null })}\n`,
    );
  } else await say(io, wordsOf(found, io.now()));
  return healthy ? exit.fine : exit.error;
}

async function look(io: Io, options: ProjectOptions): Promise<Health> {
  // A process that takes its project from git may not have it yet.
  if (!isProject(resolve(io.cwd, options.project ?? '.')) && options.project === undefined) return null;
  const path = await storePath(io, await findRoot(io.cwd, options.project), options);
  return (await storeExists(path)) ? withStore(io, path, { who: 'crm health' }, (db) => healthOf(db, io.now())) : null;
}

async function healthOf(db: Database, now: number): Promise<Health> {
  const applied = await currentDeployment(db);
  if (!applied) return null;
  const allowedMs = TICKS * applied.program.project.tick + START;
  const last = Math.max((await readCursor(db, 'tick')) ?? 0, applied.appliedAt);
  return { healthy: now - last <= allowedMs, last, allowedMs };
}

function wordsOf(found: Health, now: number): string {
  if (!found) return t`Nothing is applied yet, so nothing has to happen.`;
  const ago = printDuration(Math.max(0, Math.round((now - found.last) / 1000) * 1000));
  return found.healthy
    ? t`Healthy: the last tick was ${ago} ago.`
    : t`Not healthy: the last tick was ${ago} ago, and more than ${printDuration(found.allowedMs)} is too late.`;
}
