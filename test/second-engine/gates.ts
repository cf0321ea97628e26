import type { Channel } from '../../spec/model/model.ts';
import { addressOf, consents, sharers, suppressed } from './addresses.ts';
import { fullCap } from './caps.ts';
import { firstAfter, isQuiet, zoneOf } from './clock.ts';
import { heldOut } from './draw.ts';
import type { Enrolment, State } from './state.ts';

export type Verdict =
  | { kind: 'decided' }
  /** `known`: what is known of the customer refuses it, not the hour or a cap. */
  | { kind: 'suppressed'; reason: string; known: boolean }
  | { kind: 'expired'; reason: string }
  | { kind: 'hold'; until: number };

const refuse = (reason: string, known = true): Verdict => ({ kind: 'suppressed', reason, known });

/** Asks the gates in their order; the first that holds gives the reason. */
export function judge(state: State, enrolment: Enrolment, channel: Channel): Verdict {
  const { customer, campaign } = enrolment;
  const { holdouts, policies } = state.model;
  const marketing = campaign.category === 'marketing';
  if (suppressed(state, customer, channel)) return refuse('suppressed');
  if (channel.kind === 'webhook' || channel.kind === 'task') return { kind: 'decided' };
  if (marketing && !consents(state, customer, channel)) return refuse('no-consent');
  const sharing = sharers(state, customer, channel);
  const [smallest] = sharing.map(({ id }) => id).toSorted();
  if (smallest === undefined) return refuse('no-address');
  const holdout = holdouts.find((each) => (each.campaigns?.includes(campaign.name) ?? true) && heldOut(each, smallest));
  if (marketing && holdout) return refuse(`holdout:${holdout.name}`);
  if (marketing && copied(state, enrolment, channel)) return refuse('same-address');
  if (marketing || policies.quietHours?.transactional) {
    const held = quiet(state, enrolment);
    if (held) return held;
  }
  const cap = marketing && fullCap(state, enrolment, channel.name);
  return cap ? refuse(`cap:${cap}`, false) : { kind: 'decided' };
}

/** Returns true if another customer has got the step's message at the address, and could not have entered again by now. */
function copied(state: State, { customer, campaign, spot, occurrence }: Enrolment, channel: Channel): boolean {
  const address = addressOf(state, customer, channel);
  const others = state.messages.filter(
    (message) =>
      message.address === address &&
      message.customer !== customer &&
      message.campaign.name === campaign.name &&
      message.send === (spot?.whole ?? spot?.id) &&
      message.channel === channel.name &&
      (message.status === 'decided' || message.status === 'sent'),
  );
  const { reenter } = campaign;
  return others.some(({ decided, enrolment }) => {
    if (reenter.kind === 'never') return true;
    if (reenter.kind === 'after') return state.now - decided < reenter.ms;
    return decided === state.now || enrolment.occurrence === occurrence;
  });
}

function quiet(state: State, { customer, campaign, held = state.now }: Enrolment): Verdict | undefined {
  const { project, policies } = state.model;
  const { quietHours } = policies;
  const zone = zoneOf(state, customer);
  const quietNow = quietHours && isQuiet(quietHours, zone, state.now);
  if (quietNow && quietHours.otherwise === 'cancel') return refuse('quiet-hours', false);
  const until = quietNow ? firstAfter(state.now, (instant) => !isQuiet(quietHours, zone, instant)) : state.now;
  const leaves = quietNow ? Math.ceil(until / project.tick) * project.tick : state.now;
  if (leaves >= held + campaign.expires) return { kind: 'expired', reason: 'quiet-hours' };
  return quietNow ? { kind: 'hold', until } : undefined;
}
