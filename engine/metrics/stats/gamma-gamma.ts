import { maximise } from './maximise.ts';
import { logBeta } from './special.ts';

// P. S. Fader and B. G. S. Hardie, “The Gamma-Gamma model of monetary value” (2013), www.brucehardie.com/notes/025. The values of a customer's purchases
// vary around a mean of his own, and the means vary between customers, independently of how often they buy. The numbers of the equations are those of
// the note.

/** The values of a customer's purchases. */
export interface Spending {
  /** Above 0. */
  purchases: number;
  /** The mean of their values, above 0. */
  mean: number;
}

/** All above 0; γ is in the unit of the values. */
export interface GammaGamma {
  p: number;
  q: number;
  gamma: number;
}

/** Returns ln L of the means (1a). */
export function gammaGammaLikelihood({ p, q, gamma }: GammaGamma, spending: readonly Spending[]): number {
  // Customers with equal numbers of purchases share the slow term.
  const betas = new Map<number, number>();
  return spending.reduce((sum, { purchases: x, mean }) => {
    const beta = betas.get(x) ?? logBeta(p * x, q);
    betas.set(x, beta);
    const total = gamma + x * mean;
    const powers = q * Math.log(gamma / total) + p * x * Math.log((x * mean) / total);
    return sum - beta + powers - Math.log(mean);
  }, 0);
}

/** Returns the parameters with the largest likelihood. Undefined without customers, or where there is no maximum. */
export function fitGammaGamma(spending: readonly Spending[]): GammaGamma | undefined {
  if (spending.length === 0) return undefined;
  // The values' scale is money, so the search begins at the scale of the data.
  const scale = spending.reduce((sum, { mean }) => sum + mean, 0) / spending.length;
  const found = maximise((logs) => gammaGammaLikelihood(parametersOf(logs), spending), [1, 1, Math.log(scale)]);
  return found && parametersOf(found);
}

function parametersOf(logs: readonly number[]): GammaGamma {
  const [p = 0, q = 0, gamma = 0] = logs.map(Math.exp);
  return { p, q, gamma };
}

/** Returns the mean value of a customer's purchases to expect (5): between his own mean and that of all. Undefined where q ≤ 1 and he has none, as all have no mean. */
export function expectedValue({ p, q, gamma }: GammaGamma, { purchases: x, mean }: Spending): number | undefined {
  const divisor = p * x + q - 1;
  return divisor > 0 ? (p * (gamma + x * mean)) / divisor : undefined;
}
