import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { closeCarriers, openCarriers } from '../../engine/delivery/carriers/open.ts';
import type { Recorded } from '../../engine/deploy/deployments.ts';
import type { SyncState } from '../../engine/deploy/sync-state.ts';
import { applyPlan } from '../../engine/plan/apply-plan.ts';
import { readPlan } from '../../engine/plan/check-plan.ts';
import { isApproved } from '../../engine/plan/noted.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { armoured } from '../../engine/plan/signature.ts';
import type { EmbeddedStore } from '../../engine/store/serve.ts';
import { UserError } from '../../engine/user-error.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { planProject } from '../create-plan.ts';
import type { Loaded } from '../load.ts';
import { approvalsBeside, readBeside } from '../plan-file.ts';
import { carriers } from '../secrets.ts';
import { waitingPlan } from '../views/sync.ts';
import type { Syncing } from './round.ts';

/** Plans a commit against the store. `now`: the applied deployment. Throws UserError where there can be no plan. */
export async function planned(
  db: EmbeddedStore,
  project: Loaded,
  commit: string,
  now: Recorded | undefined,
  { io, signal, mirror }: Syncing,
): Promise<Plan> {
  // Nobody at a terminal waits for the progress.
  const quiet = { ...io, terminal: { ...io.terminal, stderr: false }, interrupted: () => signal };
  // The folder is in no repository, or in another one.
  const authors = await mirror.authors(commit, now?.commit);
  return planProject(quiet, project, db, { who: 'crm sync', commit, authors });
}

/** Throws UserError if the commit cannot run in this process: it has another store, or a channel that does not open. */
export async function refuseUnusable(
  { model }: Loaded,
  now: Recorded | undefined,
  { io, root }: Syncing,
): Promise<void> {
  if (now && now.program.project.store !== model.project.store)
    throw new UserError('store-unusable', t`The commit names another store: end this process and begin there anew.`);
  await closeCarriers(await openCarriers(model, carriers(io, root)));
}

/** The serial of the deployment that runs after an apply, or why it is refused. */
type Outcome = { serial: number } | { refusal: string };

/** Applies the plan that waits if it has its approvals; undefined: it waits on. */
export async function applyApproved(
  db: EmbeddedStore,
  { hash, refused }: NonNullable<SyncState['plan']>,
  at: Syncing,
): Promise<Outcome | undefined> {
  if (refused) return undefined;
  const file = join(at.root, waitingPlan(hash));
  const plan = readPlan(await readBeside(file));
  if ('reason' in plan || plan.planHash !== hash) return undefined;
  const signatures = armoured(await readBeside(approvalsBeside(file)));
  if (!(await isApproved(db, plan, signatures))) return undefined;
  return apply(db, plan, at, { signatures });
}

/** Applies a plan. `model`: where it has been read already. */
export async function apply(
  db: EmbeddedStore,
  plan: Plan,
  { io }: Syncing,
  more: { model?: Model; signatures?: string[] },
): Promise<Outcome> {
  const applied = await applyPlan(db, plan, { at: io.now(), lineage: randomUUID(), who: 'crm sync', ...more });
  return applied.status === 'refused' ? { refusal: applied.refusal.message } : { serial: applied.serial };
}
