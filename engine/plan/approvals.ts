import { createHash } from 'node:crypto';
import type { Approvals } from '../../spec/model/model.ts';
import { readSignature } from './signature.ts';

/** A person who may approve plans: a line of allowed_signers. */
export interface Approver {
  /** E-mail addresses; the first is how the person is called. */
  names: string[];
  /** The public key in base64. */
  key: string;
}

export function approversOf({ approvers }: Approvals): Approver[] {
  return approvers.map((line) => {
    const [names = '', , key = ''] = line.trim().split(/ +/);
    return { names: names.split(','), key };
  });
}

/** Returns how those are called who may approve. */
export function peopleOf(rule: Approvals): string[] {
  return [...new Set(approversOf(rule).map(({ names: [name = ''] }) => name))];
}

/** The verdict on a signature. */
export interface Judged {
  /** `stranger`: its key is nobody's among the approvers; `author`: of the plan's commits; `other`: it is not of this plan, or no signature. */
  verdict: 'counts' | 'author' | 'stranger' | 'other';
  /** The signer; absent for `stranger` and `other`. */
  name?: string;
}

/**
 * Judges signatures of a plan's hash. `authors`: the e-mail addresses of those who wrote the plan's commits, who cannot approve it. A
 * person counts once, with however many keys. Pure.
 */
export function judgeSignatures(
  { planHash, authors = [] }: { planHash: string; authors?: readonly string[] | undefined },
  rule: Approvals,
  signatures: readonly string[],
): Judged[] {
  const judged = new Map<string, Judged>();
  for (const text of signatures) {
    const signature = readSignature(text);
    if (!signature?.signs(planHash)) judged.set(text, { verdict: 'other' });
    else {
      const one = judgeKey({ authors }, rule, ({ key }) => key === signature.key);
      judged.set(one.name ?? signature.key, one);
    }
  }
  return [...judged.values()];
}

/** Returns what becomes of signatures of the plan by a key. Pure. */
export function judgeKey(
  { authors = [] }: { authors?: readonly string[] | undefined },
  rule: Approvals,
  isKey: (approver: Approver) => boolean,
): Judged {
  const approver = approversOf(rule).find(isKey);
  const name = approver?.names[0];
  if (!approver || name === undefined) return { verdict: 'stranger' };
  const written = new Set(authors.map((author) => author.toLowerCase()));
  return { verdict: approver.names.some((one) => written.has(one.toLowerCase())) ? 'author' : 'counts', name };
}

/** Returns the fingerprint of a public key in base64, as `ssh-keygen -l` writes it. */
export function fingerprint(key: string): string {
  return `SHA256:${createHash('sha256').update(key, 'base64').digest('base64').replace(/=+$/, '')}`;
}
