import type { Category } from '../../spec/model/campaign.ts';
import type { QuietHours } from '../../spec/model/model.ts';
import { allGates, cancelsMessages, type FixedReason, type Gate } from '../../spec/model/outcomes.ts';

/** The facts about a message that decide if it may still leave. */
export interface Candidate {
  category: Category;
  /** The step at which the enrolment must still be, for a cascade stage in which it waits. */
  waitsAt?: number;
  /** Offset of the recipient's local clock, milliseconds; undefined: unknown zone. */
  shift?: number;
}

/** The address that a message goes to, and the zone whose quiet hours hold it. */
export interface Recipient {
  address?: string;
  zone?: string;
}

export function recipient(address: unknown, zone: unknown): Recipient {
  const text = (value: unknown) => (value === null || value === undefined ? undefined : String(value));
  const [to, where] = [text(address), text(zone)];
  return { ...(to !== undefined && { address: to }), ...(where !== undefined && { zone: where }) };
}

/** The facts of the store about it at this moment. */
export interface Facts {
  /** It is claimed by this worker, and nobody has cancelled or paused it. */
  mine: boolean;
  recipient: Recipient;
  /** The files name every customer, and not this one any more. */
  unnamed: boolean;
  suppressed: boolean;
  consented: boolean;
  reachable: boolean;
  /** Another customer who shares the address has got this step, or gets it first. */
  copied: boolean;
  enrolment?: { ended?: string; step?: number };
}

export type Verdict =
  | { kind: 'pass' }
  | { kind: 'refuse'; reason: FixedReason }
  /** Not before `until`, epoch milliseconds. */
  | { kind: 'hold'; until: number };

/** Gates that are asked again; hold-outs and caps were judged when the message was decided. */
const closed: Partial<Record<Gate & FixedReason, (message: Candidate, facts: Facts) => boolean>> = {
  suppressed: (_, { suppressed }) => suppressed,
  'no-consent': ({ category }, { consented }) => category === 'marketing' && !consented,
  'no-address': (_, { reachable }) => !reachable,
  'same-address': ({ category }, { copied }) => category === 'marketing' && copied,
};
const askedAgain = allGates.filter((gate) => Object.hasOwn(closed, gate)) as (keyof typeof closed)[];

/**
 * Judges a message as the last thing before it leaves: what the tick let through may have changed since, most of all
 * after an outage or a retry. The gates are asked in the order of the tick.
 */
export function judge(message: Candidate, facts: Facts, now: number, quiet: QuietHours | undefined): Verdict {
  const { ended, step } = facts.enrolment ?? {};
  if (ended !== undefined && cancelsMessages(ended)) return { kind: 'refuse', reason: ended };
  if (message.waitsAt !== undefined && step !== message.waitsAt) return { kind: 'refuse', reason: 'superseded' };
  if (facts.unnamed) return { kind: 'refuse', reason: 'removed-customer' };
  const gate = askedAgain.find((one) => closed[one]?.(message, facts));
  if (gate) return { kind: 'refuse', reason: gate };
  if (!quiet || message.shift === undefined || (message.category === 'transactional' && !quiet.transactional))
    return { kind: 'pass' };
  const wait = untilEnd(quiet, now + message.shift);
  if (wait === 0) return { kind: 'pass' };
  return quiet.otherwise === 'cancel' ? { kind: 'refuse', reason: 'quiet-hours' } : { kind: 'hold', until: now + wait };
}

/** Milliseconds to the end of the quiet hours, 0 outside them. Where the clocks change it is only near; then it is asked again. */
function untilEnd(quiet: QuietHours, local: number): number {
  const day = 86_400_000;
  const clock = local % day;
  const [from, to] = [quiet.from * 60_000, quiet.to * 60_000];
  const inside = from > to ? clock >= from || clock < to : clock >= from && clock < to;
  return inside ? (to - clock + day) % day : 0;
}
