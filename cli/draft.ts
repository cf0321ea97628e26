import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../engine/compile/compile.ts';
import { drawUpPlan } from '../engine/plan/draw-up.ts';
import type { Plan } from '../engine/plan/plan.ts';
import type { EmbeddedStore } from '../engine/store/serve.ts';
import { UserError } from '../engine/user-error.ts';
import { commitOf } from './git.ts';
import type { Io } from './io.ts';
import type { Loaded } from './load.ts';
import { progress } from './progress.ts';

/** The plan of a project against a store, or against none. Changes neither. */
export async function draft(io: Io, { root, model }: Loaded, db: EmbeddedStore | undefined): Promise<Plan> {
  const desired = compile(model);
  const signal = io.interrupted();
  const folder = await mkdtemp(join(tmpdir(), 'kaskad-plan-'));
  const shown = progress(io, 'forecasting');
  try {
    const commit = await commitOf(root);
    const plan = await drawUpPlan({
      desired,
      at: io.now(),
      tz: io.tz,
      root,
      signal,
      ...(db && { db, snapshot: () => snapshot(db, join(folder, 'snapshot.duckdb')) }),
      ...(commit !== undefined && { commit }),
      onProgress: (at) => shown.at(`forecasting: ${new Date(at).toISOString().slice(0, 16)}`),
    });
    if (signal.aborted) throw new UserError('Interrupted: there is no plan.');
    return plan;
  } finally {
    shown.end();
    await rm(folder, { recursive: true, force: true });
  }
}

async function snapshot(db: EmbeddedStore, path: string): Promise<string> {
  await db.snapshot(path);
  return path;
}
