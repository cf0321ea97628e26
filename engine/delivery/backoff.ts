import { createHash } from 'node:crypto';

const first = 30_000;
const longest = 15 * 60_000;

/**
 * Returns the instant at which to try a message again, epoch milliseconds: half a minute after the first attempt, twice as long after each
 * further one, never more than 15 minutes; spread by half to either side so that what failed together does not come back
 * together. `afterMs`: the provider's wish, never undercut. `attempts` counts from 1.
 */
export function retryAt(message: string, attempts: number, now: number, afterMs = 0): number {
  const delay = Math.min(first * 2 ** (attempts - 1), longest);
  const spread = createHash('sha256').update(`${message}/${attempts}`).digest().readUInt32BE() / 2 ** 32;
  return Math.round(now + Math.max(afterMs, Math.min(delay * (0.5 + spread), longest)));
}
