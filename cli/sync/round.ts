import { glob, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compile } from '../../engine/compile/compile.ts';
import { recordedDeployments } from '../../engine/deploy/deployments.ts';
import { readSync, type SyncState, type SyncTrouble, writeSync } from '../../engine/deploy/sync-state.ts';
import { hoursNotice } from '../../engine/plan/guards.ts';
import { reasonsToWait } from '../../engine/plan/waits.ts';
import type { EmbeddedStore } from '../../engine/store/serve.ts';
import { UserError } from '../../engine/user-error.ts';
import { takeTurn } from '../../engine/worker/turn.ts';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { later } from '../../spec/words/t.ts';
import type { Io } from '../io.ts';
import type { Log } from '../log.ts';
import { waitingPlan } from '../views/sync.ts';
import { writePlanFile } from '../write-plan.ts';
import { putFiles, reasonsToLeave } from './folder.ts';
import { loadedAt } from './loaded.ts';
import type { Mirror } from './mirror.ts';
import { apply, applyApproved, planned, refuseUnusable } from './planning.ts';
import type { Source } from './source.ts';

export interface Syncing {
  io: Io;
  /** The folder of the project: its data, its store, and the files that are taken from git. */
  root: string;
  source: Source;
  mirror: Mirror;
  environment?: string | undefined;
  verifySignatures: boolean;
  log: Log;
  /** Unique to this process's life. */
  worker: string;
  signal: AbortSignal;
}

/** The time for which a worker that syncs has the turn after it asked last, milliseconds: longer than a fetch and a plan. */
const TURN = 30 * 60_000;

/**
 * Fetches the branch, and applies its commit if it may be applied without a person. Otherwise what runs keeps running. Returns the state, which the store
 * keeps; undefined if another worker syncs this store.
 */
export async function syncOnce(db: EmbeddedStore, at: Syncing): Promise<SyncState | undefined> {
  const { io, source, environment, worker, log } = at;
  if (!(await takeTurn(db, 'sync', { worker, now: io.now, ms: TURN }))) return undefined;
  const kept = await readSync(db);
  const chosen = { source: source.shown, ...(environment !== undefined && { environment }) };
  const before: SyncState = kept?.source === source.shown && kept.environment === environment ? kept : chosen;
  const after = await stateAfter(db, before, at);
  if (JSON.stringify({ ...after, fetchedAt: 0 }) !== JSON.stringify({ ...before, fetchedAt: 0 })) tell(log, after);
  await writeSync(db, after);
  return after;
}

function tell(log: Log, { applied, wanted, trouble, plan }: SyncState): void {
  const fields = { ...(wanted !== undefined && { commit: wanted }) };
  if (!trouble) {
    log.info(fields, later`the commit runs`);
    return;
  }
  const why = { ...fields, why: trouble.reasons.join(' '), ...(plan && { plan: plan.hash }) };
  if (wanted === applied) log.warn(why, later`the commit runs, and the sync has trouble`);
  else log.warn(why, later`the wanted commit does not run`);
}

/** Returns the state after one round. What goes wrong is a trouble in it; only errors of the store are thrown. */
async function stateAfter(db: EmbeddedStore, before: SyncState, at: Syncing): Promise<SyncState> {
  const { io, mirror, root, signal } = at;
  const { trouble: _, plan: __, ...known } = before;
  const inTrouble = (state: SyncState, kind: SyncTrouble, reasons: string[]): SyncState => {
    const same = before.trouble?.kind === kind && before.wanted === state.wanted;
    return { ...state, trouble: { kind, reasons, since: same ? (before.trouble?.since ?? 0) : io.now() } };
  };
  let commit: string;
  try {
    commit = await mirror.fetch(signal);
  } catch (error) {
    return inTrouble(before, 'unreachable', [messageOf(error)]);
  }
  const fetched: SyncState = { ...known, wanted: commit, fetchedAt: io.now() };
  // The branch has moved on, so the plan of its earlier commit must not be applied.
  if (before.plan && before.plan.commit !== commit) await removePlan(root);
  try {
    if (commit === known.applied) {
      const files = await mirror.files(commit);
      const edits = await reasonsToLeave(root, files);
      if (edits.length > 0) return inTrouble(fetched, 'edited', edits);
      await putFiles(root, files);
      return fetched;
    }
    if (at.verifySignatures && !(await mirror.isSigned(commit)))
      return inTrouble(fetched, 'unsigned', [later`The commit has no signature that git trusts here.`]);
    const project = await loadedAt(commit, at);
    const edits = await reasonsToLeave(root, project.files);
    if (edits.length > 0) return inTrouble(fetched, 'edited', edits);
    const [now] = await recordedDeployments(db, { limit: 1 });
    // A person has applied it, by the plan that waited for instance.
    if (now?.commit === commit) return await finished(fetched, { commit, serial: now.serial }, project.files, at);
    const base = now?.serial ?? 0;
    const { plan } = before;
    if (plan?.commit === commit && plan.base === base && io.now() < plan.expiresAt) {
      const outcome = await applyApproved(db, plan, at);
      if (outcome && 'serial' in outcome) return await finished(fetched, { commit, ...outcome }, project.files, at);
      const kept: typeof plan = outcome ? { ...plan, refused: true, reasons: [outcome.refusal] } : plan;
      return inTrouble({ ...fetched, plan: kept }, 'waiting', kept.reasons);
    }
    await refuseUnusable(project, now, at);
    const [closed] = hoursNotice([compile(project.model), now?.program], io.now());
    if (closed) return inTrouble(fetched, 'waiting', [closed.message]);
    const made = await planned(db, project, commit, now, at);
    const reasons = [
      ...(known.applied === undefined || (await mirror.descends(known.applied, commit))
        ? []
        : [later`The history of the branch was rewritten: the commit that runs is no part of it any more.`]),
      ...reasonsToWait(made, { applied: now?.program.campaigns.length ?? 0, wanted: project.model.campaigns.length }),
    ];
    if (reasons.length > 0) {
      await removePlan(root);
      await writePlanFile(join(root, waitingPlan(made.planHash)), made);
      const { planHash: hash, expiresAt, approvals } = made;
      const waits = {
        commit,
        hash,
        base,
        expiresAt,
        reasons,
        allow: made.allow,
        approvals: approvals?.required ?? 0,
      };
      return inTrouble({ ...fetched, plan: waits }, 'waiting', reasons);
    }
    const outcome = await apply(db, made, at, { model: project.model });
    return 'refusal' in outcome
      ? inTrouble(fetched, 'broken', [outcome.refusal])
      : await finished(fetched, { commit, ...outcome }, project.files, at);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return inTrouble(fetched, 'broken', [messageOf(error)]);
  }
}

/** Brings the folder to the commit that runs. */
async function finished(
  state: SyncState,
  { commit, serial }: { commit: string; serial: number },
  files: SourceFile[],
  { root, mirror }: Syncing,
): Promise<SyncState> {
  await mirror.keep(commit);
  await putFiles(root, files);
  await removePlan(root);
  return { ...state, applied: commit, deployment: serial };
}

/** Removes the plans that have waited, with the files beside them. */
async function removePlan(root: string): Promise<void> {
  for await (const file of glob('.kaskad/sync-plan*', { cwd: root })) await rm(join(root, file), { force: true });
}

function messageOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  throw error;
}
