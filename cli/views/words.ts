import type { SuppressionAt } from '../../engine/report/suppression-entries.ts';
import {
  type ExitReason,
  exitReasons,
  isExitReason,
  isFixedReason,
  messageReasons,
} from '../../spec/model/outcomes.ts';
import { either } from '../../spec/words/many.ts';
import { laterAll, t, translated } from '../../spec/words/t.ts';
import { reasonWords } from './suppression.ts';

/** Returns a reason code in words that complete "not sent: …". Unknown codes are shown as they are. */
export function refusalWords(
  reason: string,
  about: { channel?: string; exitEvents?: string[]; suppressed?: SuppressionAt } = {},
): string {
  const { channel, exitEvents = [] } = about;
  if (reason.startsWith('cap:')) return t`the frequency cap "${reason.slice(4)}" was reached`;
  if (reason.startsWith('holdout:')) return t`the hold-out "${reason.slice(8)}" keeps the customer from marketing`;
  if (!isFixedReason(reason)) return reason;
  if (reason === 'suppressed' && channel !== undefined) return suppressedWords(channel, about.suppressed);
  if (reason === 'no-consent' && channel !== undefined) return t`no consent for ${channel}`;
  if (reason === 'no-address' && channel !== undefined) return t`no valid address for ${channel}`;
  if (reason === 'exit-event' && exitEvents.length > 0) return t`${either(exitEvents)} happened before it left`;
  return translated(messageReasons[reason].words);
}

/** `suppressed`: the entry in force at the decision; absent if it is unknown or if there are several. */
function suppressedWords(channel: string, suppressed: SuppressionAt | undefined): string {
  if (!suppressed) return t`the customer or the address was suppressed on ${channel}`;
  const { about } = suppressed;
  const reason = reasonWords(suppressed.reason, about !== 'customer');
  switch (about) {
    case 'customer':
      return t`the customer was suppressed on ${channel} (${reason})`;
    case 'address':
      return t`the address was suppressed on ${channel} (${reason})`;
    case 'earlier-address':
      return t`the address of then was suppressed on ${channel} (${reason})`;
  }
}

/** Codes of connection errors, in words. A provider's answer is shown as it is. */
const details: Record<string, string> = laterAll({
  EABORT: 'we ended the connection',
  EAUTH: 'the login was refused',
  ECONNECTION: 'no connection, or a broken one',
  ECONNREFUSED: 'nobody listens at that address',
  ECONNRESET: 'the other side broke the connection off',
  EDNS: 'the name of the server is not known',
  EHOSTUNREACH: 'there is no way to the server',
  ENETUNREACH: 'there is no way to the network',
  ENOTFOUND: 'the name of the server is not known',
  EPIPE: 'the other side broke the connection off',
  EPROTOCOL: 'the server does not speak SMTP as it should',
  ESOCKET: 'the connection broke',
  ETIMEDOUT: 'no answer in time',
  ETLS: 'no encrypted connection could be made',
  UND_ERR_SOCKET: 'the connection broke',
});

/** Returns the carrier's detail about a message, in words. */
export function detailWords(detail: string): string {
  const words = details[detail];
  return words === undefined ? detail : `${translated(words)}: ${detail}`;
}

/** Returns the kept answer in words: the carrier's detail or, without one, the reason. */
export function answerWords(answer: string): string {
  const words = detailWords(answer);
  return words === answer ? refusalWords(answer) : words;
}

/** Returns the reason for which a customer left a campaign, in words. */
export function exitWords(reason: string, exitEvents: string[] = []): string {
  if (reason === ('exit-event' satisfies ExitReason) && exitEvents.length > 0) return t`${either(exitEvents)} happened`;
  return isExitReason(reason) ? translated(exitReasons[reason].words) : reason;
}
