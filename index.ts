/**
 * Kaskad inside another program. Every function takes what it needs and returns plain data; docs/api.md shows all of them in one
 * example. Errors that a person can mend are UserErrors; everything else is a bug.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineClock } from './cli/clock.ts';
import { readProject } from './cli/project.ts';
import { secret } from './cli/secrets.ts';
import { compile } from './engine/compile/compile.ts';
import type { OpenCarrier } from './engine/delivery/carriers/open.ts';
import { openCarrier } from './engine/delivery/carriers/open.ts';
import type { DispatchLog } from './engine/delivery/dispatch.ts';
import { simulate as simulateProgram } from './engine/dry-run/simulate/simulate.ts';
import type { TestResult } from './engine/dry-run/tests/result.ts';
import { runTests } from './engine/dry-run/tests/run-tests.ts';
import { type Applied, applyPlan } from './engine/plan/apply-plan.ts';
import { createPlan, readStoreState } from './engine/plan/create-plan.ts';
import type { Plan } from './engine/plan/plan.ts';
import type { Program } from './engine/program/program.ts';
import { type DecisionLine, decisionLines } from './engine/report/decision-lines.ts';
import { explain } from './engine/report/explain.ts';
import { status as readStatus, type Status } from './engine/report/status.ts';
import type { Story } from './engine/report/story.ts';
import { summarise } from './engine/report/summarise.ts';
import type { Summary } from './engine/report/summary.ts';
import type { Database } from './engine/store/database.ts';
import { openStore as openEmbedded } from './engine/store/open.ts';
import { Postgres } from './engine/store/postgres.ts';
import type { EmbeddedStore } from './engine/store/serve.ts';
import { runLoop } from './engine/worker/loop.ts';
import { type Loaded, loadProject } from './spec/load.ts';
import type { Model } from './spec/model/model.ts';

export { compile } from './engine/compile/compile.ts';
export type { Carrier, Cut, Outcome, Outgoing, RetryReason } from './engine/delivery/carriers/carrier.ts';
export { ChannelError } from './engine/delivery/carriers/carrier.ts';
export type { OpenCarrier } from './engine/delivery/carriers/open.ts';
export type { TestResult } from './engine/dry-run/tests/result.ts';
export type { Applied } from './engine/plan/apply-plan.ts';
export { type Refusal, readPlan, writePlan } from './engine/plan/check-plan.ts';
export type { Plan } from './engine/plan/plan.ts';
export type { Program } from './engine/program/program.ts';
export type { DecisionLine } from './engine/report/decision-lines.ts';
export type { Status } from './engine/report/status.ts';
export type { Story } from './engine/report/story.ts';
export type { Summary } from './engine/report/summary.ts';
export type { Database } from './engine/store/database.ts';
export { UserError } from './engine/user-error.ts';
export type { Diagnostic, SourceFile } from './spec/diagnostics/diagnostic.ts';
export { type Loaded, loadProject } from './spec/load.ts';
export type { Model } from './spec/model/model.ts';

const tz = process.versions.tz ?? 'unknown';

/**
 * Reads, checks and links the project in a folder. `environment`: the one whose variables count; absent: none. The result has a
 * Model if there is no error; its diagnostics have codes, places and help. Throws UserError for files that cannot be read.
 */
export async function load(folder: string, { environment }: { environment?: string } = {}): Promise<Loaded> {
  return loadProject(await readProject(folder), environment);
}

/** A store that this process uses. */
export interface Store {
  db: Database;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/**
 * Opens a store, and creates it where it is absent. `place`: the path of the embedded store's file, or the URL of a PostgreSQL database
 * (`postgres://…`). `exclusive`: true for a program that runs campaigns; then no other process works on the embedded store meanwhile.
 * Throws UserError where the store cannot be opened, is of a later version, or is no store.
 */
export async function openStore(place: string, { exclusive = false } = {}): Promise<Store> {
  if (/^postgres(ql)?:/.test(place)) {
    const db = await Postgres.open(place);
    return { db, close: () => db.close() };
  }
  return openEmbedded(place, { who: 'kaskad', exclusive, lasting: exclusive });
}

export interface PlanInput {
  model: Model;
  /** The folder from which the data files are read. */
  root: string;
  /** The store to compare with; absent: everything is new, and the data files are all there is. */
  db?: Database;
  /** Epoch milliseconds; default: the real time. */
  at?: number;
  /** Ends the forecast: the call throws the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Compares a project with what is applied, and forecasts seven days of both. Changes nothing. Throws UserError where a data file cannot be
 * relied on.
 */
export async function plan({ model, root, db, at = Date.now(), signal }: PlanInput): Promise<Plan> {
  const folder = await mkdtemp(join(tmpdir(), 'kaskad-plan-'));
  try {
    // The forecast begins with the data files if the store is not the embedded one.
    const copy = db && copier(db, join(folder, 'snapshot.duckdb'));
    const store = db && (await readStoreState(db, copy, { desired: model, at }));
    return await createPlan({ desired: model, at, tz, root, ...(store && { store }), ...(signal && { signal }) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns what copies the embedded store to `path`; undefined for another one. */
function copier(db: Database | EmbeddedStore, path: string): (() => Promise<string>) | undefined {
  return 'snapshot' in db ? () => db.snapshot(path).then(() => path) : undefined;
}

/**
 * Makes exactly that plan true, all or nothing. `at`: epoch milliseconds; default: the real time; `who`: for the audit log; `allow`: addresses
 * of the breaking changes that are meant, as `campaign.welcome`. A plan that is stale, or of another store, is refused: `status` is `refused`,
 * with the reason and what to do.
 */
export function apply(
  db: Database,
  plan: Plan,
  { at = Date.now(), who = 'unknown', allow = [] }: { at?: number; who?: string; allow?: readonly string[] } = {},
): Promise<Applied> {
  return applyPlan(db, plan, { at, lineage: randomUUID(), who, allow });
}

export interface SimulationOptions {
  program: Program;
  /** The folder from which the data files are read. */
  root: string;
  /** Epoch milliseconds; the virtual clock goes through [from, to). */
  from: number;
  to: number;
  /** Decides who opens and clicks; the same seed gives the same result. Default: the project's. */
  seed?: string;
  /** Ends the dry run: the call throws the signal's reason. */
  signal?: AbortSignal;
}

/** A dry run that has ended, in memory. */
export interface Simulation {
  /** Sums of messages, entries, exits, conversions and cost. */
  summary(): Promise<Summary>;
  /** Every entry, decision and exit, in their order. */
  decisions(): AsyncIterable<DecisionLine>;
  /** The story of a customer by the shop's id; undefined where there is none. */
  explain(customer: string): Promise<Story | undefined>;
  close(): Promise<void>;
}

/** Executes a Program on its data files under a virtual clock. Nothing leaves. */
export async function simulate(options: SimulationOptions): Promise<Simulation> {
  const { seed, engagement } = options.program.project.simulation;
  const db = await simulateProgram({ ...options, seed: options.seed ?? seed, engagement, tz });
  return {
    summary: () => summarise(db, options),
    decisions: () => decisionLines(db, options),
    explain: (customer) => explain(db, customer),
    close: () => db.close(),
  };
}

/** Plays the campaigns' tests of a Model, in their order, on stores in memory. `signal`: leaves out those that have not ended. */
export function test(model: Model, { signal }: { signal?: AbortSignal } = {}): Promise<TestResult[]> {
  const parallel = Math.min(4, availableParallelism());
  return runTests(compile(model), model.tests, { tz, parallel, ...(signal && { signal }) });
}

export interface RunOptions {
  /** The folder from which the data files are read. */
  root: string;
  /** Ends the work in order: the tick under way is finished, what is on a connection is recorded. */
  signal: AbortSignal;
  /** Opens the carrier of a channel; default: by the channel's transport. With it a program sends in a way of its own. */
  openCarrier?: OpenCarrier;
  /** Gets what happens, without anything personal; default: nothing is logged. */
  log?: DispatchLog;
}

/**
 * Executes what is applied: ticks on the project's grid by the real time, and sends in between. Returns when `signal` is aborted. Throws
 * UserError where nothing is applied or a channel cannot be opened.
 */
export function run(
  db: Database,
  { root, signal, openCarrier = carriersOf(root), log = silent }: RunOptions,
): Promise<void> {
  return runLoop(db, { root, signal, openCarrier, log, tz, worker: randomUUID(), ...machineClock });
}

export interface StatusOptions {
  /** The Program of the project's files; `deployment.current` is true if it is the applied one. */
  program?: Program;
  /** Epoch milliseconds; default: the real time. */
  at?: number;
  /** The most problems of the data files that are listed; all are counted. Default: 10. */
  problems?: number;
}

/** Returns the state of a store; undefined where nothing is applied. */
export function status(
  db: Database,
  { program, at = Date.now(), problems = 10 }: StatusOptions = {},
): Promise<Status | undefined> {
  return readStatus(db, program, at, problems);
}

/** Returns what opens a channel by its transport; secrets are taken from the environment and from files below `root`. */
export function carriersOf(root: string): OpenCarrier {
  return (channel) =>
    openCarrier(channel, (reference) => secret(reference, root, process.env, channel.name), {
      root,
      output: (line) => new Promise((done) => void process.stdout.write(line, () => done())),
    });
}

const silent: DispatchLog = { info: () => {}, warn: () => {} };
