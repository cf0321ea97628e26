import { toCustomers } from '../program/facts.ts';
import type { Database } from '../store/database.ts';
import { type Entry, held, refused } from './entry.ts';
import { factsAbout, type LastLook } from './facts.ts';
import { type Candidate, judge, type Recipient, type Verdict } from './gates.ts';
import type { Claimed } from './outbox.ts';

/** A claimed message with what its admission depends on. */
export interface Pending {
  claimed: Claimed;
  candidate: Candidate;
  /** The recipient as it was read; undefined if the customer or the enrolment does not exist. */
  recipient: Recipient | undefined;
}

export interface Admission<P extends Pending> {
  admitted: P[];
  /** Messages whose recipient has changed address or zone since it was read. */
  changed: P[];
  /** The entries of those that may not leave. */
  refused: Entry[];
}

/**
 * The last look before a message leaves: of messages claimed on a channel, those that may still leave. Those that are no
 * longer the worker's, or that a tick has cancelled, are in neither list.
 */
export async function admit<P extends Pending>(db: Database, look: LastLook, group: P[]): Promise<Admission<P>> {
  const { program, channel, now } = look;
  const found = program.channels.find((each) => each.name === channel);
  const quiet = found && !toCustomers(found) ? undefined : program.policies.quietHours;
  if (group.length === 0) return { admitted: [], changed: [], refused: [] };
  const facts = await factsAbout(
    db,
    look,
    group.map((each) => each.claimed),
  );
  const admission: Admission<P> = { admitted: [], changed: [], refused: [] };
  for (const each of group) {
    const { message } = each.claimed;
    const found = facts(each.claimed);
    if (!found.mine) continue;
    if (each.recipient && !isSame(each.recipient, found.recipient)) {
      admission.changed.push(each);
      continue;
    }
    const verdict = final(judge(each.candidate, found, now, quiet), each.claimed, now);
    if (verdict.kind === 'pass') admission.admitted.push(each);
    else if (verdict.kind === 'hold') admission.refused.push(held(message, 'quiet-hours', verdict.until));
    else admission.refused.push(refused(message, verdict.reason));
  }
  return admission;
}

function isSame(one: Recipient, other: Recipient): boolean {
  return one.address === other.address && one.zone === other.zone;
}

/** Lateness is checked before everything else; a message that would expire while it is held is late too. */
function final(verdict: Verdict, message: Claimed, now: number): Verdict {
  if (message.expires_at <= now) return { kind: 'refuse', reason: 'late' };
  if (verdict.kind === 'hold' && verdict.until >= message.expires_at)
    return { kind: 'refuse', reason: 'late:quiet-hours' };
  return verdict;
}
