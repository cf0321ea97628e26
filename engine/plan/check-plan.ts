import { isRecord } from '../../spec/document/identified.ts';
import { loadProject } from '../../spec/load.ts';
import type { Model } from '../../spec/model/model.ts';
import { zonedFormat } from '../../spec/words/clock.ts';
import { t, translated } from '../../spec/words/t.ts';
import type { Deployment } from '../deploy/apply.ts';
import { canonical, digest } from '../program/hash.ts';
import type { Notice } from './notices.ts';
import type { Plan } from './plan.ts';
import { planFormat } from './plan-format.ts';

/** The reason for which a plan is not applied, and the way out. */
export interface Refusal {
  reason:
    | 'foreign'
    | 'tampered'
    | 'blocked'
    | 'breaking'
    | 'guarded'
    | 'unapproved'
    | 'outgrown'
    | 'locked'
    | 'applied'
    | 'stale'
    | 'expired'
    | 'clock';
  message: string;
  help: string;
}

function again(): string {
  return t`Make a new plan with \`crm plan -o plan.json\` and look at it before applying.`;
}

/** Reads a plan file's text; `checkPlan` decides if the plan may be applied. */
export function readPlan(text: string): Plan | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return foreign(t`The file is not a plan: it is not JSON.`);
  }
  if (!isRecord(value) || value.kind !== 'kaskad-plan') return foreign(t`The file is not a plan of Kaskad.`);
  if (value.format === undefined)
    return foreign(t`The plan has no format that this version knows; it reads format ${String(planFormat)}.`);
  if (value.format !== planFormat)
    return foreign(t`The plan has format ${String(value.format)}; this version reads format ${String(planFormat)}.`);
  if (!intact(value)) {
    return {
      reason: 'tampered',
      message: t`The plan was changed after it was made: its content no longer matches its hash.`,
      help: t`A plan is not edited. ${again()}`,
    };
  }
  const wrong = Object.keys(needed).find((key) => !needed[key]?.(value[key]));
  if (wrong !== undefined) return foreign(t`The plan is not one that \`crm plan\` writes: look at ${`plan.${wrong}`}.`);
  return value as unknown as Plan;
}

/** Returns the Model that the document of a plan gives. */
export function readDocumentOf({ document }: Plan): Model | Refusal {
  const { model } = loadProject(document);
  return model ?? foreign(t`The plan is not one that this version writes: its document has errors.`);
}

const isText = (value: unknown) => typeof value === 'string';
const listOf = (keys: string[]) => (value: unknown) =>
  Array.isArray(value) && value.every((one) => isRecord(one) && keys.every((key) => isText(one[key])));

/** The parts of a plan that an apply reads, apart from the format. */
const needed: Record<string, (value: unknown) => boolean> = {
  programHash: isText,
  document: listOf(['path', 'text']),
  base: (value) => value === null || (isRecord(value) && Number.isSafeInteger(value.serial) && isText(value.lineage)),
  expiresAt: Number.isFinite,
  rollback: (value) => value === undefined || value === true,
  environment: (value) => value === undefined || isText(value),
  gitCommit: (value) => value === undefined || isText(value),
  notices: listOf(['level', 'address', 'message', 'help']),
  effects: (value) => isRecord(value) && isRecord(value.forecast),
  changes: listOf(['address', 'class']),
  createdAt: Number.isFinite,
  authors: (value) => value === undefined || (Array.isArray(value) && value.every(isText)),
  expected: (value) => value === undefined || (isRecord(value) && Object.values(value).every(Number.isSafeInteger)),
};

function foreign(message: string): Refusal {
  return { reason: 'foreign', message, help: again() };
}

/** The refusal of a plan whose document gives another Program: another version of Kaskad has written it. */
export function otherProgram(): Refusal {
  return foreign(t`The plan is not one that this version writes: its document compiles to another program.`);
}

export function writePlan(plan: Plan): string {
  return `${canonical(plan)}\n`;
}

/** Refuses the plan of another project or environment than those at hand. `model`: the plan's. Pure. */
export function ofAnother(
  { environment }: Pick<Plan, 'environment'>,
  model: Model,
  here: { project: string; environment: string | undefined },
): Refusal | undefined {
  const { name } = model.project;
  if (name !== here.project) {
    const message = t`The plan is of the project "${name}", and this is "${here.project}".`;
    return { reason: 'foreign', message, help: t`Apply it in the folder of its own project.` };
  }
  return ofAnotherEnvironment(environment, here.environment);
}

function ofAnotherEnvironment(planned: string | undefined, chosen: string | undefined): Refusal | undefined {
  if (planned === chosen) return undefined;
  if (planned === undefined) {
    const message = t`The plan is of no environment, and this is ${chosen ?? ''}.`;
    const help = t`Apply it without --env and CRM_ENV, or make a plan with --env ${chosen ?? ''}.`;
    return { reason: 'foreign', message, help };
  }
  const message =
    chosen === undefined
      ? t`The plan is of the environment ${planned}, and none is chosen.`
      : t`The plan is of the environment ${planned}, and this is ${chosen}.`;
  return { reason: 'foreign', message, help: t`Apply it with --env ${planned}, if it is meant for that.` };
}

/** Returns why a plan cannot be applied at `now` to a store in which `deployment` is the current one. Pure. `timezone`: the project's. */
export function checkPlan(
  plan: Plan,
  deployment: Deployment | undefined,
  timezone: string,
  now: number,
): Refusal | undefined {
  if (plan.against) return foreign(t`The plan compares files with files, and not with what is applied.`);
  const blocked = plan.notices.find((notice) => notice.level === 'blocked');
  if (blocked) return blockedBy(blocked);
  return wrongClock(plan, deployment, timezone, now) ?? moved(plan, deployment) ?? expired(plan, timezone, now);
}

/** The refusal of what an apply must not do. */
export function blockedBy({ address, message, help }: Notice): Refusal {
  return { reason: 'blocked', message: `${address}: ${translated(message)}`, help: translated(help) };
}

/** Refuses breaking changes that nobody has allowed. `allow`: addresses of those that are meant. Pure. */
export function breaking({ changes }: Pick<Plan, 'changes'>, allow: readonly string[]): Refusal | undefined {
  const refused = changes.filter((change) => change.class === 'breaking' && !allow.includes(change.address));
  const [first] = refused;
  if (!first) return undefined;
  const reasons = first.reasons.map(translated).join('; ');
  const flags = refused.map(({ address }) => `--allow ${address}`).join(' ');
  const rest = refused.length - 1;
  const message =
    rest === 0
      ? t`The plan has a breaking change of ${first.address}: ${reasons}.`
      : t`The plan has breaking changes of ${first.address} (${reasons}) and ${rest} more.`;
  return { reason: 'breaking', message, help: t`If it is meant, add to the command: ${flags}` };
}

/** The refusal of a plan that this store, or a file beside the plan, knows as applied. */
export function usedAlready(serial: number): Refusal {
  const message = t`The plan has been applied already, as deployment ${String(serial)}.`;
  return { reason: 'applied', message, help: t`A plan is used once. \`crm status\` shows what runs.` };
}

/** The refusal of a plan that what is applied has gone past. */
export function stale(message: string): Refusal {
  return { reason: 'stale', message, help: again() };
}

/** Returns true if something was applied to the store of a plan since the plan was made. */
export function isBehind({ base }: Pick<Plan, 'base'>, deployment: Deployment | undefined): boolean {
  return base !== null && base.lineage === deployment?.lineage && base.serial < deployment.serial;
}

function moved({ base }: Plan, deployment: Deployment | undefined): Refusal | undefined {
  if (base?.serial === deployment?.serial && base?.lineage === deployment?.lineage) return undefined;
  if (!deployment) {
    const message = t`The plan was made against a store with deployments; this store has none.`;
    return { reason: 'stale', message, help: t`Is this the right store? ${again()}` };
  }
  if (base && base.lineage !== deployment.lineage) {
    const message = t`The plan was made against another store than this one.`;
    return { reason: 'stale', message, help: t`Apply it to its own store, or: ${again()}` };
  }
  const { serial } = deployment;
  if (isBehind({ base }, deployment)) return undefined;
  const now = String(serial);
  return base
    ? stale(
        t`The plan was made against deployment ${String(base.serial)}, and the store has only ${now}: it was put back from a copy.`,
      )
    : stale(t`The plan is stale: it was made against an empty store, and deployment ${now} has been applied since.`);
}

/** The largest difference allowed between the clocks of two machines, milliseconds. */
const skew = 5 * 60_000;

/** Refuses to apply before what the plan or the store has of the past: one of the clocks is wrong, and then nobody knows what has expired. */
function wrongClock(
  { createdAt }: Plan,
  deployment: Deployment | undefined,
  timezone: string,
  now: number,
): Refusal | undefined {
  const past = Math.max(createdAt, deployment?.appliedAt ?? 0);
  if (past <= now + skew) return undefined;
  const [before, present] = [past, now].map(zonedFormat(timezone));
  const message =
    past === createdAt
      ? t`The plan was made at ${before ?? ''}, and by the clock of this machine it is ${present ?? ''}.`
      : t`The last apply was at ${before ?? ''}, and by the clock of this machine it is ${present ?? ''}.`;
  return {
    reason: 'clock',
    message,
    help: t`Set the clock right; if it is right, that other one was wrong, and passes by waiting.`,
  };
}

/** Refuses a plan that is too old. */
export function expired({ expiresAt }: Plan, timezone: string, now: number): Refusal | undefined {
  if (now < expiresAt) return undefined;
  const message = t`The plan expired at ${zonedFormat(timezone)(expiresAt)}; a plan is good for 24 hours.`;
  return { reason: 'expired', message, help: again() };
}

function intact(plan: object): boolean {
  const { planHash, ...body } = plan as Record<string, unknown>;
  return typeof planHash === 'string' && digest(body) === planHash;
}
