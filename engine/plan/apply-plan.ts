import type { Model } from '../../spec/model/model.ts';
import { compile } from '../compile/compile.ts';
import { applyProgram, currentDeployment, type Deployment, takeApplyLock } from '../deploy/apply.ts';
import { keepIds } from '../deploy/keep-ids.ts';
import { stuckInside } from '../deploy/move-inside.ts';
import { type Facts, noteAct } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { blockedBy, checkPlan, otherProgram, type Refusal, readDocumentOf } from './check-plan.ts';
import { stuckNotice } from './notices.ts';
import type { Plan } from './plan.ts';

export type Applied =
  | { status: 'applied'; serial: number }
  /** The program of the plan runs already. */
  | { status: 'nothing'; serial: number }
  | { status: 'refused'; refusal: Refusal };

export interface ApplyContext {
  /** Epoch milliseconds. */
  at: number;
  /** The lineage of a store's first deployment: any new unique text. */
  lineage: string;
  /** The person or the program that applies, for the audit log. */
  who: string;
  /** The Model that the plan's document gives, where it has been read already. */
  model?: Model;
  /** Addresses of the breaking changes that are meant. */
  allow?: readonly string[];
}

/** Executes exactly that plan, or nothing of it. Of two at once, the second finds the first one's deployment. */
export async function applyPlan(
  store: Database,
  plan: Plan,
  { at, lineage, who, model: read, allow }: ApplyContext,
): Promise<Applied> {
  const model = read ?? readDocumentOf(plan);
  if ('reason' in model) return { status: 'refused', refusal: model };
  const { timezone } = model.project;
  return store.transaction(async (db): Promise<Applied> => {
    await takeApplyLock(db);
    const current = await currentDeployment(db);
    const refuse = async (refusal: Refusal): Promise<Applied> => {
      const facts = { plan: plan.planHash, reason: refusal.reason };
      if (current) await noteAct(db, { at, who, what: 'refuse', facts });
      return { status: 'refused', refusal };
    };
    const refusal = checkPlan(plan, current, timezone, at, allow);
    if (refusal) return refuse(refusal);
    const compiled = compile(model);
    const program = current ? keepIds(compiled, current.program) : compiled;
    if (program.hash !== plan.programHash) return refuse(otherProgram());
    const [stuck] = await stuckInside(db, program);
    if (stuck) return refuse(blockedBy(stuckNotice(stuck)));
    const { document, gitCommit: commit } = plan;
    const applies = await applyProgram(db, {
      program,
      document,
      at,
      lineage,
      forecast: JSON.stringify(plan.effects.forecast),
      ...(commit !== undefined && { commit }),
    });
    if (!applies && current) return { status: 'nothing', serial: current.serial };
    const now = await currentDeployment(db);
    if (!now) throw new Error('no deployment after applying');
    await noteAct(db, { at, who, what: 'apply', facts: appliedFacts(plan, now) });
    return { status: 'applied', serial: now.serial };
  });
}

/** `lineage`: so that the log of another store is not taken for this one's. */
function appliedFacts({ planHash, gitCommit: commit, changes }: Plan, { serial, lineage, hash }: Deployment): Facts {
  const changed = changes.map(({ address }) => address);
  return {
    deployment: serial,
    lineage,
    program: hash,
    plan: planHash,
    ...(commit !== undefined && { commit }),
    changed,
  };
}
