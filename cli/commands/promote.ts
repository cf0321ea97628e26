import { currentDeployment } from '../../engine/deploy/apply.ts';
import { runnable } from '../../engine/deploy/runnable.ts';
import type { Program } from '../../engine/program/program.ts';
import { noteAct } from '../../engine/store/audit.ts';
import { afterTick, readCursors } from '../../engine/store/cursor.ts';
import type { Database } from '../../engine/store/database.ts';
import { beginStage, rolloutState, stageAt, stagesOf } from '../../engine/store/rollout-state.ts';
import { UserError } from '../../engine/user-error.ts';
import type { RolloutStage } from '../../spec/model/campaign.ts';
import { percent } from '../../spec/words/printing.ts';
import { t } from '../../spec/words/t.ts';
import { type ActorOptions, actorOf } from '../actor.ts';
import { confirm, hasNobodyToAsk } from '../confirm.ts';
import { exit } from '../exit.ts';
import { findCampaign } from '../find-campaign.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot } from '../project.ts';
import { say } from '../say.ts';
import { storePath, withExistingStore } from '../store.ts';

export interface PromoteOptions extends ProjectOptions, ActorOptions {
  autoApprove?: boolean;
}

/** Shows the next stage of a campaign's rollout, asks for approval, and lets it begin. */
export async function promote(io: Io, name: string, options: PromoteOptions, ask = confirm): Promise<number> {
  if (hasNobodyToAsk(io, options))
    throw new UserError('nobody-to-ask', t`There is nobody to ask whether to promote.`, t`Add --auto-approve.`);
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const who = await actorOf(io, root, options);
  const use = { who: 'crm promote' };
  const shown = await withExistingStore(io, path, use, async (db) => {
    const { serial, program } = runnable(await currentDeployment(db));
    return { serial, ...(await nextStage(db, program, name, io.now())) };
  });
  const [before, after] = [percent(shown.present.share), percent(shown.next.share)];
  const { version } = shown;
  if (!options.json)
    await say(
      io,
      version === undefined
        ? t`${name} lets in ${before} of the customers now; the next stage has ${after}.`
        : t`${before} of those who enter ${name} get version ${version} now; the next stage has ${after}.`,
    );
  if (!options.autoApprove && !(await ask(t`Promote it?`))) {
    await say(io, t`Nothing was promoted.`);
    return exit.error;
  }
  const { since } = await withExistingStore(io, path, use, (db) =>
    db.transaction(async (tx) => {
      const now = io.now();
      const { serial, program } = runnable(await currentDeployment(tx));
      if (serial !== shown.serial || (await nextStage(tx, program, name, now)).number !== shown.number)
        throw new UserError(
          'deployment-changed',
          t`The rollout has changed since its next stage was shown; nothing was promoted.`,
          t`Run the command again, and look at the stage.`,
        );
      const begun = await beginStage(tx, name, shown.number, now);
      const facts = {
        campaign: name,
        stage: shown.number + 1,
        share: after,
        ...(version !== undefined && { version }),
        from: new Date(begun.since).toISOString(),
      };
      await noteAct(tx, { at: now, who, what: 'promote', facts });
      return begun;
    }),
  );
  const report = {
    campaign: name,
    stage: shown.number + 1,
    share: after,
    ...(version !== undefined && { version }),
    from: new Date(since).toISOString(),
  };
  await (options.json
    ? io.out(`${JSON.stringify({ format: 1, type: 'promote', ...report })}\n`)
    : say(
        io,
        version === undefined
          ? t`${name} lets in ${after} of the customers from the next tick on.`
          : t`${after} of those who enter ${name} get version ${version} from the next tick on.`,
      ));
  return exit.fine;
}

interface Stages {
  present: RolloutStage;
  next: RolloutStage;
  /** The number of the next stage, counted from 0. */
  number: number;
  /** The version that is rolled out; absent: the rollout is of the campaign. */
  version?: string;
}

/** Throws UserError if there is no next stage. */
async function nextStage(db: Database, program: Program, name: string, now: number): Promise<Stages> {
  const campaign = findCampaign(program.campaigns, name, 'what is applied');
  const rollout = stagesOf(campaign);
  const cursors = await readCursors(db);
  const state = rolloutState(cursors, name);
  if (state.held)
    throw new UserError(
      'no-stage',
      t`The guardrails of ${name} have paused it, and hold its rollout.`,
      t`\`crm resume ${name}\` has the present stage begin again.`,
    );
  const stage = stageAt(rollout, state, afterTick(now, cursors.get('tick')));
  const [present, next] = [rollout[stage], rollout[stage + 1]];
  if (present && next) return { present, next, number: stage + 1, ...(campaign.before && { version: campaign.hash }) };
  throw new UserError(
    'no-stage',
    present ? t`The rollout of ${name} is in its last stage.` : t`${name} has no rollout.`,
    t`Only a campaign whose rollout has a stage to come can be promoted.`,
  );
}
