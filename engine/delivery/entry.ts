import { createHash } from 'node:crypto';
import { type FixedReason, type MessageStatus, messageReasons } from '../../spec/model/outcomes.ts';
import type { Outcome } from './carriers/carrier.ts';
import type { Claimed } from './outbox.ts';

/** The recorded fate of a claimed message. */
export interface Entry {
  message: string;
  /** `decided`: it waits in the outbox again. */
  status: MessageStatus;
  reason: string | null;
  detail: string | null;
  /** The template's hash. */
  template: string | null;
  /** Not before this instant, epoch milliseconds. */
  sendAt: number | null;
  /** It was handed to a carrier. */
  attempted: boolean;
  /** The hash of the address that it was sent to; null: it was not handed to a carrier, or went to no customer. */
  address: string | null;
  /** There is no such recipient. */
  bounced: boolean;
  /** True if a message that may have arrived is sent again, unless it has been cancelled meanwhile. */
  again?: boolean;
  /** When the carrier answered, epoch milliseconds; absent: when the entry is recorded. */
  at?: number;
}

const untried = { detail: null, template: null, sendAt: null, attempted: false, address: null, bounced: false };

/** Returns the entry of a message that may not leave. */
export function refused(message: string, reason: FixedReason): Entry {
  const status = messageReasons[reason].suppressed === undefined ? 'expired' : 'suppressed';
  return { ...untried, message, status, reason };
}

/** Returns the entry of a message that may not leave before `until`. */
export function held(message: string, reason: FixedReason, until: number): Entry {
  return { ...untried, message, status: 'decided', reason, sendAt: until };
}

/** Returns the entry of a message that has certainly not left: it waits as before. */
export function returned(message: string): Entry {
  return { ...untried, message, status: 'decided', reason: null };
}

/** Returns the entry of a message that may have left when its connection was broken off. */
export function inDoubt({ message }: Claimed, templateHash: string | null, again: boolean): Entry {
  const plain = { ...untried, message, reason: 'no-answer', detail: 'the command was ended', attempted: true };
  return { ...plain, status: 'unknown', template: templateHash, again };
}

/** Returns the entry of a message that a carrier has handled, or that could not be rendered (`attempted` false). */
export function handled(
  { message, attempts, expires_at }: Claimed,
  templateHash: string | null,
  outcome: Outcome,
  now: number,
  attempted = true,
): Entry {
  const plain = { ...untried, message, detail: outcome.detail ?? null, attempted, at: now };
  switch (outcome.status) {
    case 'sent':
      return { ...plain, status: 'sent', reason: null, template: templateHash };
    case 'unknown':
      return { ...plain, status: 'unknown', reason: outcome.reason, template: templateHash };
    case 'failed':
      return { ...plain, status: 'failed', reason: outcome.reason, bounced: outcome.bounce ?? false };
    case 'retry': {
      const sendAt = retryAt(message, attempts + 1, now, outcome.afterMs);
      if (sendAt >= expires_at) return { ...plain, status: 'expired', reason: 'late' };
      return { ...plain, status: 'decided', reason: outcome.reason, sendAt };
    }
  }
}

/** The time before the second attempt, milliseconds. */
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
