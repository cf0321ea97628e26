import { currentDeployment } from '../../engine/deploy/apply.ts';
import { runnable } from '../../engine/deploy/runnable.ts';
import type { CompiledCampaign, Program } from '../../engine/program/program.ts';
import { noteAct } from '../../engine/store/audit.ts';
import type { Database } from '../../engine/store/database.ts';
import { knownPauses, pauseOf } from '../../engine/store/pauses.ts';
import { audienceNow, pendingLaunches, requestLaunch } from '../../engine/tick/launch.ts';
import { UserError } from '../../engine/user-error.ts';
import { loadProject } from '../../spec/load.ts';
import { t } from '../../spec/words/t.ts';
import { type ActorOptions, actorOf } from '../actor.ts';
import { confirm, hasNobodyToAsk } from '../confirm.ts';
import { exit } from '../exit.ts';
import { findCampaign, notApplied } from '../find-campaign.ts';
import { instant } from '../instant.ts';
import type { Io } from '../io.ts';
import { environmentOf, type ProjectOptions } from '../load.ts';
import { findRoot, readProject } from '../project.ts';
import { say } from '../say.ts';
import { storePath, withExistingStore } from '../store.ts';
import { warnUnreadable } from '../unreadable.ts';
import { clockFormat } from '../views/format.ts';
import { renderLaunch } from '../views/launch.ts';

export interface LaunchOptions extends ProjectOptions, ActorOptions {
  at?: string;
  autoApprove?: boolean;
}

/** Shows the customers whom a campaign would enter, asks for approval, and requests the launch at the next tick (or the first from `--at` on). */
export async function launch(io: Io, name: string, options: LaunchOptions, ask = confirm): Promise<number> {
  if (hasNobodyToAsk(io, options))
    throw new UserError('nobody-to-ask', t`There is nobody to ask whether to launch.`, t`Add --auto-approve.`);
  const root = await findRoot(io.cwd, options.project);
  const environment = environmentOf(io, options);
  const path = await storePath(io, root, options);
  const who = await actorOf(io, root, options);
  const now = io.now();
  const found = await withExistingStore(io, path, { who: 'crm launch' }, async (db) => {
    const { serial, program } = runnable(await currentDeployment(db));
    const campaign = await launchable(root, program, name, environment);
    await warnUnreadable(io, db, program);
    const at = instantOf(options.at, program, now);
    const pending = await pendingLaunches(db, name);
    const audience = await audienceNow(db, { program, campaign, now });
    const paused = pauseOf(await knownPauses(db), name);
    const { timezone: zone, tick } = program.project;
    return { serial, campaign, audience, pending, zone, tick, at: at ?? now, soon: !at, ...(paused && { paused }) };
  });
  if (!options.json) await io.out(renderLaunch(found, io.view.width));
  if (!options.autoApprove && !(await ask(t`Launch it?`))) {
    await say(io, t`Nothing was launched.`);
    return exit.error;
  }
  const { at, audience, zone, tick, paused } = found;
  const launched = await withExistingStore(io, path, { who: 'crm launch' }, (db) =>
    request(db, name, { ...found, who, now: io.now() }),
  );
  const report = {
    format: 1,
    type: 'launch',
    launch: launched,
    campaign: name,
    at: new Date(at).toISOString(),
    audience,
    ...(paused && { paused: paused.kind === 'all' ? 'all' : paused.name }),
  };
  const soon = clockFormat(zone, tick)(at);
  await (options.json
    ? io.out(`${JSON.stringify(report)}\n`)
    : say(io, t`Launch ${String(launched)} is requested; the first tick from ${soon} on takes it.`));
  return exit.fine;
}

/** Records the request. Refuses it if the deployment has changed since the audience was shown. */
function request(
  db: Database,
  campaign: string,
  { serial, at, who, now }: { serial: number; at: number; who: string; now: number },
): Promise<number> {
  return db.transaction(async (tx) => {
    if ((await currentDeployment(tx))?.serial === serial) {
      const launch = await requestLaunch(tx, { campaign, at });
      await noteAct(tx, {
        at: now,
        who,
        what: 'launch',
        facts: { campaign, launch, from: new Date(at).toISOString() },
      });
      return launch;
    }
    throw new UserError(
      'deployment-changed',
      t`Another deployment was applied after the audience was shown; nothing was launched.`,
      t`Run the command again, and look at the audience.`,
    );
  });
}

async function launchable(
  root: string,
  program: Program,
  name: string,
  environment: string | undefined,
): Promise<CompiledCampaign> {
  if (!program.campaigns.some((campaign) => campaign.name === name) && (await isWritten(root, name, environment)))
    throw notApplied('campaign', name);
  const campaign = findCampaign(program.campaigns, name, 'what is applied');
  if (campaign.trigger.kind === 'manual') return campaign;
  throw new UserError(
    'not-launchable',
    t`The campaign "${name}" starts by itself, not by hand: its trigger is of the kind "${campaign.trigger.kind}".`,
    t`Only campaigns with \`on: { launch: manual }\` are launched.`,
  );
}

/** Returns true if the files declare the campaign; false if the files have errors. */
async function isWritten(root: string, name: string, environment: string | undefined): Promise<boolean> {
  const { model } = loadProject(await readProject(root), environment);
  return model?.campaigns.some((campaign) => campaign.name === name) ?? false;
}

/** Returns the instant of the launch; undefined means at once. */
function instantOf(text: string | undefined, program: Program, now: number): number | undefined {
  if (text === undefined) return undefined;
  const at = instant(text, '--at', program.project.timezone);
  if (at >= now) return at;
  throw new UserError(
    'wrong-time',
    t`--at ${text} has passed.`,
    t`Name an instant to come, or leave --at out to launch at once.`,
  );
}
