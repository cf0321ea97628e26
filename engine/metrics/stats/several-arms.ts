/**
 * Returns p-values corrected for being several, in the order of the given ones: S. Holm, “A simple sequentially rejective multiple test
 * procedure”, Scandinavian Journal of Statistics 6 (1979). That any of them is below α although no arm has an effect has the probability α at most.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => (ps[a] ?? 0) - (ps[b] ?? 0));
  const corrected = ps.map(() => 1);
  let least = 0;
  order.forEach((i, before) => {
    least = Math.max(least, Math.min(1, (ps.length - before) * (ps[i] ?? 1)));
    corrected[i] = least;
  });
  return corrected;
}

/** Returns the confidence of each of several intervals that all hold together with the confidence: 1 − α/m, by Bonferroni's inequality. */
export function eachOfSeveral(confidence: number, arms: number): number {
  return 1 - (1 - confidence) / Math.max(1, arms);
}
