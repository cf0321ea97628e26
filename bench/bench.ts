/** A comparison of this program with the bare tool, both measured in the same process, in turn. */
export interface BenchLine {
  name: string;
  ours: number;
  theirs: number;
  /** The unit of `ours` and `theirs`: `s` (less is better) or a rate such as `messages/s` (more is better). */
  unit: string;
  /** ours ÷ theirs. */
  ratio: number;
  /** The two sides of the comparison, and their size. */
  note?: string;
}
