import type { Deployment } from '../apply/apply.ts';
import { canonical, hash } from '../compile/hash.ts';
import type { Plan } from './plan.ts';
import { planShape } from './plan-shape.ts';

/** The reason for which a plan is not applied, and the way out. */
export interface Refusal {
  reason: 'foreign' | 'tampered' | 'blocked' | 'applied' | 'stale' | 'expired';
  message: string;
  help: string;
}

const again = 'Make a new plan with `crm plan -o plan.json` and look at it before applying.';

/** Reads a plan file's text. Whether it may be applied is another question: `checkPlan`. */
export function readPlan(text: string): Plan | Refusal {
  const foreign = (message: string): Refusal => ({ reason: 'foreign', message, help: again });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return foreign('The file is not a plan: it is not JSON.');
  }
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'kaskad-plan')
    return foreign('The file is not a plan of Kaskad.');
  if (!('format' in value) || value.format !== 2)
    return foreign(`The plan has format ${'format' in value ? value.format : 'unknown'}; this version reads format 2.`);
  if (!intact(value)) {
    return {
      reason: 'tampered',
      message: 'The plan was changed after it was made: its content no longer matches its hash.',
      help: `A plan is not edited. ${again}`,
    };
  }
  const wrong = planShape(value, 'plan');
  if (wrong !== undefined) return foreign(`The plan is not one that \`crm plan\` writes: look at ${wrong}.`);
  const plan = value as Plan;
  const { hash: programHash, ...body } = plan.program;
  if (programHash === plan.programHash && hash(body) === programHash) return plan;
  return foreign('The plan is not one that `crm plan` writes: its program has another hash.');
}

export function writePlan(plan: Plan): string {
  return `${canonical(plan)}\n`;
}

/** Pure. Refuses the plan of another project than the one at hand, which is called `project`. */
export function ofAnother({ program }: Plan, project: string): Refusal | undefined {
  const { name } = program.project;
  if (name === project) return undefined;
  const message = `The plan is of the project "${name}", and this is "${project}".`;
  return { reason: 'foreign', message, help: 'Apply it in the folder of its own project.' };
}

/** Pure. Whether a plan may be applied to a store in which `deployment` is the current one, at `now`. */
export function checkPlan(plan: Plan, deployment: Deployment | undefined, now: number): Refusal | undefined {
  const blocked = plan.notices.find((notice) => notice.level === 'blocked');
  if (blocked) return { reason: 'blocked', message: `${blocked.address}: ${blocked.message}`, help: blocked.help };
  return moved(plan, deployment) ?? expired(plan, now);
}

function moved({ base, programHash }: Plan, deployment: Deployment | undefined): Refusal | undefined {
  if (base?.serial === deployment?.serial && base?.lineage === deployment?.lineage) return undefined;
  if (!deployment) {
    const message = 'The plan was made against a store with deployments; this store has none.';
    return { reason: 'stale', message, help: `Is this the right store? ${again}` };
  }
  if (base && base.lineage !== deployment.lineage) {
    const message = 'The plan was made against another store than this one.';
    return { reason: 'stale', message, help: `Apply it to its own store, or: ${again}` };
  }
  const { serial, hash } = deployment;
  if (serial === (base?.serial ?? 0) + 1 && hash === programHash) {
    const message = `The plan has been applied already, as deployment ${serial}.`;
    return { reason: 'applied', message, help: 'There is nothing left to do. `crm status` shows what runs.' };
  }
  const was = base ? `deployment ${base.serial}` : 'an empty store';
  const message = `The plan is stale: it was made against ${was}, and deployment ${serial} has been applied since.`;
  return { reason: 'stale', message, help: again };
}

function expired({ expiresAt }: Plan, now: number): Refusal | undefined {
  if (now < expiresAt) return undefined;
  const message = `The plan expired at ${new Date(expiresAt).toISOString()}; a plan is good for 24 hours.`;
  return { reason: 'expired', message, help: again };
}

function intact(plan: object): boolean {
  const { planHash, ...body } = plan as Record<string, unknown>;
  return typeof planHash === 'string' && hash(body) === planHash;
}
