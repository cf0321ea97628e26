import { type CiApplyOptions, ciApply } from '../ci/apply.ts';
import { type CiCommentOptions, ciComment } from '../ci/comment.ts';
import { type CiPlanOptions, ciPlan } from '../ci/plan.ts';
import type { Io } from '../io.ts';

/** Does in a job of CI what the action says. */
export async function ci(
  io: Io,
  action: string,
  file: string | undefined,
  options: CiPlanOptions & CiCommentOptions & CiApplyOptions,
): Promise<number> {
  if (action === 'plan') return ciPlan(io, options);
  return action === 'comment' ? ciComment(io, file, options) : ciApply(io, file, options);
}
