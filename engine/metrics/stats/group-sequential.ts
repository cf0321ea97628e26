import { normalAbove, normalDensity, normalQuantile } from './distributions.ts';

/** The level of a look: the p-value that is significant, and the interval's half-width in standard errors. */
export interface Look {
  /** A two-sided p-value of this look must be below it. */
  level: number;
  critical: number;
}

/** The density of the score among the experiments that have not ended, at equal distances from `low` on. */
interface Running {
  low: number;
  step: number;
  density: Float64Array;
}

/** The density further out, in standard deviations, is negligible. */
const furthest = 8;
/** The distance of two places of the density, in standard deviations of what is added until the next look. */
const fineness = 0.05;
/** The power of the share of information with which α is spent. */
const usualSpending = 2;

/**
 * Returns the levels of looks whose number and times were not fixed, such that all together find an effect where there is none with the probability
 * α at most: K. K. G. Lan and D. L. DeMets, “Discrete sequential boundaries for clinical trials”, Biometrika 70 (1983), with the spending function α·tᵠ of
 * K. Kim and D. L. DeMets, Biometrika 74 (1987). Two-sided, each side for itself, as in ldbounds and Spotify's Confidence.
 *
 * `sizes`: the customers at each look, ascending and above 0. `expected`: those at the end; if there are more at the last look, those count. By numerical
 * integration of P. Armitage, C. K. McPherson and B. C. Rowe, JRSS A 132 (1969); the levels are exact to about 1e-6.
 */
export function looks(sizes: readonly number[], expected: number, alpha = 0.05, spending = usualSpending): Look[] {
  const all = Math.max(expected, ...sizes);
  const found: Look[] = [];
  let running: Running | undefined;
  let [before, spent] = [0, 0];
  for (const size of sizes) {
    const share = size / all;
    const last = found.at(-1);
    // A look without further customers spends nothing.
    if (last && share - before < 1e-5) {
      found.push(last);
      continue;
    }
    const deviation = Math.sqrt(share - before);
    const budget = (alpha / 2) * share ** spending;
    const bound = boundOf(running, deviation, budget - spent);
    const critical = Math.min(furthest, bound / Math.sqrt(share));
    found.push({ critical, level: 2 * normalAbove(critical) });
    running = goOn(running, deviation, [-furthest * Math.sqrt(share), critical * Math.sqrt(share)]);
    [before, spent] = [share, budget];
  }
  return found;
}

/** Returns the score that is passed with the probability. */
function boundOf(running: Running | undefined, deviation: number, probability: number): number {
  if (!running) return -normalQuantile(probability) * deviation;
  let [low, high] = [running.low, running.low + running.step * running.density.length + furthest * deviation];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    const passed = (score: number) => normalAbove((middle - score) / deviation);
    if (integral(running, passed, middle - furthest * deviation) > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Returns the density at the next look of the experiments that stay between the bounds. */
function goOn(running: Running | undefined, deviation: number, [low, high]: [number, number]): Running {
  const places = Math.ceil((high - low) / (fineness * deviation));
  const step = (high - low) / places;
  const at = (score: number) => {
    const moved = (from: number) => normalDensity((score - from) / deviation) / deviation;
    return running ? integral(running, moved, score - furthest * deviation, score + furthest * deviation) : moved(0);
  };
  return { low, step, density: Float64Array.from({ length: places + 1 }, (_, i) => at(low + i * step)) };
}

/** Returns the integral of the density times a function, by trapezia, of the part between two scores. */
function integral(
  { low, step, density }: Running,
  of: (score: number) => number,
  from: number,
  to = Number.POSITIVE_INFINITY,
): number {
  const first = Math.max(0, Math.ceil((from - low) / step));
  const last = Math.min(density.length - 1, Math.floor((to - low) / step));
  let sum = 0;
  for (let i = first; i <= last; i++) {
    const weight = i === 0 || i === density.length - 1 ? 0.5 : 1;
    sum += weight * (density[i] ?? 0) * of(low + i * step);
  }
  return sum * step;
}
