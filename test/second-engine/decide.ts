import type { Channel } from '../../spec/model/model.ts';
import { addressesOf, addressOf } from './addresses.ts';
import { isLast } from './cascade.ts';
import { messageId } from './draw.ts';
import { judge, type Verdict } from './gates.ts';
import { go } from './moves.ts';
import type { Enrolment, State } from './state.ts';

/**
 * A round: one candidate of each customer is judged by what was decided before the round. Of those that pass, one waits for
 * the next round if the message of an earlier one goes to an address of its customer. Returns false if nobody is at a sending step.
 */
export function judgeCandidates(state: State): boolean {
  const line = state.enrolments.filter((each) => isCandidate(state, each)).toSorted(earlier(state));
  const firsts = line.filter((each) => line.find(({ customer }) => customer === each.customer) === each);
  const passing = firsts.filter((enrolment) => passes(state, enrolment));
  const decided = passing.filter((each, i) => !passing.slice(0, i).some((other) => reaches(state, other, each)));
  for (const enrolment of decided) settle(state, enrolment, { kind: 'decided' });
  return line.length > 0;
}

/** Orders candidates: webhooks and tasks first, then the higher priority, then who entered earlier, then the lower number. */
function earlier(state: State) {
  const { enrolments } = state;
  const free = (each: Enrolment) => Number(!channelOf(state, each).address);
  return (a: Enrolment, b: Enrolment) =>
    free(b) - free(a) ||
    b.campaign.priority - a.campaign.priority ||
    a.entered - b.entered ||
    enrolments.indexOf(a) - enrolments.indexOf(b);
}

/** Returns true if a message for the enrolment's spot is to be decided now. */
export function isCandidate({ now }: State, { spot, message, due }: Enrolment): boolean {
  const sends =
    spot && (spot.stage || spot.step.kind === 'send' || spot.step.kind === 'webhook' || spot.step.kind === 'task');
  return Boolean(sends) && !message && (due === undefined || due <= now);
}

function channelOf({ model }: State, { spot }: Enrolment): Channel {
  const sending = spot?.stage ?? spot?.step;
  const found = model.channels.find(({ name }) => sending && 'channel' in sending && name === sending.channel);
  if (!found) throw new Error(`${spot?.id} has no channel`);
  return found;
}

/** Judges a candidate; refused by what is known of the customer, it goes on to the send that follows at once. */
function passes(state: State, enrolment: Enrolment): boolean {
  for (;;) {
    const verdict = judge(state, enrolment, channelOf(state, enrolment));
    if (verdict.kind === 'decided') return true;
    settle(state, enrolment, verdict);
    const falls = verdict.kind === 'suppressed' && verdict.known;
    if (!falls || !isCandidate(state, enrolment)) return false;
  }
}

/** Returns true if both are marketing, and the message of the one goes to an address that the other's customer has. */
function reaches(state: State, one: Enrolment, other: Enrolment): boolean {
  const address = addressOf(state, one.customer, channelOf(state, one));
  const marketing = [one, other].every(({ campaign }) => campaign.category === 'marketing');
  return marketing && address !== undefined && addressesOf(state, other.customer).includes(address);
}

/** Records what became of a candidate, and where its enrolment goes. */
function settle(state: State, enrolment: Enrolment, verdict: Verdict): void {
  const { spot, campaign, customer } = enrolment;
  if (verdict.kind === 'hold') {
    enrolment.held ??= state.now;
    enrolment.due = verdict.until;
    return;
  }
  if (!spot) return;
  const channel = channelOf(state, enrolment);
  const address = addressOf(state, customer, channel);
  const message = {
    id: messageId(enrolment, spot.whole ?? spot.id, channel.name),
    enrolment,
    customer,
    campaign,
    step: spot.id,
    send: spot.whole ?? spot.id,
    channel: channel.name,
    ...(address !== undefined && { address }),
    status: verdict.kind,
    ...('reason' in verdict && { reason: verdict.reason }),
    decided: state.now,
    expires: (enrolment.held ?? state.now) + campaign.expires,
  };
  state.messages.push(message);
  if (verdict.kind !== 'decided') go(state, enrolment, spot.otherwise);
  else if (!spot.stage?.within || isLast(state, enrolment, spot)) go(state, enrolment, spot.next);
  else Object.assign(enrolment, { message, due: state.now + spot.stage.within });
}
