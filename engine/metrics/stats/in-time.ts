/** Customers with the same course, in a time that is divided into equal parts. */
export interface Course {
  /** The part, from 0, in which it happened, or in which one stopped looking; the number of parts: it never happened. */
  part: number;
  happened: boolean;
  n: number;
}

/**
 * Returns the share of customers to whom something happens within a time, by those too who have not had the whole time yet: 1 − Π (1 − dᵢ / (nᵢ − cᵢ/2)), where
 * in a part of the time it happened to d of the n left, and c were looked at no longer: the life table of S. J. Cutler and F. Ederer, “Maximum utilization of
 * the life table method in analyzing survival”, Journal of Chronic Diseases 8 (1958). Undefined where nobody has been looked at until the end.
 */
export function shareInTime(courses: readonly Course[], parts: number): number | undefined {
  let left = courses.reduce((sum, { n }) => sum + n, 0);
  let never = 1;
  for (let part = 0; part < parts; part++) {
    const mine = courses.filter((one) => one.part === part);
    const count = (happened: boolean) => mine.reduce((sum, one) => sum + (one.happened === happened ? one.n : 0), 0);
    const [events, lost] = [count(true), count(false)];
    const exposed = left - lost / 2;
    if (exposed <= 0) return undefined;
    never *= 1 - events / exposed;
    left -= events + lost;
  }
  return 1 - never;
}
