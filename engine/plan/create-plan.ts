import type { Surface } from '../../spec/convert.ts';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import type { Model, Origins } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { compile } from '../compile/compile.ts';
import { currentDeployment, type Deployment } from '../deploy/apply.ts';
import { keepIds } from '../deploy/keep-ids.ts';
import { type Returning, returning } from '../deploy/removal.ts';
import {
  type RolloutStates,
  rolloutStates,
  withoutVersionsBefore,
  withVersionsBefore,
} from '../deploy/versions-before.ts';
import { type Documented, deployedDocument, documented, readDocument } from '../document/document.ts';
import { nextTick, sendsOf } from '../program/facts.ts';
import { alone, canonical } from '../program/hash.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import { afterTick, readCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { DuckDb } from '../store/duckdb.ts';
import { prepareTables } from '../store/tables.ts';
import { UserError } from '../user-error.ts';
import { admitted } from './audience-sizes.ts';
import { type ByHand, byHand, nothingByHand } from './by-hand.ts';
import { fatesOf } from './fates.ts';
import { forecast } from './forecast.ts';
import { growthLimit } from './guards.ts';
import { type Inside, inFlight, nobody } from './in-flight.ts';
import type { Lacking } from './notices.ts';
import { type Against, makePlan, type Plan } from './plan.ts';
import type { Recipient } from './recipients.ts';
import { plannedRollouts } from './rollouts.ts';
import type { Sampling } from './sample.ts';
import { narrowed } from './target.ts';

/** The part of a store that a plan depends on. */
export interface StoreState {
  applied: Deployment | undefined;
  /** The files of what is applied; undefined where the version that applied it kept none. */
  document: SourceFile[] | undefined;
  inside: Inside;
  /** The customers and messages that removed campaigns would take up again. */
  returning: Returning[];
  drift: ByHand;
  rollouts: RolloutStates;
  lastTick: number | undefined;
  /** A copy of the store for the forecast to use up; of a store that has run. */
  snapshot: string | undefined;
}

/**
 * Reads all that a plan needs, so that the store can be closed before the forecast. `snapshot`: writes a copy, and returns its path;
 * `intent`: what is to be applied, and when: with it is told whose waiting that ends at once.
 */
export async function readStoreState(
  db: Database,
  snapshot?: () => Promise<string>,
  intent?: { desired: Model; at: number },
): Promise<StoreState> {
  const applied = await currentDeployment(db);
  const document = applied && (await deployedDocument(db));
  const program = intent && applied && keepIds(compile(intent.desired), applied.program);
  const lastTick = applied && (await readCursor(db, 'tick'));
  const desired = program && { program, tick: nextTick(program, intent.at, lastTick ?? 0) };
  const inside = applied ? await inFlight(db, desired) : nobody;
  const drift = applied ? await byHand(db) : nothingByHand;
  const rollouts = applied ? await rolloutStates(db, applied.program) : {};
  const back = applied ? await returning(db, lastTick ?? 0) : [];
  return {
    applied,
    document,
    inside,
    returning: back,
    drift,
    rollouts,
    lastTick,
    snapshot: lastTick === undefined ? undefined : await snapshot?.(),
  };
}

/** Reads what is applied alone, as if nobody had been in the store. */
export async function readAppliedState(db: Database): Promise<StoreState> {
  const applied = await currentDeployment(db);
  const document = applied && (await deployedDocument(db));
  return {
    ...{ applied, document, inside: nobody, returning: [], drift: nothingByHand, rollouts: {} },
    ...{ lastTick: undefined, snapshot: undefined },
  };
}

export interface PlanInput {
  desired: Model;
  /** The notation of the project's files, in which the plan shows parts of them. */
  surface?: Surface;
  /** Absent: there is no store yet. */
  store?: StoreState;
  /** Now, epoch milliseconds. */
  at: number;
  tz: string;
  root: string;
  commit?: string;
  /** E-mail addresses of those who wrote what the plan applies. */
  authors?: string[];
  environment?: string;
  /** The plan goes back to the document of an earlier deployment, so that it rolls out no change. */
  rollback?: boolean;
  /** Addresses of the resources that alone are changed, with what they need; absent: all are. */
  targets?: readonly string[];
  /** The places of the desired resources in their files. */
  origins?: Origins;
  /** Finds the channels whose secret is missing; absent: nobody is going to send. */
  lacking?: (program: Program) => Promise<Lacking[]>;
  /** Files to compare with instead of what a store has; without a Model there is no project among them. */
  against?: Against & { model?: Model; surface?: Surface };
  /** A folder of this plan alone, for files in passing; absent: who enters and leaves segments that change is not counted. */
  folder?: string;
  /** The days to simulate instead of the coming 7, on the data files alone; what the store knows of customers is not looked at. */
  period?: { from: number; to: number };
  /** Gets the store of the simulation when the data files have been read. */
  onRead?: (db: Database) => Promise<void>;
  /** Absent: the forecast is of all customers. */
  sample?: Sampling;
  /** A data file that cannot be relied on is no reason to refuse. */
  allowBadData?: boolean;
  /** Gets whom the planned program sends what; it is no part of the plan. */
  onRecipients?: ((recipients: Recipient[]) => void) | undefined;
  /** Gets the share of the data files that has been read, from 0 to 1. */
  onReading?: ((share: number) => void) | undefined;
  /** Gets the share of the forecast that is done, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Compares a project with what is applied, forecasts what both do, and creates the plan. */
export async function createPlan(input: PlanInput): Promise<Plan> {
  const { store, surface = 'yaml', at, tz, root, allowBadData = false, onReading, onProgress, signal } = input;
  const { commit, authors, environment, origins, rollback } = input;
  const {
    applied: deployment,
    document,
    inside = nobody,
    returning: back = [],
    drift = nothingByHand,
    rollouts: states = {},
    lastTick,
    snapshot,
  } = store ?? {};
  const { model, surface: written = surface, ...against } = input.against ?? {};
  const other = model && compile(model);
  const applied = deployment?.program ?? other;
  const appliedDocument =
    applied && (model ? documented(model, applied, written, other) : document && readDocument(document, applied));
  const withIds = (compiled: Program) => (applied ? keepIds(compiled, applied) : compiled);
  const compiledOf = (one: Model) => withIds(compile(one));
  const narrow =
    input.targets && narrowedTo(input.targets, input.desired, compiledOf, { applied, appliedDocument, surface });
  const wanted = narrow?.model ?? input.desired;
  const compiled = compile(wanted);
  const desired = withIds(compiled);
  const expected = snapshot === undefined ? undefined : await expectedSizes(snapshot, desired, applied, at);
  const before = { applied, states, now: afterTick(at, lastTick), rollback };
  // A replay compares the versions themselves: the one before a change would only be in both of its sides.
  const [running, replaced] = input.period
    ? [desired, applied && withoutVersionsBefore(applied)]
    : [withVersionsBefore(desired, before), applied];
  const predicted = await forecast({
    desired: running,
    ...(replaced && { applied: replaced }),
    at,
    tz,
    root,
    allowBadData,
    ...(input.folder !== undefined && { folder: input.folder }),
    ...(input.period && { period: input.period }),
    ...(input.onRead && { onRead: input.onRead }),
    ...(input.sample && { sample: input.sample }),
    ...(snapshot !== undefined && lastTick !== undefined && { store: { snapshot, lastTick } }),
    onReading,
    onRecipients: input.onRecipients,
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  const names = new Set(desired.campaigns.map(({ name }) => name));
  const mine = back.filter(({ campaign }) => names.has(campaign));
  const context = {
    at,
    tz,
    ...(commit !== undefined && { commit }),
    ...(authors && { authors }),
    ...(expected && { expected }),
    ...(narrow && { part: narrow.part }),
    ...(rollback && { rollback }),
    ...(environment !== undefined && { environment }),
    ...(origins && { origins }),
    lacking: (await input.lacking?.(desired)) ?? [],
    ...('kind' in against && { against }),
  };
  const base = applied && {
    program: applied,
    document: appliedDocument,
    ...(deployment && { deployment }),
  };
  const rollouts = plannedRollouts(running, input.period ? { ...before, states: {} } : before, predicted.from);
  const effects = { forecast: predicted, inFlight: fatesOf(inside, desired), returning: mine, drift, rollouts };
  return makePlan(documented(wanted, desired, surface, compiled), base, effects, context);
}

/** Returns what is desired with the changes of the targets alone. Throws UserError where what is applied has kept no files. */
function narrowedTo(
  targets: readonly string[],
  desired: Model,
  compiledOf: (model: Model) => Program,
  {
    applied,
    appliedDocument,
    surface,
  }: { applied: Program | undefined; appliedDocument: Documented | undefined; surface: Surface },
) {
  if (applied && !appliedDocument)
    throw new UserError(
      'not-kept',
      t`The files of what is applied were not kept, so nothing can be changed by itself.`,
      t`Plan everything once, without --target; from then on the files are kept.`,
    );
  return narrowed(documented(desired, compiledOf(desired), surface), appliedDocument, targets, surface);
}

/**
 * Returns how many customers the audience of each changed campaign admits, if a guard asks. `snapshot`: a copy of the store, which gets the
 * columns of the desired program.
 */
async function expectedSizes(
  snapshot: string,
  desired: Program,
  applied: Program | undefined,
  at: number,
): Promise<Record<string, number> | undefined> {
  if (growthLimit([desired, applied]) === undefined) return undefined;
  const before = new Map(applied?.campaigns.map((campaign) => [campaign.name, written(campaign, applied)]));
  const changed = desired.campaigns.filter((campaign) => before.get(campaign.name) !== written(campaign, desired));
  const db = await DuckDb.open(snapshot);
  try {
    await prepareTables(db, desired.data);
    return await admitted(db, desired, new Set(changed.map(({ name }) => name)), at);
  } finally {
    await db.close();
  }
}

/** Returns all that a campaign is and says. */
function written(campaign: CompiledCampaign, { templates }: Program): string {
  const used = new Set(sendsOf(campaign).map(({ template }) => template));
  return canonical([alone(campaign), templates.filter(({ name }) => used.has(name))]);
}
