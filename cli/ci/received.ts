import { open } from 'node:fs/promises';
import { readDocumentOf, readPlan } from '../../engine/plan/check-plan.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { printable } from '../views/format.ts';
import { renderMarkdown } from '../views/plan-markdown.ts';
import { effectSentence } from '../views/plan-sentence.ts';
import { isInert } from './inert.ts';

/** The longest plan file that is read, bytes: one of a thousand campaigns has a fraction of it. */
const LIMIT = 32 * 1024 * 1024;

/** A plan that another job has made, perhaps of a fork: data to be shown, and nothing else. */
export interface Received {
  plan: Plan;
  project: string;
  timezone: string;
  /** The effect in one sentence. */
  sentence: string;
  /** Returns the text of the comment, within so many characters. */
  text(budget: number | undefined): string;
}

/**
 * Reads a plan to show it. Its text is made here, from the plan's values: none that another job has written is believed. Throws UserError
 * for a file that is too long, is no plan, or would show something else than a plan.
 */
export async function receive(path: string): Promise<Received> {
  const plan = readPlan(await readBounded(path));
  if ('reason' in plan) throw new UserError(`plan-${plan.reason}`, plan.message, plan.help);
  const model = readDocumentOf(plan);
  if ('reason' in model) throw new UserError(`plan-${model.reason}`, model.message, model.help);
  const { name, timezone } = model.project;
  const { document: _, ...rest } = plan;
  const shown = { ...printable(rest), project: printable(model.project) };
  const text = (budget: number | undefined) => shownSafely(path, () => renderMarkdown(plan, { model }, budget));
  text(undefined);
  return { plan, project: name, timezone, sentence: shownSafely(path, () => effectSentence(shown)), text };
}

function shownSafely(path: string, render: () => string): string {
  let text: string | undefined;
  try {
    text = render();
  } catch {
    // A value is missing or of another kind: the reason is the same as below.
  }
  if (text !== undefined && isInert(text)) return text;
  throw new UserError(
    'plan-foreign',
    t`The plan ${path} is not one that \`crm ci plan\` writes: it cannot be shown.`,
    t`Make it by the same version of Kaskad.`,
  );
}

async function readBounded(path: string): Promise<string> {
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(path, error instanceof Error && 'code' in error ? String(error.code) : String(error));
  });
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw unreadable(path, t`not a file`);
    if (facts.size > LIMIT) throw unreadable(path, t`longer than ${String(LIMIT / 1024 / 1024)} MiB`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function unreadable(path: string, reason: string): UserError {
  return new UserError(
    'plan-unreadable',
    t`The plan ${path} cannot be read (${reason}).`,
    t`Make one by \`crm ci plan\`.`,
  );
}
