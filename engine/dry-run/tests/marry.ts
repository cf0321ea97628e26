/** Finds partners for as many as can be, by augmenting paths: the index of the other by the index of the one. */
export function marry<E, A>(ones: E[], others: A[], fits: (one: E, other: A) => boolean): Map<number, number> {
  const partner = new Map<number, number>();
  const place = (e: number, tried: Set<number>): boolean =>
    others.some((candidate, a) => {
      const seeker = ones[e];
      if (seeker === undefined || tried.has(a) || !fits(seeker, candidate)) return false;
      tried.add(a);
      const rival = partner.get(a);
      if (rival !== undefined && !place(rival, tried)) return false;
      partner.set(a, e);
      return true;
    });
  for (const e of ones.keys()) place(e, new Set());
  return new Map([...partner].map(([a, e]) => [e, a]));
}
