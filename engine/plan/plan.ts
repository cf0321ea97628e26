import type { Deployment } from '../deploy/apply.ts';
import { hash } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import type { Change } from './change.ts';
import { diffPrograms } from './diff.ts';
import type { Effects } from './effects.ts';
import { type Notice, notices } from './notices.ts';

/** The effects of an apply. Plain data without anything personal or secret: it may lie in a pull request. */
export interface Plan {
  format: 2;
  kind: 'kaskad-plan';
  /** Over everything else; a file edited by hand no longer matches. */
  planHash: string;
  programHash: string;
  program: Program;
  /** The deployment that was applied when the plan was made; null: none. */
  base: { serial: number; lineage: string } | null;
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

export interface PlanContext {
  /** Epoch milliseconds. */
  at: number;
  tz: string;
  commit?: string;
}

const lifetime = 24 * 3_600_000;

/** Pure. The plan of going from what is applied to `desired`. */
export function makePlan(
  desired: Program,
  applied: Deployment | undefined,
  effects: Effects,
  { at, tz, commit }: PlanContext,
): Plan {
  const changes = diffPrograms(desired, applied?.program);
  const body = {
    format: 2 as const,
    kind: 'kaskad-plan' as const,
    programHash: desired.hash,
    program: desired,
    base: applied ? { serial: applied.serial, lineage: applied.lineage } : null,
    ...(commit !== undefined && { gitCommit: commit }),
    tz,
    createdAt: at,
    expiresAt: at + lifetime,
    notices: notices(desired, applied?.program, changes, effects.inFlight),
    changes,
    effects,
  };
  return { ...body, planHash: hash(body) };
}
