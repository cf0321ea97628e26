import { later } from '../words/t.ts';

/** The statuses of a message, in the order of reports. Documentation is lower-case, as in a table. */
export const messageStatuses = {
  decided: { fate: 'waiting', documentation: 'waits to leave' },
  sent: { fate: 'sent', documentation: 'the provider has accepted it' },
  failed: { fate: 'failed', documentation: 'it will not be tried again' },
  unknown: { fate: 'unknown', documentation: 'handed over, and the answer was lost' },
  suppressed: { fate: 'refused', documentation: 'refused by a gate, or cancelled' },
  expired: { fate: 'refused', documentation: 'older than the campaign’s `expires` before it could leave' },
} as const;

export type MessageStatus = keyof typeof messageStatuses;

/** A message with one of these statuses counts for caps and as a copy: it was sent, or may still be. */
export const countedStatuses = ['decided', 'sent', 'unknown'] as const satisfies MessageStatus[];

/** The gates, in their order. The first that holds gives the reason; `holdout` and `cap` go before a name: `cap:daily`. */
export const allGates = [
  'suppressed',
  'no-consent',
  'no-address',
  'holdout',
  'same-address',
  'quiet-hours',
  'cap',
] as const;

export type Gate = (typeof allGates)[number];

/** `words`: finishes "not sent: …". By status: what it means there, for the documentation. */
type Reason = { words: string } & Partial<Record<MessageStatus, string>>;

const reasons = {
  temporary: {
    words: later`the provider asked to try again later`,
    decided: 'the provider could not take it; tried again after half a minute, then twice as long, up to 15 minutes',
  },
  connection: {
    words: later`the provider could not be reached`,
    decided: 'there was no connection to the provider; tried again likewise',
  },
  authentication: {
    words: later`the provider did not accept our credentials`,
    decided: 'the provider refuses our login; tried again likewise',
  },
  account: {
    words: later`the provider refused our sender or account`,
    decided: 'the provider refuses our sender or account; tried again likewise',
  },
  'unreadable-data': {
    words: later`a data file that its campaign reads cannot be read`,
    decided: 'a [data file](data.md#data-that-cannot-be-read) that its campaign reads cannot be read',
  },
  'lease-expired': {
    words: later`the process that was sending it stopped`,
    decided: 'its worker is gone, and it is sent again',
    unknown: 'its worker is gone, and may have sent it',
  },
  'no-answer': {
    words: later`the connection ended before the provider answered`,
    decided: 'its command was ended before the answer came, and it is sent again',
    unknown: 'the connection ended before the answer came',
  },
  'carrier-error': {
    words: later`the carrier failed`,
    unknown: 'the carrier failed after the message was handed over',
  },
  bounced: {
    words: later`the address does not exist or does not take mail (bounced)`,
    failed: 'there is no such mailbox; the customer is suppressed on the channel',
  },
  rejected: { words: later`the provider rejected it`, failed: 'the provider refused the message' },
  'bad-message': { words: later`the provider did not understand it`, failed: 'the provider did not understand it' },
  'render-error': { words: later`its template could not be filled in`, failed: 'the template could not be filled in' },
  suppressed: {
    words: later`the customer or the address was suppressed on the channel`,
    suppressed: 'bounced, complained, or on the list of suppressions',
  },
  'no-consent': { words: later`no consent for the channel`, suppressed: 'no consent for the channel' },
  'no-address': {
    words: later`no valid address for the channel`,
    suppressed: 'no valid address for the channel',
    failed: 'the address was gone when the message was rendered',
  },
  'same-address': {
    words: later`another customer with the same address has been sent it`,
    suppressed: 'another customer with this address has been sent it',
  },
  'quiet-hours': {
    words: later`it fell into quiet hours`,
    decided: 'was not out before they began',
    suppressed: 'quiet hours, under `otherwise: cancel`',
    expired: 'would have expired before quiet hours are over',
  },
  superseded: {
    words: later`the journey had gone on without it`,
    suppressed: 'the cascade had gone on before it left',
  },
  'exit-event': {
    words: later`the exit event happened before it left`,
    suppressed: 'the exit event ended the journey before it left',
  },
  goal: {
    words: later`the goal was reached before it left`,
    suppressed: 'the goal ended the journey before it left',
  },
  restarted: {
    words: later`a newer event began the journey anew before it left`,
    suppressed: 'a newer event began the journey anew before it left',
  },
  replaced: {
    words: later`another version of the campaign, which does not send it, was applied before it left`,
    suppressed: 'another version of its campaign was applied ([`in_flight`](changes-in-flight.md))',
  },
  removed: { words: later`the campaign was removed before it left`, suppressed: 'its campaign was removed' },
  recalled: {
    words: later`the campaign was recalled before it left`,
    suppressed: 'its campaign was [recalled](after-apply.md#recalling-a-mailing)',
  },
  'removed-customer': {
    words: later`no file of customers names the customer any more`,
    suppressed: 'no file of customers [names](data.md#files-that-name-every-customer) the customer any more',
  },
  erased: {
    words: later`the customer was erased before it left`,
    suppressed: 'the customer was [erased](data.md#erasing-a-customer)',
  },
  late: {
    words: later`it was too late: the message had expired`,
    expired: 'it was not out in time',
  },
  'late:quiet-hours': {
    words: later`quiet hours held it until it had expired`,
    expired: 'quiet hours held it until then',
  },
  'late:paused': { words: later`it was paused until it had expired`, expired: 'a pause held it until then' },
} as const satisfies Record<string, Reason>;

/** A reason of a message's status, but for hold-outs and caps, which have names. */
export type FixedReason = keyof typeof reasons;
export type MessageReason = FixedReason | `holdout:${string}` | `cap:${string}`;

export const messageReasons: Readonly<Record<FixedReason, Reason>> = reasons;

/** The reasons that have a name, as in the documentation. */
export const namedReasons = {
  'holdout:<name>': { suppressed: 'that hold-out keeps the customer from marketing' },
  'cap:<name>': { suppressed: 'that cap was full' },
} as const satisfies Record<string, Partial<Record<MessageStatus, string>>>;

export function isFixedReason(text: string): text is FixedReason {
  return Object.hasOwn(reasons, text);
}

/** The statuses of an enrolment. */
export const enrolmentStatuses = ['active', 'ended'] as const;

export type EnrolmentStatus = (typeof enrolmentStatuses)[number];

/** The reasons for which a customer leaves a campaign; an `exit` step can name another one. */
export const exitReasons = {
  completed: { words: later`the journey is complete`, documentation: 'the customer has passed the last step' },
  control: {
    words: later`in the control group, which gets nothing`,
    documentation: 'the customer came into the arm that gets nothing',
  },
  'exit-event': { words: later`the exit event happened`, documentation: 'an exit event happened' },
  goal: { words: later`the goal was reached`, documentation: 'the event of the goal happened in time' },
  restarted: {
    words: later`a newer event began the journey anew`,
    documentation: 'a newer event began the journey [anew](#beginning-anew)',
  },
  replaced: {
    words: later`another version of the campaign was applied`,
    documentation:
      'another version of the campaign was applied, and the journey could not go on or was not to ([`in_flight`](changes-in-flight.md))',
  },
  removed: { words: later`the campaign was removed`, documentation: 'the campaign was removed' },
  'removed-customer': {
    words: later`no file of customers names the customer any more`,
    documentation: 'no file of customers [names](data.md#files-that-name-every-customer) the customer any more',
  },
  erased: {
    words: later`the customer was erased`,
    documentation: 'the customer was [erased](data.md#erasing-a-customer)',
  },
} as const;

export type ExitReason = keyof typeof exitReasons;

export function isExitReason(text: string): text is ExitReason {
  return Object.hasOwn(exitReasons, text);
}

/** Returns true if leaving for this reason cancels the customer's messages; other reasons only end the journey. */
export function cancelsMessages(reason: string): reason is ExitReason & FixedReason {
  return isExitReason(reason) && isFixedReason(reason);
}
