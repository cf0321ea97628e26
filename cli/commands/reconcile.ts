import { currentDeployment } from '../../engine/deploy/apply.ts';
import { recordedDeployments } from '../../engine/deploy/deployments.ts';
import { nothingApplied } from '../../engine/deploy/runnable.ts';
import { type NotComparable, type SinceApply, sinceApply } from '../../engine/plan/since-apply.ts';
import { UserError } from '../../engine/user-error.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot } from '../project.ts';
import { storePath, withExistingStore } from '../store.ts';
import { reconcileJson, renderReconcile } from '../views/reconcile.ts';

/** Shows the forecast of a deployment beside what was sent since its apply. */
export async function reconcile(io: Io, serial: number | undefined, options: ProjectOptions): Promise<number> {
  const { compared, project } = await compare(io, serial, options);
  await io.out(
    options.json
      ? `${JSON.stringify(reconcileJson(compared))}\n`
      : renderReconcile(compared, project.timezone, io.view),
  );
  return exit.fine;
}

/** A comparison, the commit of its deployment, and the project as it is applied. */
export interface Comparison {
  compared: SinceApply;
  commit: string | undefined;
  project: Model['project'];
}

/** Compares a forecast with what came of it; without a number, that of the applied deployment. Throws UserError where nothing can be compared. */
export async function compare(io: Io, serial: number | undefined, options: ProjectOptions): Promise<Comparison> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  return withExistingStore(io, path, { who: 'crm reconcile' }, async (db) => {
    const applied = await currentDeployment(db);
    if (!applied) throw nothingApplied();
    const compared = comparable(await sinceApply(db, serial, io.now()));
    const [recorded] = await recordedDeployments(db, { to: compared.serial, limit: 1 });
    return { compared, commit: recorded?.commit, project: applied.program.project };
  });
}

function comparable(found: SinceApply | NotComparable): SinceApply {
  if (!('reason' in found)) return found;
  const serial = String(found.serial);
  switch (found.reason) {
    case 'no-deployment':
      throw new UserError('unknown-name', t`There is no deployment ${serial}.`, t`\`crm history\` lists them.`);
    case 'not-kept':
      throw new UserError(
        'not-kept',
        t`The forecast of deployment ${serial} was not kept: an earlier version of Kaskad applied it.`,
        t`The forecasts of later ones are.`,
      );
    case 'other-days':
      throw new UserError(
        'not-kept',
        t`The forecast of deployment ${serial} is of other days than those after its apply, so there is nothing to compare.`,
        t`A plan against a store that has run forecasts the coming days.`,
      );
    case 'too-early':
      throw new UserError(
        'nothing-to-do',
        t`Deployment ${serial} has not run for a whole day of its forecast, which is compared by days.`,
        t`\`crm status\` shows what it has done.`,
      );
  }
}
