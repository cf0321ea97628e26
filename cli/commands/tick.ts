import { randomUUID } from 'node:crypto';
import { waitForWriters } from '../../engine/data/intake/wait-for-writers.ts';
import { closeCarriers, openCarriers } from '../../engine/delivery/carriers/open.ts';
import type { DispatchReport } from '../../engine/delivery/dispatch.ts';
import { abortAfterGrace } from '../../engine/delivery/grace.ts';
import { createRenderer } from '../../engine/delivery/render/renderer.ts';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { runnable } from '../../engine/deploy/runnable.ts';
import { gridInstant } from '../../engine/program/facts.ts';
import type { Program } from '../../engine/program/program.ts';
import { type Cause, dataCauses } from '../../engine/report/causes.ts';
import { type Refused, refusedAt } from '../../engine/report/refused-at.ts';
import type { Database } from '../../engine/store/database.ts';
import { prepareTables } from '../../engine/store/tables.ts';
import { UserError } from '../../engine/user-error.ts';
import { takeOver } from '../../engine/worker/leases.ts';
import { sendDue } from '../../engine/worker/send-due.ts';
import { type DeployedTick, Superseded, tickDeployed } from '../../engine/worker/tick-deployed.ts';
import { t } from '../../spec/words/t.ts';
import { machineClock } from '../clock.ts';
import { exit } from '../exit.ts';
import { instant } from '../instant.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { progress } from '../progress.ts';
import { findRoot } from '../project.ts';
import { remark } from '../say.ts';
import { carriers } from '../secrets.ts';
import { storePath, withExistingStore } from '../store.ts';
import { zonedFormat } from '../views/format.ts';
import { aheadText, nothingReadText, tickText, waitsText } from '../views/tick.ts';

export interface TickOptions extends ProjectOptions {
  at?: string;
  force?: boolean;
  dispatch: boolean;
  allowBadData?: boolean;
}

/** The report of one tick. */
export interface Ticked extends DeployedTick {
  /** The grid instant, epoch milliseconds. */
  at: number;
  /** Problems in the files that this tick read, or that it found later, by cause. */
  causes?: Cause[];
  /** The messages that the gates of this tick refused. */
  refused?: Refused;
  /** Absent if there was nothing to send. */
  dispatched?: DispatchReport;
}

/** Executes one tick at the current grid instant, then sends everything that is due. Returns `refused` where guardrails have paused a campaign. */
export async function tick(io: Io, options: TickOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  return withExistingStore(io, path, { who: 'crm tick', exclusive: options.dispatch }, async (db) => {
    const shown = progress(io, t`ticking`);
    try {
      const applied = runnable(await currentDeployment(db));
      // Carriers are opened before anything is read or ticked, so that a missing secret is reported first.
      if (options.dispatch) await closeCarriers(await openCarriers(applied.program, carriers(io, root)));
      await prepareTables(db, applied.program.data);
      await waitForWriters(applied.program, root, { ...machineClock, now: io.now });
      const before = options.dispatch ? await takeOver(db, applied.program, io.now()) : undefined;
      const { program, now, ...done } = await tickNow(io, db, root, options, (share) =>
        shown.at(share < 1 ? t`reading the data` : t`ticking`, share),
      );
      const refused = done.ticked ? await refusedAt(db, done.at) : undefined;
      shown.at(t`sending`);
      const dispatched = before && (await send(io, db, program, root, { ahead: now - io.now(), ...options }));
      for (const what of ['unknown', 'again'] as const) if (dispatched) dispatched.lapsed[what] += before[what];
      const paths = [...done.read, ...(done.later ?? [])].map(({ path }) => path);
      const causes = await dataCauses(db, { found: { paths, instants: [now, done.at] } });
      const all: Ticked = { ...done, causes, ...(refused && { refused }), ...(dispatched && { dispatched }) };
      shown.end();
      await io.out(
        options.json
          ? `${JSON.stringify({ format: 1, type: 'tick', ...all })}\n`
          : tickText(all, program.project, io.view.width),
      );
      return done.paused ? exit.refused : exit.fine;
    } finally {
      shown.end();
    }
  });
}

async function tickNow(io: Io, db: Database, root: string, options: TickOptions, onReading: (share: number) => void) {
  for (;;) {
    const deployment = runnable(await currentDeployment(db));
    const { program } = deployment;
    const { timezone } = program.project;
    const now = options.at === undefined ? io.now() : instant(options.at, '--at', timezone);
    const at = gridInstant(program, now);
    try {
      refuseFuture(io, options, now, timezone);
      const clock = Math.max(now, io.now());
      const done = await tickDeployed(db, deployment, {
        at,
        now,
        clock,
        root,
        tz: io.tz,
        badData: options.allowBadData ? 'accept' : 'refuse',
        onReading,
      });
      if (done.wasAhead !== undefined) remark(io, aheadText(done.wasAhead, clock, timezone));
      if (done.waitsUntil !== undefined) {
        if (options.at !== undefined) throw beforeLastTick(options.at, done.waitsUntil, program);
        remark(io, waitsText(done.waitsUntil, clock, timezone));
      } else if (!done.ticked && options.allowBadData) remark(io, nothingReadText(at, program.project));
      return { program, now, at, ...done };
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }
}

/** Throws UserError for an instant after the clock without `--force`, so that a typing error cannot make future things happen. */
function refuseFuture(io: Io, { at, force }: TickOptions, now: number, zone: string): void {
  if (at === undefined || force || now <= io.now()) return;
  throw new UserError(
    'wrong-time',
    t`--at lies after the clock, by which it is ${zonedFormat(zone, 1000)(io.now())}: "${at}".`,
    t`Everything that is due by then would happen now. Choose an earlier instant, or add --force if that is meant.`,
  );
}

/** Returns the error for an instant before the last tick. Such a tick would do nothing, which must not hide a typing error. */
function beforeLastTick(at: string, last: number, { project: { timezone, tick } }: Program): UserError {
  return new UserError(
    'wrong-time',
    t`--at lies before the last tick, which was for ${zonedFormat(timezone, tick)(last)}: "${at}".`,
    t`Nothing was ticked or sent. Choose a later instant, or leave --at out for now.`,
  );
}

/** Sends everything that is due. `ahead`: how far the tick lies after the real clock, milliseconds. */
async function send(
  io: Io,
  db: Database,
  program: Program,
  root: string,
  { ahead, allowBadData = false }: { ahead: number; allowBadData?: boolean },
): Promise<DispatchReport> {
  const opened = await openCarriers(program, carriers(io, root));
  const signal = io.interrupted();
  const ending = () => remark(io, t`Ending; a second Ctrl-C ends at once.`);
  signal.addEventListener('abort', ending);
  const { cut, clear } = abortAfterGrace(signal, machineClock.sleep);
  try {
    return await sendDue(db, {
      program,
      root,
      renderer: createRenderer(program.templates, program.partials, program.project, program.variables),
      carriers: opened,
      ...machineClock,
      now: () => io.now() + ahead,
      worker: randomUUID(),
      signal,
      cut,
      allowBadData,
    });
  } finally {
    clear();
    signal.removeEventListener('abort', ending);
    await closeCarriers(opened);
  }
}
