import { currentDeployment } from '../apply/apply.ts';
import { keepIds } from '../apply/keep-ids.ts';
import type { Program } from '../compile/program.ts';
import { knownPauses } from '../pause/pauses.ts';
import { readCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import type { InFlight } from './effects.ts';
import { forecast } from './forecast.ts';
import { inFlight } from './in-flight.ts';
import { makePlan, type Plan } from './plan.ts';

export interface Drafting {
  desired: Program;
  /** Absent: there is no store yet. */
  db?: Database;
  /** Writes a copy of the store for the forecast to use up, and returns its path. Needed only of a store that has run. */
  snapshot?: () => Promise<string>;
  /** Now, epoch milliseconds. */
  at: number;
  tz: string;
  root: string;
  commit?: string;
  onProgress?: (at: number) => void;
  signal?: AbortSignal;
}

/** Reads what is applied and who is inside, forecasts, and puts the plan together. Changes nothing in the store. */
export async function drawUpPlan(drafting: Drafting): Promise<Plan> {
  const { db, snapshot, at, tz, root, commit, onProgress, signal } = drafting;
  const applied = db && (await currentDeployment(db));
  const desired = applied ? keepIds(drafting.desired, applied.program) : drafting.desired;
  const inside: InFlight[] = db && applied ? await inFlight(db) : [];
  const paused = db && applied ? await knownPauses(db) : [];
  const lastTick = db && applied ? await readCursor(db, 'tick') : undefined;
  const store = snapshot && lastTick !== undefined ? { snapshot: await snapshot(), lastTick } : undefined;
  const predicted = await forecast({
    desired,
    ...(applied && { applied: applied.program }),
    at,
    tz,
    root,
    ...(store && { store }),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const context = { at, tz, ...(commit !== undefined && { commit }) };
  return makePlan(desired, applied, { forecast: predicted, inFlight: inside, paused }, context);
}
