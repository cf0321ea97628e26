import { type Estimate, type Measured, usual } from './sample.ts';

/** The customers of both arms at which the interval is narrowest: the `tuning` where nothing else is said, as in GrowthBook. */
export const usualTuning = 5_000;

/**
 * Returns an interval that may be looked at every day: the true value is in all intervals of an experiment together with the confidence. By
 * I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy and A. Ramdas, “Time-uniform central limit theory and asymptotic confidence
 * sequences”, Annals of Statistics 52 (2024), as GrowthBook applies it to differences:
 *
 * estimate ± error·√( 2(nρ² + 1)/(nρ²) · ln(√(nρ² + 1)/α) ), ρ² = (−2 ln α + ln(1 − 2 ln α)) / tuning
 *
 * It is asymptotic, so the first look should have some hundreds of customers. `n`: the customers of both arms, above 0. `tuning` must be
 * fixed before the first look.
 */
export function sequentialInterval(
  { estimate, error }: Measured,
  n: number,
  confidence = usual,
  tuning = usualTuning,
): Estimate {
  const half = error * sequentialCritical(n, confidence, tuning);
  return { estimate, low: estimate - half, high: estimate + half };
}

/** Returns the half-width of the interval in standard errors. */
export function sequentialCritical(n: number, confidence = usual, tuning = usualTuning): number {
  const alpha = 1 - confidence;
  const growth = n * mixing(alpha, tuning);
  return Math.sqrt(((2 * (growth + 1)) / growth) * Math.log(Math.sqrt(growth + 1) / alpha));
}

/**
 * Returns an always-valid p-value of no effect: at most α with the probability α, however often one looks. It is below 1 − confidence exactly where
 * the interval of that confidence excludes 0, and can be corrected for several arms like any other.
 */
export function sequentialP(
  { estimate, error }: Measured,
  n: number,
  confidence = usual,
  tuning = usualTuning,
): number {
  const growth = n * mixing(1 - confidence, tuning);
  const exponent = -0.5 * (estimate / error) ** 2 * (growth / (growth + 1));
  return Math.min(1, Math.sqrt(growth + 1) * Math.exp(exponent));
}

/** Returns ρ², of the normal mixture that makes the interval narrowest at so many customers. */
function mixing(alpha: number, tuning: number): number {
  return (-2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha))) / tuning;
}
