import type { Rule } from './rule.ts';
import { campaignWithoutTest } from './rules/campaign-without-test.ts';
import { contradictorySegment } from './rules/contradictory-segment.ts';
import { dearerFirst } from './rules/dearer-first.ts';
import { noControlArm } from './rules/no-control-arm.ts';
import { noExitOnPurchase } from './rules/no-exit-on-purchase.ts';
import { nullableWithoutFallback } from './rules/nullable.ts';
import { marketingWithoutQuietHours } from './rules/quiet-hours.ts';
import { twiceADay } from './rules/twice-a-day.ts';
import { unreachableStep } from './rules/unreachable-step.ts';
import { unusedChannel, unusedSegment, unusedTemplate } from './rules/unused.ts';
import { unusedVariable } from './rules/unused-variable.ts';

/** All but the one about ignores, which needs what the others found. */
export const rules: readonly Rule[] = [
  unreachableStep,
  contradictorySegment,
  twiceADay,
  noControlArm,
  noExitOnPurchase,
  marketingWithoutQuietHours,
  dearerFirst,
  nullableWithoutFallback,
  unusedSegment,
  unusedTemplate,
  unusedChannel,
  unusedVariable,
  campaignWithoutTest,
];
