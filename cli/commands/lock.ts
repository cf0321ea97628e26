import { currentDeployment } from '../../engine/deploy/apply.ts';
import { runnable } from '../../engine/deploy/runnable.ts';
import { noteAct } from '../../engine/store/audit.ts';
import type { Database } from '../../engine/store/database.ts';
import { type Lock, readLocks } from '../../engine/store/locks.ts';
import { UserError } from '../../engine/user-error.ts';
import { zonedFormat } from '../../spec/words/clock.ts';
import { t } from '../../spec/words/t.ts';
import { type ActorOptions, actorOf } from '../actor.ts';
import { exit } from '../exit.ts';
import { findCampaign } from '../find-campaign.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot } from '../project.ts';
import { say } from '../say.ts';
import { storePath, withExistingStore } from '../store.ts';
import { printable } from '../views/format.ts';

export interface LockOptions extends ProjectOptions, ActorOptions {
  reason?: string;
  force?: boolean;
}

/** Locks a campaign against changes by others; without a name, lists the locks. */
export async function lock(io: Io, name: string | undefined, options: LockOptions): Promise<number> {
  const { reason, json } = options;
  if (name !== undefined && !reason)
    throw new UserError('wrong-call', t`A lock has a reason, for those whom it stops.`, t`Add --reason "…".`);
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const who = await actorOf(io, root, options);
  return withExistingStore(io, path, { who: 'crm lock' }, async (db) => {
    const { campaigns, clock } = await appliedTo(db);
    if (name === undefined || !reason) return listed(io, await readLocks(db), clock, options);
    const { name: campaign } = findCampaign(campaigns, plain(name), 'what is applied');
    const at = io.now();
    const held = await db.transaction(async (tx) => {
      const other = (await readLocks(tx)).find((one) => one.campaign === campaign);
      if (other && other.holder !== who) throw heldBy(other, clock);
      await noteAct(tx, { at, who, what: 'lock', facts: { campaign, reason } });
      return { campaign, holder: who, since: at, reason };
    });
    await (json
      ? io.out(`${JSON.stringify({ format: 1, type: 'lock', ...dated(held) })}\n`)
      : say(
          io,
          t`Campaign ${campaign} is locked by ${printable(who)}: nobody else can apply a change of it. \`crm unlock ${campaign}\` ends that.`,
        ));
    return exit.fine;
  });
}

/** Ends the lock of a campaign; that of somebody else only with `--force`. */
export async function unlock(io: Io, name: string, options: LockOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const who = await actorOf(io, root, options);
  return withExistingStore(io, path, { who: 'crm unlock' }, async (db) => {
    const { clock } = await appliedTo(db);
    const campaign = plain(name);
    const ended = await db.transaction(async (tx) => {
      const held = (await readLocks(tx)).find((one) => one.campaign === campaign);
      if (!held)
        throw new UserError(
          'nothing-to-do',
          t`The campaign "${campaign}" is not locked.`,
          t`\`crm lock\` lists what is.`,
        );
      if (held.holder !== who && !options.force) throw heldBy(held, clock);
      await noteAct(tx, { at: io.now(), who, what: 'unlock', facts: { campaign, holder: held.holder } });
      return held;
    });
    await (options.json
      ? io.out(`${JSON.stringify({ format: 1, type: 'unlock', ...dated(ended) })}\n`)
      : say(io, t`Campaign ${campaign} is no longer locked.`));
    return exit.fine;
  });
}

async function appliedTo(db: Database) {
  const { program } = runnable(await currentDeployment(db));
  return { campaigns: program.campaigns, clock: zonedFormat(program.project.timezone) };
}

/** `campaign.cart`, as plans write it, is `cart`. */
const plain = (name: string) => name.replace(/^campaign\./, '');

function heldBy({ campaign, holder, since, reason }: Lock, clock: (at: number) => string): UserError {
  return new UserError(
    'locked',
    t`campaign.${campaign} is locked by ${holder} since ${clock(since)}: ${reason}`,
    t`Ask ${holder}; \`crm unlock ${campaign} --force\` breaks the lock.`,
  );
}

async function listed(io: Io, locks: Lock[], clock: (at: number) => string, { json }: LockOptions): Promise<number> {
  if (json) await io.out(`${JSON.stringify({ format: 1, type: 'locks', locks: locks.map(dated) })}\n`);
  else if (locks.length === 0) await say(io, t`Nothing is locked.`);
  else
    for (const { campaign, holder, since, reason } of locks.map(printable))
      await say(io, t`campaign.${campaign} is locked by ${holder} since ${clock(since)}: ${reason}`);
  return exit.fine;
}

const dated = (one: Lock) => ({ ...one, since: new Date(one.since).toISOString() });
