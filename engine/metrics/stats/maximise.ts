/** The size of the first simplex, and the size at which the search ends, relative to 1. */
const [first, exactness] = [0.5, 1e-9];
/** The search gives up after this number of steps. */
const most = 5_000;

type Point = { at: number[]; value: number };

/**
 * Returns the place where a function is largest, by the simplex of J. A. Nelder and R. Mead, “A simplex method for function minimization”, The Computer
 * Journal 7 (1965), with the usual coefficients 1, 2, ½, ½, begun again where it ends, since a simplex can collapse. Finds a local maximum. Undefined
 * where it does not come to rest.
 */
export function maximise(of: (at: readonly number[]) => number, start: readonly number[]): number[] | undefined {
  let best = climb(of, start);
  for (let again = 0; best && again < 10; again++) {
    const next = climb(of, best.at);
    if (!next || next.value - best.value <= exactness * Math.abs(best.value)) return next?.at ?? best.at;
    best = next;
  }
  return best?.at;
}

function climb(of: (at: readonly number[]) => number, start: readonly number[]): Point | undefined {
  const point = (at: number[]): Point => {
    const value = of(at);
    return { at, value: Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value };
  };
  let points = [point([...start]), ...start.map((_, i) => point(start.map((x, j) => (i === j ? x + first : x))))];
  for (let step = 0; step < most; step++) {
    points = points.toSorted((a, b) => b.value - a.value);
    const [best, worst, second] = [points[0], points.at(-1), points.at(-2)];
    if (!best || !worst || !second) return undefined;
    if (sizeOf(points, best) < exactness) return best;
    const rest = points.slice(0, -1);
    const centre = start.map((_, i) => rest.reduce((sum, { at }) => sum + (at[i] ?? 0), 0) / rest.length);
    const beyond = (factor: number) => point(centre.map((x, i) => x + factor * (x - (worst.at[i] ?? 0))));
    const reflected = beyond(1);
    if (reflected.value > best.value) {
      const expanded = beyond(2);
      points = [...rest, expanded.value > reflected.value ? expanded : reflected];
    } else if (reflected.value > second.value) {
      points = [...rest, reflected];
    } else {
      const contracted = beyond(reflected.value > worst.value ? 0.5 : -0.5);
      if (contracted.value > Math.max(worst.value, reflected.value)) points = [...rest, contracted];
      else points = points.map((one) => point(one.at.map((x, i) => (x + (best.at[i] ?? 0)) / 2)));
    }
  }
  return undefined;
}

function sizeOf(points: readonly Point[], best: Point): number {
  return Math.max(...points.flatMap(({ at }) => at.map((x, i) => Math.abs(x - (best.at[i] ?? 0)))));
}
