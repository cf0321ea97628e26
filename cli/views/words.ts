import type { SuppressedThen } from '../../engine/report/suppressed-then.ts';
import { either } from '../../spec/words/many.ts';
import { laterAll, t, translated } from '../../spec/words/t.ts';
import { reasonWords } from './suppression.ts';

/** Reason codes of the engine in words that finish "not sent: …". Codes that are not known are shown as they are. */
export function refusalWords(
  reason: string,
  about: { channel?: string; exitEvents?: string[]; suppressed?: SuppressedThen } = {},
): string {
  const { channel, exitEvents = [] } = about;
  if (reason.startsWith('cap:')) return t`the frequency cap "${reason.slice(4)}" was reached`;
  if (reason.startsWith('holdout:')) return t`the hold-out "${reason.slice(8)}" keeps the customer from marketing`;
  switch (reason) {
    case 'suppressed':
      return suppressedWords(channel, about.suppressed);
    case 'no-consent':
      return channel === undefined ? t`no consent for the channel` : t`no consent for ${channel}`;
    case 'no-address':
      return channel === undefined ? t`no valid address for the channel` : t`no valid address for ${channel}`;
    case 'exit-event':
      return exitEvents.length > 0
        ? t`${either(exitEvents)} happened before it left`
        : t`the exit event happened before it left`;
    default:
      return translated(refusals[reason] ?? reason);
  }
}

const refusals: Record<string, string> = laterAll({
  'same-address': 'another customer with the same address has been sent it',
  'quiet-hours': 'it fell into quiet hours',
  goal: 'the goal was reached before it left',
  restarted: 'a newer event began the journey anew before it left',
  removed: 'the campaign was removed before it left',
  erased: 'the customer was erased before it left',
  'removed-customer': 'no file of customers names the customer any more',
  superseded: 'the journey had gone on without it',
  'late:paused': 'it was paused until it had expired',
  late: 'it was too late: the message had expired',
  expired: 'it was too late: the message had expired',
  bounced: 'the address does not exist or does not take mail (bounced)',
  rejected: 'the provider rejected it',
  'bad-message': 'the provider did not understand it',
  'render-error': 'its template could not be filled in',
  temporary: 'the provider asked to try again later',
  connection: 'the provider could not be reached',
  authentication: 'the provider did not accept our credentials',
  account: 'the provider refused our sender or account',
  'no-answer': 'the connection ended before the provider answered',
  'unreadable-data': 'a data file that its campaign reads cannot be read',
  'late:quiet-hours': 'quiet hours held it until it had expired',
  'carrier-error': 'the carrier failed',
  'lease-expired': 'the process that was sending it stopped',
});

/** `suppressed`: the entry of then; absent where it is not known or where there are several. */
function suppressedWords(channel: string | undefined, suppressed: SuppressedThen | undefined): string {
  if (channel === undefined) return t`the customer or the address was suppressed on the channel`;
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

/** Codes of what broke on a connection, in words. An answer of the provider stays as it is. */
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

/** Returns the carrier's note about a message, in words. */
export function detailWords(detail: string): string {
  const words = details[detail];
  return words === undefined ? detail : `${translated(words)}: ${detail}`;
}

/** Returns an answer that was kept as the carrier's note or, without one, as the reason, in words. */
export function answerWords(answer: string): string {
  const words = detailWords(answer);
  return words === answer ? refusalWords(answer) : words;
}

/** Returns the reason for which a customer left a campaign, in words. */
export function exitWords(reason: string, exitEvents: string[] = []): string {
  if (reason === 'exit-event')
    return exitEvents.length > 0 ? t`${either(exitEvents)} happened` : t`the exit event happened`;
  return translated(exits[reason] ?? reason);
}

const exits: Record<string, string> = laterAll({
  completed: 'the journey is complete',
  control: 'in the control group, which gets nothing',
  goal: 'the goal was reached',
  restarted: 'a newer event began the journey anew',
  removed: 'the campaign was removed',
  erased: 'the customer was erased',
  'removed-customer': 'no file of customers names the customer any more',
});
