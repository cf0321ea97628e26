import { type Measured, sampleOf } from './sample.ts';

/** A message that one policy sent, with the probabilities of that policy and of another one. */
export interface Logged {
  /** The reward of the message, such as its revenue, or 1 for a conversion. */
  reward: number;
  /** The probability with which the policy chose its action; above 0, at most 1. */
  chosen: number;
  /** The probability with which the other policy would have chosen the same action, 0 … 1. */
  wanted: number;
}

/** The message with the rewards that a model expects; the model was made without it. */
export interface Modelled extends Logged {
  /** The expected reward of what was chosen. */
  expected: number;
  /** The expected reward of the other policy for this customer. */
  expectedWanted: number;
}

/**
 * Returns the mean reward of the other policy by inverse probability weighting, mean of (wanted ÷ chosen) · reward: D. G. Horvitz and D. J. Thompson, “A
 * generalization of sampling without replacement from a finite universe”, JASA 47 (1952). Unbiased, but wide where the policies differ much.
 *
 * The other policy must not want what could not be chosen. Undefined for fewer than two messages, or where the error is 0.
 */
export function ipw(log: readonly Logged[]): Measured | undefined {
  return meanOf(log.map((one) => weight(one) * one.reward));
}

/**
 * Returns the same by weights that are divided by their mean, which is narrower for a small bias: A. Swaminathan and T. Joachims, “The self-normalized
 * estimator for counterfactual learning”, NIPS (2015). The error is by the delta method, √Σ w²(r − v)² / Σ w. Undefined also where the other policy
 * wants nothing that was chosen.
 */
export function snipw(log: readonly Logged[]): Measured | undefined {
  const total = log.reduce((sum, one) => sum + weight(one), 0);
  if (log.length < 2 || total <= 0) return undefined;
  const estimate = log.reduce((sum, one) => sum + weight(one) * one.reward, 0) / total;
  const squares = log.reduce((sum, one) => sum + (weight(one) * (one.reward - estimate)) ** 2, 0);
  return squares > 0 ? { estimate, error: Math.sqrt(squares) / total } : undefined;
}

/**
 * Returns the same by a model, corrected by the messages: expectedWanted + w·(reward − expected). Right if either the probabilities or the model are: M.
 * Dudík, J. Langford and L. Li, “Doubly robust policy evaluation and learning”, ICML (2011).
 */
export function doublyRobust(log: readonly Modelled[]): Measured | undefined {
  return meanOf(log.map((one) => one.expectedWanted + weight(one) * (one.reward - one.expected)));
}

/**
 * Returns the effective sample size, (Σ w)² / Σ w²: the number of messages of the other policy that would be as informative. L. Kish, “Survey sampling”
 * (1965). If it is a small part of all, the log is not enough.
 */
export function effectiveSize(log: readonly Logged[]): number {
  const squares = log.reduce((sum, one) => sum + weight(one) ** 2, 0);
  return squares > 0 ? log.reduce((sum, one) => sum + weight(one), 0) ** 2 / squares : 0;
}

function weight({ wanted, chosen }: Logged): number {
  return wanted / chosen;
}

function meanOf(values: readonly number[]): Measured | undefined {
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value ** 2, 0);
  const { mean, variance, n } = sampleOf(values.length, sum, squares);
  return n > 1 && variance > 0 ? { estimate: mean, error: Math.sqrt(variance / n) } : undefined;
}
