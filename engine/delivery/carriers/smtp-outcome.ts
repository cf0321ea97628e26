import type { NodemailerError } from 'nodemailer';
import type { Outcome } from './carrier.ts';

export interface Answer {
  /** Three digits. */
  code: number;
  /** The whole answer, with its code. */
  text: string;
  /** The command that was answered: `RCPT TO`, `DATA`, `MAIL FROM` … */
  to: string;
}

const bounced: Outcome = { status: 'failed', reason: 'bounced', bounce: true };
const rejected: Outcome = { status: 'failed', reason: 'rejected' };
/** The provider refuses by a rule about this message, or about all of them. */
const policy: Outcome = { status: 'failed', reason: 'rejected', policy: true };
/** The fault lies with the sender, the account or our server, not with a recipient. */
const account: Outcome = { status: 'retry', reason: 'account' };
const authentication: Outcome = { status: 'retry', reason: 'authentication' };
const connection: Outcome = { status: 'retry', reason: 'connection' };
const temporary: Outcome = { status: 'retry', reason: 'temporary' };

/** Outcomes by enhanced status code (RFC 3463 and its registry, and the additions of Microsoft and Google). */
const byStatus: [RegExp, Outcome][] = [
  [/^5\.1\.([0-36]|10)$/, bounced],
  [/^5\.2\.1$/, bounced],
  [/^5\.1\.[78]$/, account],
  [/^5\.2\.2$/, temporary],
  [/^5\.4\.5$/, account],
  [/^5\.4\.\d+$/, temporary],
  // Authentication, DKIM, SPF, reverse DNS, floods; 5.7.5xx to 5.7.7xx: Microsoft's blocked senders and addresses.
  [/^5\.7\.(3|8|9|1[13]|2\d|30|5[0-9]|6[0-9]|[5-7]\d\d)$/, account],
];

const blames = {
  account:
    /relay|rcpthosts|authenti|block ?list|black ?list|deny ?list|client host|blocked using|spamhaus|dnsbl|\brbl\b|rate.?limit|too many|limit exceeded|quota|throttl|dmarc|dkim|\bspf\b|\bptr\b|reverse dns|\brdns\b|sender (address|domain|verif|reject)|(bad|invalid|unknown) sender/i,
  policy: /spam|polic|virus|content|access denied|prohibited|reputation/i,
  recipient:
    /(user|mailbox|recipient|address|account).{0,60}(unknown|not found|n[o']t exist|unavailable|disabled|inactive|invalid|no longer)|(unknown|no such|invalid) (user|mailbox|recipient|address|local)/i,
  storage: /quota|full|storage/i,
};

/** Returns the outcome that a server's refusal means for the message. The words of the text decide only where the code does not. */
export function outcomeOfAnswer(answer: Answer): Outcome {
  const { code, text, to } = answer;
  if ([530, 534, 535, 538].includes(code)) return authentication;
  // 421: the server is going away; 503: the session was confused, the message was not judged.
  if (code === 421 || code === 503) return connection;
  if (code < 500) return temporary;
  const status = /^\d{3}[ -](5\.\d{1,3}\.\d{1,3})(?!\S)/.exec(text)?.[1];
  if (status !== undefined && /^5\.(2\.3|3\.4)$/.test(status)) return rejected;
  // Before the recipient was named, nothing was about the recipient.
  if (to !== 'RCPT TO' && to !== 'DATA') return code === 552 ? rejected : account;
  if (status === undefined) return outcomeByText(answer);
  if (/^5\.7\.[01]$/.test(status)) return blames.account.test(text) ? account : policy;
  const known = byStatus.find(([pattern]) => pattern.test(status));
  if (known) return known[1];
  return status.startsWith('5.7.') ? policy : rejected;
}

/** Without an enhanced status the words of the text decide, then the code. */
function outcomeByText({ code, text, to }: Answer): Outcome {
  const unknown = blames.recipient.test(text);
  if (code === 552 && blames.storage.test(text)) return temporary;
  if (!unknown && blames.account.test(text)) return account;
  if (!unknown && blames.policy.test(text)) return policy;
  if (to === 'RCPT TO' && (code === 550 || code === 551)) return bounced;
  return code === 554 ? policy : rejected;
}

/** Errors of the configuration, ours or the server's: no message gets through until it is corrected. */
const setUp = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2']);
/** Errors of the connection to the server. */
const broken = new Set(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EPROTOCOL', 'EPROXY', 'EMAXLIMIT']);

/**
 * Returns the outcome that an error of nodemailer means for the message. `whole`: the whole message had been written to the
 * socket, so that without an answer the server may have it or not.
 */
export function outcomeOf(error: NodemailerError, whole: boolean): Outcome {
  const detail = answer(error.response) ?? error.originalCode ?? error.code;
  const known = detail === undefined ? {} : { detail };
  if (setUp.has(String(error.code))) return { status: 'retry', reason: 'authentication', ...known };
  if (error.responseCode !== undefined)
    return {
      ...outcomeOfAnswer({ code: error.responseCode, text: error.response ?? '', to: error.command ?? '' }),
      ...known,
    };
  if (whole) return { status: 'unknown', reason: 'no-answer', ...known };
  if (error.name === 'AbortError' || error.code === undefined || broken.has(error.code))
    return { status: 'retry', reason: 'connection', ...known };
  return { status: 'failed', reason: 'bad-message', ...known };
}

/** Returns the code and the enhanced status of a server's answer; the rest of it often quotes the address. */
export function answer(response: string | undefined): string | undefined {
  return /^\d{3}(?=[ -]|$)(?:[ -]\d\.\d{1,3}\.\d{1,3}(?!\S))?/.exec(response ?? '')?.[0].replace('-', ' ');
}
