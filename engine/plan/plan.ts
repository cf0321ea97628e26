import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { documentFiles } from '../../spec/document-files.ts';
import type { Origins } from '../../spec/model/model.ts';
import type { Deployment } from '../deploy/apply.ts';
import type { Documented } from '../document/document.ts';
import { hash } from '../program/hash.ts';
import type { Change, Origin } from './change.ts';
import { type Applied, compareDeployments } from './diff.ts';
import type { Effects } from './effects.ts';
import { type Lacking, type Notice, notices } from './notices.ts';

/** The effects of an apply, and the document that it applies. Plain data without anything personal or secret: it may lie in a pull request. */
export interface Plan {
  format: 7;
  kind: 'kaskad-plan';
  /** The hash of everything else; a file edited by hand no longer matches. */
  planHash: string;
  programHash: string;
  /** The files that `programHash` is compiled from. */
  document: SourceFile[];
  /** The deployment that was applied when the plan was made; null: none. */
  base: { serial: number; lineage: string } | null;
  /** Present where the plan compares with other files and looks at no store; it cannot be applied. */
  against?: Against;
  /** The environment whose values the variables have. */
  environment?: string;
  gitCommit?: string;
  /** Version of the tz database by which the forecast was made. */
  tz: string;
  /** Epoch milliseconds. */
  createdAt: number;
  expiresAt: number;
  notices: Notice[];
  changes: Change[];
  effects: Effects;
}

/** The files with which a project is compared: those of a commit (`name`: as it was asked for), or of another folder. */
export type Against =
  /** `empty`: the commit has no project, so everything is new. `ahead`: the number of commits that it has and the files lack. */
  { kind: 'commit'; name: string; commit: string; empty?: true; ahead?: number } | { kind: 'folder'; name: string };

export interface PlanContext {
  /** Epoch milliseconds. */
  at: number;
  tz: string;
  commit?: string;
  environment?: string;
  against?: Against;
  /** The channels whose secret is missing here. */
  lacking?: Lacking[];
  /** The places of the desired resources in their files. */
  origins?: Origins;
}

const lifetime = 24 * 3_600_000;

/** The Program that a plan starts from: of a deployment, or of other files. */
export interface Base extends Applied {
  deployment?: Pick<Deployment, 'serial' | 'lineage'>;
}

/** Creates the plan of going from what is applied to `desired`. Pure. */
export function makePlan(
  desired: Documented,
  applied: Base | undefined,
  effects: Effects,
  { at, tz, commit, environment, against, lacking = [], origins = {} }: PlanContext,
): Plan {
  const inside = applied?.deployment && effects.inFlight;
  const changes = placed(compareDeployments(desired, applied, inside), origins);
  const { program, model, surface } = desired;
  const body = {
    format: 7 as const,
    kind: 'kaskad-plan' as const,
    programHash: program.hash,
    document: documentFiles(model, surface),
    base: applied?.deployment ? { serial: applied.deployment.serial, lineage: applied.deployment.lineage } : null,
    ...(against && { against }),
    ...(environment !== undefined && { environment }),
    ...(commit !== undefined && { gitCommit: commit }),
    tz,
    createdAt: at,
    expiresAt: at + lifetime,
    notices: notices(program, applied?.program, changes, effects.inFlight, lacking),
    changes,
    effects,
  };
  return { ...body, planHash: hash(body) };
}

/** Returns the changes with the places of their resources. */
export function placed(changes: Change[], origins: Origins): Change[] {
  return changes.map((change) => {
    const origin = originOf(change, origins);
    return origin ? { ...change, origin } : change;
  });
}

/** Returns the place of a resource. Policies and variables are several in the files and one here: the first of them. */
function originOf({ address, kind, action }: Change, origins: Origins): Origin | undefined {
  if (action === 'remove') return undefined;
  const parts = { policies: ['policy.', 'cap.'], variables: ['variable.'] }[kind as string];
  const range = parts
    ? Object.entries(origins).find(([key]) => parts.some((part) => key.startsWith(part)))?.[1]
    : origins[address];
  return range && { file: range.file, line: range.start.line, column: range.start.column };
}
