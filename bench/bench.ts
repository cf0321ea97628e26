/** A comparison of this program with the bare tool, both measured in the same process. */
export interface BenchLine {
  name: string;
  ours: number;
  theirs: number;
  /** Of `ours` and `theirs`, such as `messages/s` or `s`. */
  unit: string;
  /** How good ours is against theirs: above 1 is better than theirs, whatever the unit. */
  ratio: number;
  note?: string;
}
