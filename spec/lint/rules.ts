import type { Rule } from './rule.ts';
import { campaignWithoutTest } from './rules/campaign-without-test.ts';
import { contradictorySegment } from './rules/contradictory-segment.ts';
import { dearerFirst } from './rules/dearer-first.ts';
import { endedBeforeBranch } from './rules/ended-before-branch.ts';
import { membersLeftOut } from './rules/members-left-out.ts';
import { missingInSet } from './rules/missing-in-set.ts';
import { neverComes } from './rules/never-comes.ts';
import { neverSent } from './rules/never-sent.ts';
import { noControlArm } from './rules/no-control-arm.ts';
import { noExitOnPurchase } from './rules/no-exit-on-purchase.ts';
import { nullableWithoutFallback } from './rules/nullable.ts';
import { marketingWithoutQuietHours } from './rules/quiet-hours.ts';
import { secondWait } from './rules/second-wait.ts';
import { twiceADay } from './rules/twice-a-day.ts';
import { unreachableStep } from './rules/unreachable-step.ts';
import { unusedChannel, unusedSegment, unusedTemplate } from './rules/unused.ts';
import { unusedVariable } from './rules/unused-variable.ts';
import { yearlyOnce } from './rules/yearly-once.ts';

/** All but the one about ignores, which needs what the others found. */
export const rules: readonly Rule[] = [
  unreachableStep,
  contradictorySegment,
  endedBeforeBranch,
  yearlyOnce,
  membersLeftOut,
  secondWait,
  neverComes,
  twiceADay,
  noControlArm,
  noExitOnPurchase,
  marketingWithoutQuietHours,
  dearerFirst,
  neverSent,
  nullableWithoutFallback,
  missingInSet,
  unusedSegment,
  unusedTemplate,
  unusedChannel,
  unusedVariable,
  campaignWithoutTest,
];
