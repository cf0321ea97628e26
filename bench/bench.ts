/** A comparison of this program with the bare tool, both measured in the same process, in turn; or a measurement alone. */
export interface BenchLine {
  name: string;
  ours: number;
  /** Absent: there is nothing to compare with. */
  theirs?: number;
  /** The unit of `ours` and `theirs`: `s` (less is better) or a rate such as `messages/s` (more is better). */
  unit: string;
  /** The median of ours ÷ theirs in pairs of measurements; absent: the quotient of the two figures. */
  ratio?: number;
  /** The two sides of the comparison, and their size. */
  note?: string;
}

/** The size of a benchmark, from the command line; what is absent has the benchmark's own default. */
export interface Size {
  customers?: number;
  days?: number;
  campaigns?: number;
  /** Prints which statements take the time. */
  profile: boolean;
}
