import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** The start of a machine. */
export interface Boot {
  /** The id that the system gave to it (Linux); null where it gives none. */
  id: string | null;
  /** Epoch milliseconds by the clock of now: exact to some seconds, and wrong by as much as the clock. */
  at: number;
}

/** Two estimates of when one machine was started differ by less, milliseconds. */
const SAME = 60_000;

let id: string | null | undefined;

export function thisBoot(): Boot {
  id ??= readId();
  return { id, at: Math.round(Date.now() - uptime() * 1000) };
}

/** Returns true if both are of one start, as far as can be known: only the ids distinguish a clock that was set from a start. */
export function sameBoot(one: Boot, other: Boot): boolean {
  if (one.id !== null && other.id !== null) return one.id === other.id;
  return Math.abs(one.at - other.at) <= SAME;
}

function readId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || null;
  } catch {
    return null;
  }
}
