import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contexts, filled, holds } from './expressions.ts';

/** A step of a workflow or of a composite action. */
interface Step {
  id?: string;
  if?: string;
  uses?: string;
  with?: Record<string, unknown>;
  run?: string;
  shell?: string;
  env?: Record<string, string>;
}

interface Job {
  if?: string;
  env?: Record<string, string>;
  steps: Step[];
}

export interface Workflow {
  env?: Record<string, string>;
  jobs: Record<string, Job>;
}

export interface Action {
  inputs: Record<string, { default?: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: Step[] };
}

/** The machine of a job. */
export interface Machine {
  /** The checkout. */
  folder: string;
  /** Variables of all steps, such as PATH and GITHUB_API_URL. */
  env: Record<string, string>;
  github: Record<string, unknown>;
  /** The composite actions that steps use, by name without version; a name that begins with `actions/` does nothing. */
  actions: Record<string, Action>;
  /** The folder in which each action is. */
  home: string;
}

/** The record of a job that was run. */
export interface Played {
  ok: boolean;
  log: string;
  summary: string;
  outputs: Record<string, Record<string, string>>;
}

/** Runs a job of a workflow as GitHub's runner does: its steps in their order, with bash. Undefined: its condition does not hold. */
export async function playJob({ env, jobs }: Workflow, name: string, machine: Machine): Promise<Played | undefined> {
  const job = jobs[name];
  if (!job) throw new Error(`no job ${name}`);
  const { github } = machine;
  if (!holds(job.if, { github })) return undefined;
  const contexts = { github, env: {}, inputs: {} };
  const shared = { ...filledAll(env, contexts), ...filledAll(job.env, contexts) };
  return play(job.steps, { ...contexts, env: shared }, { ...machine, env: { ...machine.env, ...shared } });
}

async function play(steps: Step[], contexts: Contexts, machine: Machine): Promise<Played> {
  const played: Played = { ok: true, log: '', summary: '', outputs: {} };
  const known: Record<string, { outputs: Record<string, string> }> = {};
  for (const [i, step] of steps.entries()) {
    const around = { ...contexts, steps: known };
    if (!holds(step.if, around, !played.ok)) continue;
    const one = step.uses ? await use(step, around, machine) : await run(step, around, machine);
    played.ok &&= one.ok;
    played.log += one.log;
    played.summary += one.summary;
    const id = step.id ?? String(i);
    known[id] = { outputs: one.outputs };
    played.outputs[id] = one.outputs;
  }
  return played;
}

interface Ended {
  ok: boolean;
  log: string;
  summary: string;
  outputs: Record<string, string>;
}

async function use(step: Step, contexts: Contexts, machine: Machine): Promise<Ended> {
  const name = step.uses?.replace(/@.*$/, '') ?? '';
  if (name.startsWith('actions/')) return { ok: true, log: '', summary: '', outputs: {} };
  const action = machine.actions[name];
  if (!action) throw new Error(`no action ${name}`);
  const given = filledAll(step.with, contexts);
  const unknown = Object.keys(given).filter((input) => !(input in action.inputs));
  if (unknown.length > 0) throw new Error(`${name} has no input ${unknown.join(', ')}`);
  const { github } = machine;
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([input, one]) => [input, given[input] ?? filled(one.default ?? '', { github })]),
  );
  const inner = await play(action.runs.steps, { github, inputs }, machine);
  const steps = Object.fromEntries(Object.entries(inner.outputs).map(([id, outputs]) => [id, { outputs }]));
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([output, { value }]) => [output, filled(value, { steps })]),
  );
  return { ...inner, outputs };
}

async function run(step: Step, contexts: Contexts, machine: Machine): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'kaskad-step-'));
  const [script, output, summary] = ['script', 'output', 'summary'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  try {
    await writeFile(script, filled(step.run ?? '', contexts));
    for (const path of [output, summary]) await writeFile(path, '');
    const env = {
      ...machine.env,
      ...filledAll(step.env, contexts),
      ...{ GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary },
    };
    const { code, log } = await bash(script, machine.folder, env);
    const lines = (await readFile(output, 'utf8')).split('\n').filter(Boolean);
    const outputs = Object.fromEntries(
      lines.map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]),
    );
    return { ok: code === 0, log, summary: await readFile(summary, 'utf8'), outputs };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Runs a script as GitHub's runner does for `shell: bash`. */
export function bash(script: string, cwd: string, env: Record<string, string>): Promise<{ code: number; log: string }> {
  return new Promise((done) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], { cwd, env });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (log += part));
    child.on('close', (code) => done({ code: code ?? 1, log }));
  });
}

function filledAll(values: Record<string, unknown> | undefined, contexts: Contexts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [name, filled(String(value), contexts)]),
  );
}
