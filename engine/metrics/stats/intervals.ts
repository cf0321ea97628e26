import { criticalValue } from './distributions.ts';
import { type Estimate, type Measured, type Sample, type Share, usual } from './sample.ts';

/**
 * Returns a share with its score interval, which stays in 0 … 1 and holds for few customers too: E. B. Wilson, “Probable inference, the law of
 * succession, and statistical inference”, JASA 22 (1927). Undefined without a customer.
 */
export function shareInterval({ hits, n }: Share, confidence = usual): Estimate | undefined {
  if (n <= 0) return undefined;
  const p = hits / n;
  const square = criticalValue(confidence) ** 2 / n;
  const middle = (p + square / 2) / (1 + square);
  const half = Math.sqrt(square * (p * (1 - p) + square / 4)) / (1 + square);
  // Rounding leaves a rest at the ends, where the interval begins exactly.
  return {
    estimate: p,
    low: hits === 0 ? 0 : Math.max(0, middle - half),
    high: hits === n ? 1 : Math.min(1, middle + half),
  };
}

/** Returns a mean with its normal interval, mean ± z·s/√n. Undefined for fewer than two values, or where all are the same. */
export function meanInterval({ n, mean, variance }: Sample, confidence = usual): Estimate | undefined {
  if (n < 2 || variance <= 0) return undefined;
  return fixedInterval({ estimate: mean, error: Math.sqrt(variance / n) }, confidence);
}

/** Returns estimate ± z·error: valid at one look whose time was fixed in advance. */
export function fixedInterval({ estimate, error }: Measured, confidence = usual): Estimate {
  const half = criticalValue(confidence) * error;
  return { estimate, low: estimate - half, high: estimate + half };
}
