import type { Program } from '../compile/program.ts';
import { toCustomers } from '../run/to-customers.ts';
import type { Database } from '../store/database.ts';
import { factsAbout } from './facts.ts';
import { type Candidate, judge, type Verdict } from './gates.ts';
import { begin, type Claimed, type Lease, refuse, release } from './outbox.ts';
import { handOver } from './record.ts';

/** A claimed message with what its admission depends on. */
export interface Pending {
  claimed: Claimed;
  candidate: Candidate;
}

export interface Admission<P extends Pending> {
  admitted: P[];
  /** What became of the others; those whose lease was lost are in none of them. */
  refused: { suppressed: number; expired: number; held: number };
}

/**
 * The last look before the wire, one transaction: of messages claimed on a channel, those that are still this worker's
 * and may still leave. The others are refused, held, or were never theirs to send any more.
 */
export async function admit<P extends Pending>(
  db: Database,
  program: Program,
  channel: string,
  lease: Lease,
  group: P[],
): Promise<Admission<P>> {
  const ids = group.map((each) => each.claimed.message);
  const { ours, verdicts } = await db.transaction(async (tx) => {
    const ours = await begin(tx, lease, ids);
    // A lease that ran out in our hands: nothing of these left.
    if (ours.size < ids.length)
      await release(
        tx,
        lease.worker,
        ids.filter((id) => !ours.has(id)),
      );
    const verdicts = new Map<string, Verdict>();
    if (ours.size === 0) return { ours, verdicts };
    const way = program.channels.find((each) => each.name === channel);
    const quiet = way && !toCustomers(way) ? undefined : program.policies.quietHours;
    const facts = await factsAbout(tx, program, channel, [...ours.values()]);
    for (const { claimed, candidate } of group) {
      const mine = ours.get(claimed.message);
      if (mine) verdicts.set(mine.message, final(judge(candidate, facts(mine), lease.now, quiet), mine, lease.now));
    }
    await settle(tx, lease, verdicts);
    return { ours, verdicts };
  });
  const count = (kind: (verdict: Verdict) => boolean) => [...verdicts.values()].filter(kind).length;
  return {
    admitted: group.flatMap((each) => {
      const mine = ours.get(each.claimed.message);
      return mine && verdicts.get(mine.message)?.kind === 'pass' ? [{ ...each, claimed: mine }] : [];
    }),
    refused: {
      suppressed: count((v) => v.kind === 'refuse' && !late(v.reason)),
      expired: count((v) => v.kind === 'refuse' && late(v.reason)),
      held: count((v) => v.kind === 'hold'),
    },
  };
}

const late = (reason: string) => reason.startsWith('late');

/** Being late comes before everything else, and a hold that would outlast the message is one way of it. */
function final(verdict: Verdict, message: Claimed, now: number): Verdict {
  if (message.expires_at <= now) return { kind: 'refuse', reason: 'late' };
  if (verdict.kind === 'hold' && verdict.until >= message.expires_at)
    return { kind: 'refuse', reason: 'late:quiet-hours' };
  return verdict;
}

async function settle(tx: Database, lease: Lease, verdicts: Map<string, Verdict>): Promise<void> {
  const alike = new Map<string, { verdict: Verdict; messages: string[] }>();
  for (const [message, verdict] of verdicts) {
    const key = JSON.stringify(verdict);
    const group = alike.get(key) ?? { verdict, messages: [] };
    group.messages.push(message);
    alike.set(key, group);
  }
  for (const { verdict, messages } of alike.values()) {
    if (verdict.kind === 'hold')
      await release(tx, lease.worker, messages, { reason: 'quiet-hours', until: verdict.until });
    if (verdict.kind !== 'refuse') continue;
    await refuse(tx, lease.now, late(verdict.reason) ? 'expired' : 'suppressed', verdict.reason, messages);
    await handOver(tx, lease.now, messages);
  }
}
