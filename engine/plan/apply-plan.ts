import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { compile } from '../compile/compile.ts';
import { applyProgram, currentDeployment, type Deployment, takeApplyLock } from '../deploy/apply.ts';
import { recordedDeployments } from '../deploy/deployments.ts';
import { keepIds } from '../deploy/keep-ids.ts';
import { stuckInside } from '../deploy/move-inside.ts';
import { readBefore, withVersionsBefore } from '../deploy/versions-before.ts';
import { deployedDocument } from '../document/document.ts';
import { canonical, digest } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import { noteAct } from '../store/audit.ts';
import type { Database } from '../store/database.ts';
import { readLocks } from '../store/locks.ts';
import { admitted } from './audience-sizes.ts';
import { carryOver, type Desired } from './carry-over.ts';
import {
  blockedBy,
  checkPlan,
  isBehind,
  otherProgram,
  type Refusal,
  readDocumentOf,
  stale,
  usedAlready,
} from './check-plan.ts';
import { countingGuards, growthLimit, hoursNotice, outgrown } from './guards.ts';
import { lockedBy } from './locked.ts';
import { notedOf } from './noted.ts';
import { stuckNotice } from './notices.ts';
import { approvedBy, forbidden, tooMany } from './permission.ts';
import type { Plan } from './plan.ts';

export type Applied =
  /** `madeAgainst`: the deployment that the plan was made against, if others, which stay, have been applied since. */
  | { status: 'applied'; serial: number; madeAgainst?: number }
  /** The program of the plan runs already. `documented`: its document was another one, and is now the plan's. */
  | { status: 'nothing'; serial: number; documented?: true }
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
  /** Addresses of the breaking changes, and names of the guards, that are meant to pass. */
  allow?: readonly string[];
  /** Armoured signatures of the plan's hash, beside those in the audit log. */
  signatures?: readonly string[];
  /** The deployment as which the plan was applied, by what lies beside its file; the store knows of its own. */
  used?: number;
}

/** Undoes the transaction of an apply. */
class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** Executes exactly that plan, or nothing of it but an entry in the audit log. Of two at once, the second finds the first one's deployment. */
export async function applyPlan(store: Database, plan: Plan, context: ApplyContext): Promise<Applied> {
  const model = context.model ?? readDocumentOf(plan);
  if ('reason' in model) return { status: 'refused', refusal: model };
  try {
    return await store.transaction((db) => execute(db, plan, model, context));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { refusal } = error;
    await store.transaction((db) => noteRefusal(db, plan, refusal, context));
    return { status: 'refused', refusal };
  }
}

async function execute(db: Database, plan: Plan, model: Model, context: ApplyContext): Promise<Applied> {
  const { at, lineage, who } = context;
  await takeApplyLock(db);
  const current = await currentDeployment(db);
  const noted = current ? await notedOf(db, plan.planHash) : { used: undefined, signatures: [] };
  const used = noted.used ?? context.used;
  refuse(used === undefined ? undefined : usedAlready(used));
  refuse(checkPlan(plan, current, model.project.timezone, at));
  const { program: desired, document, ...carried } = await desiredBy(db, plan, model, current);
  const applied = current?.program;
  const before = await readBefore(db, applied, at);
  const program = withVersionsBefore(desired, { ...before, rollback: plan.rollback });
  const programs = [program, current?.program];
  const rule = current?.program.policies.approvals ?? program.policies.approvals;
  const word = { ...context, signatures: [...(context.signatures ?? []), ...noted.signatures] };
  refuse(current && lockedBy(plan, await readLocks(db), who, model.project.timezone));
  refuse(forbidden(plan, rule, word, hoursNotice(programs, at)));
  const [stuck] = current ? await stuckInside(db, program) : [];
  refuse(stuck && blockedBy(stuckNotice(stuck)));
  const { gitCommit: commit } = plan;
  const words = current && (await deployedDocument(db));
  const applies = await applyProgram(db, {
    program,
    document,
    at,
    lineage,
    forecast: canonical(plan.effects.forecast),
    ...(commit !== undefined && { commit }),
  });
  if (!applies && current) {
    const facts = { ...appliedFacts(plan, current, document), changed: [] };
    if (words && digest(words) === facts.document) return { status: 'nothing', serial: current.serial };
    await noteAct(db, { at, who, what: 'apply', facts });
    return { status: 'nothing', serial: current.serial, documented: true };
  }
  refuse(await growthOf(db, plan, program, programs, context));
  const now = await currentDeployment(db);
  if (!now) throw new Error('no deployment after applying');
  const approved = approvedBy(plan, rule, word);
  const facts = { ...appliedFacts(plan, now, document), ...(approved.length > 0 && { approved }) };
  await noteAct(db, { at, who, what: 'apply', facts });
  return { status: 'applied', serial: now.serial, ...carried };
}

interface Wanted extends Desired {
  /** The deployment that the plan was made against, if others have been applied since. */
  madeAgainst?: number;
}

/** Returns what the plan makes of what is applied now. */
async function desiredBy(db: Database, plan: Plan, model: Model, current: Deployment | undefined): Promise<Wanted> {
  const compiled = compile(model);
  const behind = current && isBehind(plan, current) ? current.serial - (plan.base?.serial ?? 0) : 0;
  const since = behind > 0 ? await recordedDeployments(db, { limit: behind + 1 }) : [];
  const base = behind > 0 ? since.at(-1)?.program : current?.program;
  const program = base ? keepIds(compiled, base) : compiled;
  refuse(program.hash === plan.programHash ? undefined : otherProgram());
  if (behind === 0) return { program, document: plan.document };
  const [guard] = countingGuards([compiled, current?.program]);
  refuse(guard && overtaken(guard, String(current?.serial)));
  const carried = carryOver(plan, model, since);
  if ('reason' in carried) throw new Refused(carried);
  return { ...carried, madeAgainst: plan.base?.serial ?? 0 };
}

/** A plan tells what it sends together with what was applied when it was made. */
function overtaken(guard: string, serial: string): Refusal {
  return stale(
    t`Deployment ${serial} has been applied since the plan was made, and the guard \`${guard}\` counts what all campaigns send.`,
  );
}

function refuse(refusal: Refusal | undefined): void {
  if (refusal) throw new Refused(refusal);
}

/** Refuses a plan whose audiences have grown too much since it was made. */
async function growthOf(
  db: Database,
  { expected }: Plan,
  program: Program,
  programs: readonly (Program | undefined)[],
  { at, allow = [] }: ApplyContext,
): Promise<Refusal | undefined> {
  const limit = growthLimit(programs);
  if (!expected || limit === undefined || allow.includes('max_audience_growth')) return undefined;
  const now = await admitted(db, program, new Set(Object.keys(expected)), at);
  return tooMany(outgrown(expected, now, limit), limit);
}

async function noteRefusal(db: Database, plan: Plan, { reason }: Refusal, { at, who }: ApplyContext): Promise<void> {
  const facts = { plan: plan.planHash, reason };
  if (await currentDeployment(db)) await noteAct(db, { at, who, what: 'refuse', facts });
}

/** `lineage`: so that the log of another store is not taken for this one's. */
function appliedFacts(
  { planHash, gitCommit: commit, changes }: Plan,
  { serial, lineage, hash }: Deployment,
  document: SourceFile[],
) {
  const changed = changes.map(({ address }) => address);
  return {
    deployment: serial,
    lineage,
    program: hash,
    plan: planHash,
    document: digest(document),
    ...(commit !== undefined && { commit }),
    changed,
  };
}
