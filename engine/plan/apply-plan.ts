import { applyProgram, currentDeployment, takeApplyLock } from '../deploy/apply.ts';
import type { Database } from '../store/database.ts';
import { checkPlan, type Refusal } from './check-plan.ts';
import type { Plan } from './plan.ts';

export type Applied =
  | { status: 'applied'; serial: number }
  /** The program of the plan runs already. */
  | { status: 'nothing'; serial: number }
  | { status: 'refused'; refusal: Refusal };

export interface ApplyContext {
  /** Epoch milliseconds. */
  at: number;
  /** For a store's first deployment: any new unique text. */
  lineage: string;
}

/** Executes exactly that plan, or nothing of it. Of two at once, the second finds the first one's deployment. */
export async function applyPlan(store: Database, plan: Plan, { at, lineage }: ApplyContext): Promise<Applied> {
  return store.transaction(async (db): Promise<Applied> => {
    await takeApplyLock(db);
    const current = await currentDeployment(db);
    const refusal = checkPlan(plan, current, at);
    if (refusal) return { status: 'refused', refusal };
    if (current?.hash === plan.programHash) return { status: 'nothing', serial: current.serial };
    const commit = plan.gitCommit;
    await applyProgram(db, { program: plan.program, at, lineage, ...(commit !== undefined && { commit }) });
    const now = await currentDeployment(db);
    if (!now) throw new Error('no deployment after applying');
    return { status: 'applied', serial: now.serial };
  });
}
