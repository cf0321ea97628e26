import { zonedFormat } from '../../spec/words/clock.ts';
import { t, translated } from '../../spec/words/t.ts';
import type { Deployment } from '../deploy/apply.ts';
import { canonical, hash } from '../program/hash.ts';
import type { Plan } from './plan.ts';
import { planShape } from './plan-shape.ts';

/** The reason for which a plan is not applied, and the way out. */
export interface Refusal {
  reason: 'foreign' | 'tampered' | 'blocked' | 'applied' | 'stale' | 'expired';
  message: string;
  help: string;
}

function again(): string {
  return t`Make a new plan with \`crm plan -o plan.json\` and look at it before applying.`;
}

/** Reads a plan file's text. Whether it may be applied is another question: `checkPlan`. */
export function readPlan(text: string): Plan | Refusal {
  const foreign = (message: string): Refusal => ({ reason: 'foreign', message, help: again() });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return foreign(t`The file is not a plan: it is not JSON.`);
  }
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'kaskad-plan')
    return foreign(t`The file is not a plan of Kaskad.`);
  if (!('format' in value)) return foreign(t`The plan has no format that this version knows; it reads format 2.`);
  if (value.format !== 2) return foreign(t`The plan has format ${String(value.format)}; this version reads format 2.`);
  if (!intact(value)) {
    return {
      reason: 'tampered',
      message: t`The plan was changed after it was made: its content no longer matches its hash.`,
      help: t`A plan is not edited. ${again()}`,
    };
  }
  const wrong = planShape(value, 'plan');
  if (wrong !== undefined) return foreign(t`The plan is not one that \`crm plan\` writes: look at ${wrong}.`);
  const plan = value as Plan;
  const { hash: programHash, ...body } = plan.program;
  if (programHash === plan.programHash && hash(body) === programHash) return plan;
  return foreign(t`The plan is not one that \`crm plan\` writes: its program has another hash.`);
}

export function writePlan(plan: Plan): string {
  return `${canonical(plan)}\n`;
}

/** Pure. Refuses the plan of another project than the one at hand, which is called `project`. */
export function ofAnother({ program }: Plan, project: string): Refusal | undefined {
  const { name } = program.project;
  if (name === project) return undefined;
  const message = t`The plan is of the project "${name}", and this is "${project}".`;
  return { reason: 'foreign', message, help: t`Apply it in the folder of its own project.` };
}

/** Pure. Whether a plan may be applied to a store in which `deployment` is the current one, at `now`. */
export function checkPlan(plan: Plan, deployment: Deployment | undefined, now: number): Refusal | undefined {
  const blocked = plan.notices.find((notice) => notice.level === 'blocked');
  if (blocked)
    return {
      reason: 'blocked',
      message: `${blocked.address}: ${translated(blocked.message)}`,
      help: translated(blocked.help),
    };
  return moved(plan, deployment) ?? expired(plan, now);
}

function moved({ base, programHash }: Plan, deployment: Deployment | undefined): Refusal | undefined {
  if (base?.serial === deployment?.serial && base?.lineage === deployment?.lineage) return undefined;
  if (!deployment) {
    const message = t`The plan was made against a store with deployments; this store has none.`;
    return { reason: 'stale', message, help: t`Is this the right store? ${again()}` };
  }
  if (base && base.lineage !== deployment.lineage) {
    const message = t`The plan was made against another store than this one.`;
    return { reason: 'stale', message, help: t`Apply it to its own store, or: ${again()}` };
  }
  const { serial, hash } = deployment;
  if (serial === (base?.serial ?? 0) + 1 && hash === programHash) {
    const message = t`The plan has been applied already, as deployment ${String(serial)}.`;
    return { reason: 'applied', message, help: t`There is nothing left to do. \`crm status\` shows what runs.` };
  }
  const now = String(serial);
  const message = base
    ? t`The plan is stale: it was made against deployment ${String(base.serial)}, and deployment ${now} has been applied since.`
    : t`The plan is stale: it was made against an empty store, and deployment ${now} has been applied since.`;
  return { reason: 'stale', message, help: again() };
}

function expired({ expiresAt, program }: Plan, now: number): Refusal | undefined {
  if (now < expiresAt) return undefined;
  const message = t`The plan expired at ${zonedFormat(program.project.timezone)(expiresAt)}; a plan is good for 24 hours.`;
  return { reason: 'expired', message, help: again() };
}

function intact(plan: object): boolean {
  const { planHash, ...body } = plan as Record<string, unknown>;
  return typeof planHash === 'string' && hash(body) === planHash;
}
