import type { Range } from '../../engine/dry-run/sample/estimate.ts';
import type { Delta } from '../../engine/plan/effects.ts';
import { estimatedMoney, estimateWords } from './estimates.ts';
import { change, count, moneyFormat } from './format.ts';
import type { Shown } from './plan-forecast.ts';

/** Returns a change of a number; estimates have a ≈ and their intervals. */
export function words(delta: Delta, show: (n: number) => string = count): string {
  const { before, after, sampled } = delta;
  if (!sampled) return change(delta, show);
  const side = (estimate: number | null, range: Range | null) =>
    estimate === null || !range ? '–' : estimateWords({ estimate, ...range }, show);
  const [one, other] = [side(before, sampled.before), side(after, sampled.after)];
  return before === null || one === other ? other : `${one} → ${other}`;
}

/** Returns the formatter of an amount: whole coins where it is an estimate. */
export function moneyOf(project: Shown['project'], { sampled }: Delta): (n: number) => string {
  return sampled ? estimatedMoney(project) : moneyFormat(project);
}
