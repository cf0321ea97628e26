// Functions of which distributions are made. All are accurate to 10 digits or more.

/** Series and continued fractions end at this size of a term, which rounding would lose. */
const negligible = 1e-16;
const tiny = 1e-300;

/** The coefficients of C. Lanczos, “A precision approximation of the gamma function” (1964), for g = 7, by P. Godfrey. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Returns ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const sum = lanczos.reduce((total, coefficient, i) => total + (i === 0 ? coefficient : coefficient / (x - 1 + i)), 0);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Returns ln B(a, b) for a, b > 0. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/**
 * Returns Q(a, x) = Γ(a, x) / Γ(a), from 1 at x = 0 down to 0, for a > 0, x ≥ 0: the upper regularised incomplete gamma function. By its series and
 * its continued fraction: W. H. Press et al., “Numerical Recipes”, 3rd edition (2007), 6.2.
 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x >= a + 1) return scale / fraction(x + 1 - a, (i) => [-i * (i - a), x + 1 - a + 2 * i]);
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * negligible; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return 1 - scale * sum;
}

/**
 * Returns I(x; a, b), from 0 at x = 0 up to 1 at x = 1, for a, b > 0: the regularised incomplete beta function. By its continued fraction: “Numerical
 * Recipes”, 6.4.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const scale = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  const term = (i: number): [number, number] => {
    const m = Math.floor(i / 2);
    const top = i % 2 === 0 ? m * (b - m) : -(a + m) * (a + b + m);
    return [(top * x) / ((a + i - 1) * (a + i)), 1];
  };
  return scale / fraction(1, term);
}

/** Returns first + a₁ / (b₁ + a₂ / (b₂ + …)), of `[aᵢ, bᵢ]`, by the method of Lentz. */
function fraction(first: number, term: (i: number) => [number, number]): number {
  let value = first || tiny;
  let c = value;
  let d = 0;
  for (let i = 1, step = 0; Math.abs(step - 1) > negligible * 4 && i < 100_000; i++) {
    const [a, b] = term(i);
    d = 1 / (b + a * d || tiny);
    c = b + a / c || tiny;
    step = c * d;
    value *= step;
  }
  return value;
}

/**
 * Returns ₂F₁(a, b; c; z) for 0 ≤ z < 1 and positive a, b, c, by Gauss's series: M. Abramowitz and I. Stegun, “Handbook of Mathematical
 * Functions” (1964), 15.1.1.
 */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 0; Math.abs(term) > Math.abs(sum) * negligible && n < 1_000_000; n++) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z;
    sum += term;
  }
  return sum;
}
