/** The time that a file must have been left alone until its last row is taken without a line end, milliseconds. */
export const QUIET = 2000;

/** A file whose time lies further after the clock has another clock than this machine. */
const OTHER_CLOCK = 3_600_000;

/** Returns true if a file that was last modified then may be in the middle of being written. Epoch milliseconds. */
export function mayBeWritten(modified: number, now: number): boolean {
  return modified > now - QUIET && modified < now + OTHER_CLOCK;
}
