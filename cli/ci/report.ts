import { appendFile, stat } from 'node:fs/promises';
import type { Plan } from '../../engine/plan/plan.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import type { Io } from '../io.ts';

/** The most bytes that GitHub shows of what a step writes to its summary; of a longer one it shows nothing. */
const SUMMARY = 1024 * 1024;

/** Appends a text to the summary of the job, if there is one. `render`: makes it within a number of characters. */
export async function writeSummary(io: Io, render: (budget: number) => string): Promise<void> {
  const path = io.env.GITHUB_STEP_SUMMARY;
  if (!path) return;
  const written = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  const text = withinBytes(render, SUMMARY - written - 1);
  if (text !== undefined) await append(path, `${text}\n`);
}

/** Returns the longest text of at most so many bytes: a letter can be several. Undefined where not even the shortest fits. */
export function withinBytes(render: (budget: number) => string, bytes: number): string | undefined {
  let shortest = Number.POSITIVE_INFINITY;
  for (let budget = bytes; budget > 0; ) {
    const text = render(budget);
    const size = Buffer.byteLength(text);
    if (size <= bytes) return text;
    if (size >= shortest) return undefined;
    shortest = size;
    budget = Math.floor(Math.min(budget, text.length) * (bytes / size));
  }
  return undefined;
}

/** Something is blocked, cannot be undone, or takes something away from customers. */
function isBreaking({ notices, changes }: Plan): boolean {
  const levels = ['blocked', 'breaking', 'destructive'];
  return notices.some(({ level }) => levels.includes(level)) || changes.some((one) => one.class === 'breaking');
}

/** The outputs that later steps and jobs can read. */
export function outputsOf(plan: Plan): Record<string, string> {
  return {
    'has-changes': String(plan.changes.length > 0),
    breaking: String(isBreaking(plan)),
    'approvals-needed': String(plan.approvals?.required ?? 0),
    'plan-hash': plan.planHash,
  };
}

/** Writes outputs where GitHub's runner reads those of a step. */
export async function writeOutputs(io: Io, outputs: Record<string, string>): Promise<void> {
  const path = io.env.GITHUB_OUTPUT;
  if (path) await append(path, lines(Object.entries(outputs)));
}

/** Returns outputs as variables for GitLab's `artifacts: reports: dotenv`: `CRM_PLAN_HASH=…`. */
export function asVariables(outputs: Record<string, string>): string {
  const named = Object.entries(outputs).map(
    ([name, value]) => [`CRM_${name.toUpperCase().replaceAll('-', '_')}`, value] as const,
  );
  return lines(named);
}

function lines(pairs: (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${name}=${value}\n`).join('');
}

async function append(path: string, text: string): Promise<void> {
  try {
    await appendFile(path, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(
      'unwritable-file',
      t`${path} cannot be written (${code}).`,
      t`Check the permissions of its folder.`,
    );
  }
}
