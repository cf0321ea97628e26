/** Values, one for each customer, as their number, mean and variance. */
export interface Sample {
  n: number;
  mean: number;
  variance: number;
}

export interface Interval {
  low: number;
  high: number;
}

export interface Estimate extends Interval {
  estimate: number;
}

/** An estimate with its standard error, before an interval is made of it. */
export interface Measured {
  estimate: number;
  /** Above 0. */
  error: number;
}

/** The number of `n` customers who converted, clicked and so on. */
export interface Share {
  hits: number;
  n: number;
}

/** Intervals and verdicts have this confidence where nothing else is said. */
export const usual = 0.95;

/** Returns the sample of values by their sum and the sum of their squares. The variance is that of a sample (÷ n − 1), 0 where n < 2. */
export function sampleOf(n: number, sum: number, squares: number): Sample {
  const mean = n > 0 ? sum / n : 0;
  return { n, mean, variance: n > 1 ? Math.max(0, (squares - sum * mean) / (n - 1)) : 0 };
}

/** Returns the sample of zeros and ones with so many ones. */
export function shareSample({ hits, n }: Share): Sample {
  return sampleOf(n, hits, hits);
}
