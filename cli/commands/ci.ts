import { type CiApplyOptions, ciApply } from '../ci/apply.ts';
import { type CiCommentOptions, ciComment } from '../ci/comment.ts';
import { type CiPlanOptions, ciPlan } from '../ci/plan.ts';
import { type CiReconcileOptions, ciReconcile } from '../ci/reconcile.ts';
import type { Io } from '../io.ts';

/** Does in a job of CI what the action says. */
export async function ci(
  io: Io,
  action: string,
  subject: string | undefined,
  options: CiPlanOptions & CiCommentOptions & CiApplyOptions & CiReconcileOptions,
): Promise<number> {
  if (action === 'plan') return ciPlan(io, options);
  if (action === 'comment') return ciComment(io, subject, options);
  return action === 'apply' ? ciApply(io, subject, options) : ciReconcile(io, subject, options);
}
