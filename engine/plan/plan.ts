import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { documentFiles } from '../../spec/document-files.ts';
import type { Origins } from '../../spec/model/model.ts';
import type { Deployment } from '../deploy/apply.ts';
import type { Documented } from '../document/document.ts';
import { digest } from '../program/hash.ts';
import { peopleOf } from './approvals.ts';
import type { Change, FieldChange, Origin } from './change.ts';
import { type Applied, compareDeployments } from './diff.ts';
import type { Effects } from './effects.ts';
import { guardNotices } from './guards.ts';
import { type Lacking, type Notice, notices } from './notices.ts';
import { neededApprovals } from './permission.ts';
import { planFormat } from './plan-format.ts';
import type { Part } from './target.ts';
import { allowOf } from './waits.ts';

/** The effects of an apply, and the document that it applies. Plain data without anything personal or secret: it may lie in a pull request. */
export interface Plan {
  format: typeof planFormat;
  kind: 'kaskad-plan';
  /** The SHA-256 of everything else, 64 hex digits: a file edited by hand no longer matches, and approvals are of it. */
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
  /** It goes back to an earlier deployment: no change of it is rolled out. */
  rollback?: true;
  /** E-mail addresses of those who wrote the commits since the applied one; absent where git does not tell. */
  authors?: string[];
  /** Present in a plan of some changes alone. */
  part?: Part;
  /** The approvals that an apply wants; absent: none. */
  approvals?: { required: number; approvers: string[] };
  /** The words by which `--allow` lets it pass, beside its approvals: addresses of breaking changes, and names of guards. */
  allow: string[];
  /** The number of customers whom the audience of each changed campaign admits, by the store; absent where no store tells, or no guard asks. */
  expected?: Record<string, number>;
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
  authors?: string[];
  environment?: string;
  expected?: Record<string, number>;
  part?: Part;
  rollback?: boolean;
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
  { at, tz, commit, authors, environment, expected, part, rollback, against, lacking = [], origins = {} }: PlanContext,
): Plan {
  const inside = applied?.deployment && effects.inFlight;
  const changes = placed(compareDeployments(desired, applied, inside), origins);
  const { program, model, surface } = desired;
  const warnings = [
    ...guardNotices({ desired: program, applied: applied?.program }, changes, effects, at),
    ...notices(program, applied?.program, changes, effects.inFlight, lacking),
  ];
  const rule = applied?.program.policies.approvals ?? program.policies.approvals;
  const approving = neededApprovals({ changes, notices: warnings }, rule);
  const body = {
    format: planFormat,
    kind: 'kaskad-plan' as const,
    programHash: program.hash,
    document: documentFiles(model, surface),
    base: applied?.deployment ? { serial: applied.deployment.serial, lineage: applied.deployment.lineage } : null,
    ...(against && { against }),
    ...(environment !== undefined && { environment }),
    ...(commit !== undefined && { gitCommit: commit }),
    ...(rollback && { rollback: true as const }),
    ...(authors && { authors }),
    ...(approving && {
      approvals: { required: approving.required, approvers: peopleOf(approving) },
    }),
    allow: allowOf({ changes, notices: warnings }, approving),
    ...(expected && { expected }),
    ...(part && { part }),
    tz,
    createdAt: at,
    expiresAt: at + lifetime,
    notices: warnings,
    changes,
    effects,
  };
  return { ...body, planHash: digest(body) };
}

/** Returns the changes with the places of their resources. */
export function placed(changes: Change[], origins: Origins): Change[] {
  return changes.map((change) => {
    const fields = change.fields.map((field) => placedField(change, field, origins));
    const origin = fields.find(({ origin }) => origin)?.origin ?? originOf(change, origins);
    return { ...change, fields, ...(origin && { origin }) };
  });
}

/** Returns a difference in the text of a template or a piece with its line in the file: what comes before the text counts too. */
function placedField({ address, kind, action }: Change, field: FieldChange, origins: Origins): FieldChange {
  if (action !== 'change' || field.after === undefined) return field;
  const key =
    kind === 'template' ? `${address}.${field.path}` : kind === 'partial' && field.path === 'body' ? address : '';
  const range = origins[key];
  if (!range) return field;
  return { ...field, origin: { file: range.file, line: range.start.line + (field.line ?? 1) - 1, column: 1 } };
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
