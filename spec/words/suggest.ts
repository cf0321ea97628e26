import { distance } from 'fastest-levenshtein';

/**
 * Returns the candidate that was most probably meant by `name`, or undefined when none is close.
 * A third of the letters may differ (at least one, at most three).
 */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(name);
  const tolerance = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  let best: string | undefined;
  let bestDistance = tolerance + 1;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    const found = difference(wanted, fold(candidate));
    if (found < bestDistance) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}

/** Returns the number of letters that differ; two swapped letters count as one. */
function difference(wanted: string, candidate: string): number {
  const edits = distance(wanted, candidate);
  return edits === 2 && letters(wanted) === letters(candidate) ? 1 : edits;
}

function letters(name: string): string {
  return [...name].sort().join('');
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '');
}
