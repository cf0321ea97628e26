import { resolve } from 'node:path';
import { compile } from '../../engine/compile/compile.ts';
import { type Recorded, recordedDeployments } from '../../engine/deploy/deployments.ts';
import { nothingApplied } from '../../engine/deploy/runnable.ts';
import { isSame } from '../../engine/program/hash.ts';
import { isAsNoted } from '../../engine/store/audit.ts';
import type { Database } from '../../engine/store/database.ts';
import { UserError } from '../../engine/user-error.ts';
import { loadProject } from '../../spec/load.ts';
import { t } from '../../spec/words/t.ts';
import { confirm } from '../confirm.ts';
import { planProject } from '../create-plan.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { environmentOf, type Loaded } from '../load.ts';
import { findRoot, readProject } from '../project.ts';
import { say } from '../say.ts';
import { storePath, withExistingStore } from '../store.ts';
import { brokenWords } from '../views/audit.ts';
import { clockFormat } from '../views/format.ts';
import { renderPlan } from '../views/plan.ts';
import { writtenWords } from '../views/way-past.ts';
import { writePlanFile } from '../write-plan.ts';
import { type ApplyOptions, refuseWithoutTerminal, showAndExecute } from './apply.ts';

export interface RollbackOptions extends ApplyOptions {
  out?: string;
}

/** Plans to make an earlier deployment the one that runs, shows the plan, asks for approval and executes the plan. */
export async function rollback(
  io: Io,
  serial: number | undefined,
  options: RollbackOptions,
  ask = confirm,
): Promise<number> {
  const { out } = options;
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const { target, now } = await withExistingStore(io, path, { who: 'crm rollback' }, (db) => targetOf(db, serial));
  if (isSame(target.program, now.program)) return unchanged(io, target.serial, now.serial, options);
  if (out === undefined) refuseWithoutTerminal(io, options, `crm rollback ${target.serial} --out plan.json`);
  const project = loaded(target, root, environmentOf(io, options));
  const { allowBadData } = options;
  const commit = target.commit ?? null;
  const plan = await planProject(io, project, path, { who: 'crm rollback', allowBadData, commit, rollback: true });
  if (!options.json) await say(io, titleOf(target, project));
  if (out !== undefined) {
    await writePlanFile(resolve(io.cwd, out), plan);
    if (options.json) return exit.fine;
    await io.out(renderPlan(plan, project, io.view));
    await say(io, `\n${writtenWords(plan, out)}`);
    return exit.fine;
  }
  const code = await showAndExecute(io, path, plan, project, options, ask);
  if (code === exit.fine && !options.json && !(await filesAreOf(target, io, root, options)))
    await say(
      io,
      t`The files are as they were: take the change back there too, or the next \`crm apply\` makes it again.`,
    );
  return code;
}

/** Returns true if the files of the folder already say what a deployment does. */
async function filesAreOf({ program }: Recorded, io: Io, root: string, options: RollbackOptions): Promise<boolean> {
  const { model } = loadProject(await readProject(root), environmentOf(io, options));
  return model !== undefined && isSame(compile(model), program);
}

/** Returns the deployment to go back to, and the applied one. Throws UserError if there is none. */
async function targetOf(db: Database, serial: number | undefined): Promise<{ target: Recorded; now: Recorded }> {
  const [now, before] = await recordedDeployments(db, { limit: 2 });
  if (!now) throw nothingApplied();
  if (serial === undefined && !before)
    throw new UserError(
      'unknown-name',
      t`Deployment ${String(now.serial)} is the first: there is none to go back to.`,
      t`To stop it, \`crm pause --all\`.`,
    );
  const target =
    serial === undefined ? before : (await recordedDeployments(db, { to: serial, limit: 1 })).find(is(serial));
  if (target?.document && !(await isAsNoted(db, target.serial)))
    throw new UserError(
      'audit-broken',
      brokenWords({ serial: target.serial, why: 'deployment' }),
      t`Somebody has changed it in the store, so nobody knows what it was. Go back by git: check out its commit, and apply that.`,
    );
  if (target) return { target, now };
  throw new UserError(
    'unknown-name',
    t`There is no deployment ${String(serial)}; the applied one is ${String(now.serial)}.`,
    t`\`crm history\` lists them.`,
  );
}

const is = (serial: number) => (one: Recorded) => one.serial === serial;

/** Returns the project of a deployment, as its document says. Throws UserError if there is none that this version reads. */
function loaded({ serial, document }: Recorded, root: string, environment: string | undefined): Loaded {
  if (!document)
    throw new UserError(
      'not-kept',
      t`The files of deployment ${String(serial)} were not kept: an earlier version of Kaskad applied it.`,
      t`Check out their commit, and apply that: \`crm history\` shows it.`,
    );
  const { model, contents, diagnostics } = loadProject(document);
  // Places in a document are in no file that anybody has.
  if (model)
    return { root, model, origins: {}, contents, files: document, ...(environment !== undefined && { environment }) };
  const [first] = diagnostics.filter(({ severity }) => severity === 'error');
  throw new UserError(
    'not-kept',
    t`This version of Kaskad cannot read the files of deployment ${String(serial)} any more: ${first?.message ?? ''}`,
    t`Write the files so that they do the same, and apply them.`,
  );
}

function titleOf({ serial, appliedAt, commit }: Recorded, { model }: Loaded): string {
  const { timezone } = model.project;
  const applied = clockFormat(timezone)(appliedAt);
  return commit === undefined
    ? t`Back to deployment ${String(serial)}, applied ${applied} (${timezone})`
    : t`Back to deployment ${String(serial)}, applied ${applied} (${timezone}), commit ${commit.slice(0, 8)}`;
}

async function unchanged(io: Io, serial: number, now: number, { json }: RollbackOptions): Promise<number> {
  await (json
    ? io.out(`${JSON.stringify({ format: 1, type: 'applied', status: 'nothing', serial: now })}\n`)
    : say(io, t`Nothing to do: deployment ${String(now)} is the same as deployment ${String(serial)}.`));
  return exit.fine;
}
