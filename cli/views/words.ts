import type { SuppressedThen } from '../../engine/report/suppressed-then.ts';
import { reasonWords } from './suppression.ts';

/** Reason codes of the engine in words that finish "not sent: …". Codes that are not known are shown as they are. */
export function refusalWords(
  reason: string,
  about: { channel?: string; exitEvents?: string[]; suppressed?: SuppressedThen } = {},
): string {
  const { channel = 'the channel', exitEvents = [] } = about;
  if (reason.startsWith('cap:')) return `the frequency cap "${reason.slice(4)}" was reached`;
  if (reason.startsWith('holdout:')) return `the hold-out "${reason.slice(8)}" keeps the customer from marketing`;
  switch (reason) {
    case 'suppressed':
      return suppressedWords(channel, about.suppressed);
    case 'no-consent':
      return `no consent for ${channel}`;
    case 'no-address':
      return `no valid address for ${channel}`;
    case 'same-address':
      return 'another customer with the same address has been sent it';
    case 'quiet-hours':
      return 'it fell into quiet hours';
    case 'exit-event':
      return `${exitEvents.length > 0 ? exitEvents.join(' or ') : 'the exit event'} happened before it left`;
    case 'goal':
      return 'the goal was reached before it left';
    case 'restarted':
      return 'a newer event began the journey anew before it left';
    case 'removed':
      return 'the campaign was removed before it left';
    case 'erased':
      return 'the customer was erased before it left';
    case 'removed-customer':
      return 'no file of customers names the customer any more';
    case 'superseded':
      return 'the journey had gone on without it';
    case 'late:paused':
      return 'it was paused until it had expired';
    case 'late':
    case 'expired':
      return 'it was too late: the message had expired';
    case 'bounced':
      return 'the address does not exist or does not take mail (bounced)';
    case 'rejected':
      return 'the provider rejected it';
    case 'bad-message':
      return 'the provider did not understand it';
    case 'render-error':
      return 'its template could not be filled in';
    case 'temporary':
      return 'the provider asked to try again later';
    case 'connection':
      return 'the provider could not be reached';
    case 'authentication':
      return 'the provider did not accept our credentials';
    case 'account':
      return 'the provider refused our sender or account';
    case 'no-answer':
      return 'the connection ended before the provider answered';
    case 'unreadable-data':
      return 'a data file that its campaign reads cannot be read';
    case 'late:quiet-hours':
      return 'quiet hours held it until it had expired';
    case 'carrier-error':
      return 'the carrier failed';
    case 'lease-expired':
      return 'the process that was sending it stopped';
    default:
      return reason;
  }
}

/** `suppressed`: the entry of then; absent where it is not known or where there are several. */
function suppressedWords(channel: string, suppressed: SuppressedThen | undefined): string {
  if (!suppressed) return `the customer or the address was suppressed on ${channel}`;
  const { about, reason } = suppressed;
  const whats = { customer: 'the customer', address: 'the address', 'earlier-address': 'the address of then' };
  return `${whats[about]} was suppressed on ${channel} (${reasonWords(reason, about !== 'customer')})`;
}

/** Codes of what broke on a connection, in words. An answer of the provider stays as it is. */
const details: Record<string, string> = {
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
};

/** Returns the carrier's note about a message, in words. */
export function detailWords(detail: string): string {
  const words = details[detail];
  return words === undefined ? detail : `${words}: ${detail}`;
}

/** Returns the reason for which a customer left a campaign, in words. */
export function exitWords(reason: string, exitEvents: string[] = []): string {
  switch (reason) {
    case 'completed':
      return 'the journey is complete';
    case 'control':
      return 'in the control group, which gets nothing';
    case 'exit-event':
      return `${exitEvents.length > 0 ? exitEvents.join(' or ') : 'the exit event'} happened`;
    case 'goal':
      return 'the goal was reached';
    case 'restarted':
      return 'a newer event began the journey anew';
    case 'removed':
      return 'the campaign was removed';
    case 'erased':
      return 'the customer was erased';
    case 'removed-customer':
      return 'no file of customers names the customer any more';
    default:
      return reason;
  }
}
