import type { Channel } from '../../spec/model/model.ts';
import { addressOf } from './addresses.ts';
import { isLast } from './cascade.ts';
import { messageId } from './draw.ts';
import { judge } from './gates.ts';
import { go } from './moves.ts';
import type { Enrolment, Message, State } from './state.ts';

/** A round: judges one candidate of each customer. Returns false if nobody is at a sending step. */
export function judgeCandidates(state: State): boolean {
  const line = state.enrolments.filter((each) => isCandidate(state, each)).toSorted(earlier(state));
  const firsts = line.filter((each) => line.find(({ customer }) => customer === each.customer) === each);
  for (const enrolment of firsts) while (refusedAsKnown(state, enrolment) && isCandidate(state, enrolment));
  return line.length > 0;
}

/** Webhooks and tasks come first, then the higher priority, then who entered earlier, then the lower number. */
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

/** Judges a candidate. Returns true if what is known of the customer refuses it: then the send that follows is judged at once. */
function refusedAsKnown(state: State, enrolment: Enrolment): boolean {
  const { spot, campaign, customer } = enrolment;
  if (!spot) return false;
  const channel = channelOf(state, enrolment);
  const verdict = judge(state, enrolment, channel);
  if (verdict.kind === 'hold') {
    enrolment.held ??= state.now;
    enrolment.due = verdict.until;
    return false;
  }
  const address = addressOf(state, customer, channel);
  const message: Message = {
    id: messageId(enrolment, spot.id, channel.name),
    enrolment,
    customer,
    campaign,
    step: spot.id,
    channel: channel.name,
    ...(address !== undefined && { address }),
    status: verdict.kind,
    ...('reason' in verdict && { reason: verdict.reason }),
    decided: state.now,
  };
  state.messages.push(message);
  if (message.status !== 'decided') go(state, enrolment, spot.otherwise);
  else if (!spot.stage?.within || isLast(state, enrolment, spot)) go(state, enrolment, spot.next);
  else Object.assign(enrolment, { message, due: state.now + spot.stage.within });
  return verdict.kind === 'suppressed' && verdict.known;
}
