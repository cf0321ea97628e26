import { incompleteBeta, upperGamma } from './special.ts';

/** Returns the density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** Returns P(Z > z) of the standard normal distribution, exact in the far tail too: ½ Q(½, z²/2). */
export function normalAbove(z: number): number {
  const tail = 0.5 * upperGamma(0.5, 0.5 * z * z);
  return z < 0 ? 1 - tail : tail;
}

/** Returns P(Z ≤ z) of the standard normal distribution. */
export function normalBelow(z: number): number {
  return normalAbove(-z);
}

/** Returns the probability of a result at least as far from 0 on either side. */
export function twoSided(z: number): number {
  return 2 * normalAbove(Math.abs(z));
}

/**
 * Returns z with P(Z ≤ z) = p, for 0 < p < 1. Begins with Abramowitz and Stegun 26.2.23 and improves it by Halley's method.
 *
 * @throws RangeError where p is not between 0 and 1
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability between 0 and 1 was expected, not ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  const top = 2.515517 + t * (0.802853 + t * 0.010328);
  let z = top / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (let i = 0; i < 3; i++) {
    const off = (normalBelow(z) - p) / normalDensity(z);
    z -= off / (1 + 0.5 * z * off);
  }
  return z;
}

/** Returns the half-width of a two-sided normal interval, in standard errors: 1.96 for a confidence of 0.95. */
export function criticalValue(confidence: number): number {
  return -normalQuantile((1 - confidence) / 2);
}

/** Returns P(X > x) of the chi-square distribution, x ≥ 0, with so many degrees of freedom, at least 1. */
export function chiSquareAbove(x: number, freedom: number): number {
  return upperGamma(freedom / 2, x / 2);
}

/** Returns P(X ≤ x) of the beta distribution, a, b > 0. */
export function betaBelow(x: number, a: number, b: number): number {
  return incompleteBeta(x, a, b);
}
