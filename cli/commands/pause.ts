import { currentDeployment } from '../../engine/deploy/apply.ts';
import { runnable } from '../../engine/deploy/runnable.ts';
import type { Program } from '../../engine/program/program.ts';
import { type Facts, noteAct } from '../../engine/store/audit.ts';
import {
  pause as begin,
  resume as lift,
  type Pause,
  readPauses,
  type Target,
  waiting,
} from '../../engine/store/pauses.ts';
import { shiftTimers } from '../../engine/tick/shift.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { type ActorOptions, actorOf } from '../actor.ts';
import { exit } from '../exit.ts';
import { findNamed } from '../find-campaign.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot } from '../project.ts';
import { storePath, withExistingStore } from '../store.ts';
import { clockFormat } from '../views/format.ts';
import { pauseText, resumeText, targetWords } from '../views/pause.ts';
import { wrapped } from '../views/wrap.ts';

export interface PauseOptions extends ProjectOptions, ActorOptions {
  channel?: string;
  all?: boolean;
  /** Timers are moved by the paused time; false: they run on; absent: as the pause says. */
  shift?: boolean;
}

/** Pauses a target; a target that is paused already stays so. */
export async function pause(io: Io, campaign: string | undefined, options: PauseOptions): Promise<number> {
  const target = targetOf('pause', campaign, options);
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const who = await actorOf(io, root, options);
  return withExistingStore(io, path, { who: 'crm pause' }, async (db) => {
    const { program } = runnable(await currentDeployment(db));
    refuseUnknown(program, target, []);
    const now = io.now();
    const { pause: held, changed } = await db.transaction(async (tx) => {
      const begun = await begin(tx, target, now, options.shift);
      if (begun.changed) await noteAct(tx, { at: now, who, what: 'pause', facts: factsOf(target, begun.pause.shift) });
      return begun;
    });
    const waits = await waiting(db, target, now);
    const clock = clockFormat(program.project.timezone, program.project.tick);
    const all = (await readPauses(db)).some(({ kind }) => kind === 'all');
    await io.out(
      options.json
        ? jsonLine('pause', {
            ...target,
            ...waits,
            since: new Date(held.since).toISOString(),
            shift: held.shift ?? false,
            changed,
          })
        : `${wrapped(pauseText({ ...held, ...waits }, { all, ...(changed ? {} : { since: clock(held.since) }) }), io.view.width)}\n`,
    );
    return exit.fine;
  });
}

/** Lifts the pause of a target; a target that is not paused stays so. */
export async function resume(io: Io, campaign: string | undefined, options: PauseOptions): Promise<number> {
  const target = targetOf('resume', campaign, options);
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const who = await actorOf(io, root, options);
  return withExistingStore(io, path, { who: 'crm resume' }, async (db) => {
    const { program } = runnable(await currentDeployment(db));
    const pauses = await readPauses(db);
    refuseUnknown(program, target, pauses);
    refuseWiderPause(target, pauses);
    const at = io.now();
    const { lifted, moved } = await db.transaction(async (tx) => {
      const lifted = await lift(tx, target, at, options.shift);
      const shift = lifted.some((one) => one.shift) || undefined;
      const moved = shift && (await shiftTimers(tx, lifted, at));
      if (lifted.length > 0)
        await noteAct(tx, { at, who, what: 'resume', facts: { ...factsOf(target, shift), moved } });
      return { lifted, moved };
    });
    const waits = await waiting(db, target, io.now());
    const changed = lifted.length > 0;
    await io.out(
      options.json
        ? jsonLine('resume', { ...target, ...waits, changed, moved: moved ?? 0 })
        : `${wrapped(resumeText({ ...target, ...waits }, changed, moved), io.view.width)}\n`,
    );
    return exit.fine;
  });
}

function targetOf(command: string, campaign: string | undefined, { channel, all, shift }: PauseOptions): Target {
  if (channel !== undefined && shift !== undefined)
    throw new UserError(
      'wrong-call',
      t`Of a paused channel no timers wait: its customers go on.`,
      t`Leave --shift out.`,
    );
  const given: Target[] = [
    ...(campaign === undefined ? [] : [{ kind: 'campaign' as const, name: campaign }]),
    ...(channel === undefined ? [] : [{ kind: 'channel' as const, name: channel }]),
    ...(all ? [{ kind: 'all' as const, name: '' }] : []),
  ];
  const [target, second] = given;
  if (target && !second) return target;
  throw new UserError(
    'wrong-call',
    target ? t`One thing at a time: name one to ${command}.` : t`There is nothing named to ${command}.`,
    t`Name a campaign, or say --channel <name> or --all.`,
  );
}

function factsOf({ kind, name }: Target, shift?: boolean): Facts {
  return { kind, ...(kind !== 'all' && { name }), ...(shift && { shift }) };
}

/** Throws UserError for a name that is neither applied nor paused. A campaign that was removed keeps its pause. */
function refuseUnknown(program: Program, { kind, name }: Target, pauses: Pause[]): void {
  if (kind === 'all' || pauses.some((one) => one.kind === kind && one.name === name)) return;
  const named: { name: string }[] = kind === 'campaign' ? program.campaigns : program.channels;
  findNamed(kind, named, name, 'what is applied');
}

/** Throws UserError if another pause would keep the target paused. */
function refuseWiderPause(target: Target, pauses: Pause[]): void {
  if (target.kind === 'all' || !pauses.some(({ kind }) => kind === 'all')) return;
  throw new UserError(
    'wider-pause',
    t`Everything is paused, ${targetWords(target)} too.`,
    t`\`crm resume --all\` lifts every pause; then pause again what shall wait.`,
  );
}

function jsonLine(type: string, { kind, name, ...rest }: Target & Record<string, unknown>): string {
  return `${JSON.stringify({ format: 1, type, target: kind === 'all' ? { kind } : { kind, name }, ...rest })}\n`;
}
