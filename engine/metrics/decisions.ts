import type { Decision } from '../../spec/model/campaign.ts';
import type { Experiment, ExperimentArm, Judged } from './experiments.ts';
import type { Estimate } from './stats/sample.ts';

/** The verdict on the arms of a split or of variants that have `decide`. */
export type Decided =
  /** `why`: it is certainly better, by `certain`; all others are certainly worse; or the time of the decision is over. */
  | { verdict: 'winner'; arm: string; why: 'better' | 'worse' | 'time'; certain?: Estimate }
  /** `moreDays`: if the differences stay as they are; null where two years are not enough, or where the data does not show it. */
  | { verdict: 'not-yet'; moreDays: number | null }
  /** The arms do not have the customers that their shares give them. */
  | { verdict: 'mismatch' }
  /** No customer has been drawn in this version, or the store does not show by which split. */
  | { verdict: 'unknown' };

const DAY = 86_400_000;

/**
 * Decides by the always-valid intervals of the arms, corrected for their number. Customers may come to a split by several ways, each of which is
 * an experiment: the same arm must win in all of them.
 */
export function decided(found: Experiment[], decision: Decision): Decided {
  const each = found.map((one) => ofOne(one, decision));
  const [first] = each;
  if (!first) return { verdict: 'unknown' };
  const open = each.find(({ verdict }) => verdict === 'mismatch') ?? each.find(({ verdict }) => verdict !== 'winner');
  if (open?.verdict === 'not-yet') return { verdict: 'not-yet', moreDays: longest(each) };
  if (open) return open;
  const winners = new Set(each.map((one) => (one.verdict === 'winner' ? one.arm : '')));
  return winners.size === 1 ? first : { verdict: 'not-yet', moreDays: null };
}

function ofOne({ arms, without, base, days }: Experiment, { by, otherwise }: Decision): Decided {
  if (without === 'mismatch') return { verdict: 'mismatch' };
  if (base === null) return { verdict: 'unknown' };
  const others = arms.flatMap((arm) => {
    const judged = arm.arm === base ? null : (arm.effect?.[by] ?? null);
    return arm.arm === base ? [] : [{ arm: arm.arm, judged, verdict: verdictOf(arm, judged, by) }];
  });
  const better = others.flatMap(({ arm, judged, verdict }) =>
    verdict === 'more' && judged ? [{ arm, certain: shown(judged) }] : [],
  );
  const [best] = better.toSorted((a, b) => b.certain.estimate - a.certain.estimate);
  if (best) return { verdict: 'winner', why: 'better', ...best };
  if (others.every(({ verdict }) => verdict === 'less')) return { verdict: 'winner', arm: base, why: 'worse' };
  if (otherwise && days * DAY >= otherwise.within) return { verdict: 'winner', arm: otherwise.arm, why: 'time' };
  return { verdict: 'not-yet', moreDays: nearest(others.map(({ judged }) => judged?.moreDays ?? null)) };
}

/** A difference in revenue that rests on a few large amounts is not certain. */
function verdictOf(
  { effect }: ExperimentArm,
  judged: Judged | null,
  by: Decision['by'],
): Judged['verdict'] | undefined {
  const verdict = judged?.verdict;
  if (by === 'conversion' || !effect?.capped) return verdict;
  const { low, high } = effect.capped.always;
  return (verdict === 'more' && low <= 0) || (verdict === 'less' && high >= 0) ? 'open' : verdict;
}

/** The interval by which the verdict was given. */
const shown = (judged: Judged): Estimate => (judged.freed ?? judged).always;

function nearest(days: (number | null)[]): number | null {
  const known = days.filter((one) => one !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

function longest(each: Decided[]): number | null {
  const days = each.flatMap((one) => (one.verdict === 'not-yet' ? [one.moreDays] : []));
  return days.some((one) => one === null) ? null : Math.max(...days.map((one) => one ?? 0));
}
