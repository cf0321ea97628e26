import { type Sample, sampleOf } from './sample.ts';

/** Two values of each customer: the mean and variance of each, and their covariance. */
export interface Pairs {
  n: number;
  first: Sample;
  second: Sample;
  covariance: number;
}

/** Sums over the customers of an arm. */
export interface PairSums {
  n: number;
  sum: number;
  squares: number;
  secondSum: number;
  secondSquares: number;
  /** The sum of the products of both values. */
  products: number;
}

/** Returns the moments of pairs by their sums; the covariance is ÷ n − 1, 0 where n < 2. */
export function pairsOf({ n, sum, squares, secondSum, secondSquares, products }: PairSums): Pairs {
  const [first, second] = [sampleOf(n, sum, squares), sampleOf(n, secondSum, secondSquares)];
  return { n, first, second, covariance: n > 1 ? (products - sum * second.mean) / (n - 1) : 0 };
}

/**
 * Returns the ratio of two sums, such as revenue by orders, as a sample of customers, with its variance by the delta method:
 * (s₁² − 2R·s₁₂ + R²·s₂²) / x̄₂², R = x̄₁ / x̄₂: Deng, Knoblich and Lu (2018), as for `lift`. Customers, not orders, are what was drawn by lot. It
 * is compared like any sample. Undefined where the second sum is not above 0.
 */
export function ratioSample({ n, first, second, covariance }: Pairs): Sample | undefined {
  if (second.mean <= 0) return undefined;
  const ratio = first.mean / second.mean;
  const variance = first.variance - 2 * ratio * covariance + ratio ** 2 * second.variance;
  return { n, mean: ratio, variance: Math.max(0, variance) / second.mean ** 2 };
}

/**
 * Returns both arms with the outcomes (`first`) freed from what the customers' own past (`second`, from before the enrolment) explains: CUPED, by A.
 * Deng, Y. Xu, R. Kohavi and T. Walker, “Improving the sensitivity of online controlled experiments by utilizing pre-experiment data”, WSDM (2013).
 * The outcome becomes y − θ(x − x̄ of the control), so that the control's mean stays what it is. θ = (Σ sₓᵧ/n) / (Σ sₓ²/n) of both arms makes the
 * variance of the difference least, so that an interval is never wider than without the past.
 */
export function withoutPast(treated: Pairs, control: Pairs): { treated: Sample; control: Sample; theta: number } {
  const total = (of: (arm: Pairs) => number) => of(treated) / treated.n + of(control) / control.n;
  const spread = total((arm) => arm.second.variance);
  const theta = spread > 0 ? total((arm) => arm.covariance) / spread : 0;
  return { treated: adjusted(treated, theta, control), control: adjusted(control, theta, control), theta };
}

function adjusted({ n, first, second, covariance }: Pairs, theta: number, control: Pairs): Sample {
  const variance = first.variance - 2 * theta * covariance + theta ** 2 * second.variance;
  return { n, mean: first.mean - theta * (second.mean - control.second.mean), variance: Math.max(0, variance) };
}
