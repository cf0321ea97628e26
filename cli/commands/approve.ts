import { appendFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { fingerprint, type Judged, judgeKey, judgeSignatures } from '../../engine/plan/approvals.ts';
import { expired, readDocumentOf, readPlan, usedAlready } from '../../engine/plan/check-plan.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { noteAct } from '../../engine/store/audit.ts';
import { UserError } from '../../engine/user-error.ts';
import { loadProject } from '../../spec/load.ts';
import type { Approvals } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { type ActorOptions, actorOf } from '../actor.ts';
import { confirm, hasNobodyToAsk } from '../confirm.ts';
import { exit } from '../exit.ts';
import { git } from '../git.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { approvalsBeside, readPlanText, refusalError, usedAs } from '../plan-file.ts';
import { findRoot } from '../project.ts';
import { say } from '../say.ts';
import { fingerprintOf, sign } from '../ssh-keygen.ts';
import { storeExists, storePath, withExistingStore, withStore } from '../store.ts';
import { renderPlan } from '../views/plan.ts';

export interface ApproveOptions extends ProjectOptions, ActorOptions {
  /** The file of the key; with ssh-agent, that of its public part. */
  key?: string;
  autoApprove?: boolean;
}

/** Signs a plan as one that may be applied. `plan`: its file, or its hash, which the store then keeps the approval of. */
export async function approve(io: Io, plan: string, options: ApproveOptions, ask = confirm): Promise<number> {
  if (hasNobodyToAsk(io, options))
    throw new UserError('nobody-to-ask', t`There is nobody to ask whether to approve.`, t`Add --auto-approve.`);
  const root = await findRoot(io.cwd, options.project);
  const store = await storePath(io, root, options);
  const file = /^[0-9a-f]{64}$/.test(plan) ? undefined : resolve(io.cwd, plan);
  const made = file === undefined ? undefined : await readWhole(io, file);
  const rule = (await appliedRule(io, store)) ?? (made && ownRule(made));
  if (!rule)
    throw new UserError(
      'nothing-to-do',
      t`The project names nobody who may approve.`,
      t`Declare them under \`policies.approvals.approvers\`, and apply that first.`,
    );
  const planHash = made?.planHash ?? plan;
  const authors = made?.authors;
  const key = options.key === undefined ? await ownKey(io, root) : resolve(io.cwd, options.key);
  const print = await fingerprintOf(key);
  nameOf(judgeKey({ authors }, rule, (one) => fingerprint(one.key) === print));
  if (made && !options.json) {
    const { model } = loadProject(made.document);
    if (model) await io.out(`${renderPlan(made, { model }, io.view)}\n`);
  }
  if (!options.autoApprove && !(await ask(t`Approve this plan?`))) {
    await say(io, t`Nothing was approved.`);
    return exit.error;
  }
  const signature = await sign(key, planHash);
  const name = nameOf(judgeSignatures({ planHash, authors }, rule, [signature])[0]);
  if (file !== undefined) await appendFile(approvalsBeside(file), `${signature}\n`);
  const who = await actorOf(io, root, options);
  const note = { at: io.now(), who, what: 'approve', facts: { plan: planHash, approver: name, signature } } as const;
  if (file === undefined || (await isApplied(io, store)))
    await withExistingStore(io, store, { who: 'crm approve' }, (db) => db.transaction((tx) => noteAct(tx, note)));
  await (options.json
    ? io.out(`${JSON.stringify({ format: 1, type: 'approval', plan: planHash, approver: name })}\n`)
    : say(io, t`${name} has approved the plan ${planHash.slice(0, 12)}.`));
  return exit.fine;
}

/** Reads a plan that could be applied now. */
async function readWhole(io: Io, file: string): Promise<Plan> {
  const plan = readPlan(await readPlanText(file));
  if ('reason' in plan) throw refusalError(plan);
  const model = readDocumentOf(plan);
  if ('reason' in model) throw refusalError(model);
  const used = await usedAs(file, plan.planHash);
  if (used !== undefined) throw refusalError(usedAlready(used));
  const late = expired(plan, model.project.timezone, io.now());
  if (late) throw refusalError(late);
  return plan;
}

function ownRule(plan: Plan): Approvals | undefined {
  const model = readDocumentOf(plan);
  return 'reason' in model ? undefined : model.policies.approvals;
}

async function appliedRule(io: Io, store: string): Promise<Approvals | undefined> {
  if (!(await storeExists(store))) return undefined;
  return withStore(
    io,
    store,
    { who: 'crm approve' },
    async (db) => (await currentDeployment(db))?.program.policies.approvals,
  );
}

async function isApplied(io: Io, store: string): Promise<boolean> {
  if (!(await storeExists(store))) return false;
  return withStore(io, store, { who: 'crm approve' }, async (db) => (await currentDeployment(db)) !== undefined);
}

/** Returns the key by which git signs, else the usual one. */
async function ownKey(io: Io, root: string): Promise<string> {
  const { code, out } = await git(root, ['config', 'user.signingkey']);
  const byGit = code === 0 ? out.toString('utf8').trim() : '';
  const home = io.env.HOME ?? homedir();
  if (byGit.startsWith('~/')) return join(home, byGit.slice(2));
  return byGit.startsWith('/') ? byGit : join(home, '.ssh/id_ed25519');
}

/** Returns who signs. Throws UserError where the signature does not count. */
function nameOf(judged: Judged | undefined): string {
  if (judged?.verdict === 'counts' && judged.name !== undefined) return judged.name;
  throw new UserError(
    'approval-refused',
    judged?.verdict === 'author'
      ? t`${judged.name ?? ''} wrote commits of this plan, and nobody approves their own.`
      : t`The key is none of an approver; only ed25519 keys of \`policies.approvals.approvers\` count.`,
    judged?.verdict === 'author'
      ? t`Let another approver do it.`
      : t`Name another key with --key, or let an approver do it.`,
  );
}
