import type { Channel } from '../../spec/model/model.ts';
import { consents, sharers, suppressed } from './addresses.ts';
import { fullCap } from './caps.ts';
import { isQuiet, nextTime, zoneOf } from './clock.ts';
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
  if (marketing || policies.quietHours?.transactional) {
    const held = quiet(state, enrolment);
    if (held) return held;
  }
  const cap = marketing && fullCap(state, enrolment, channel.name, sharing);
  return cap ? refuse(`cap:${cap}`, false) : { kind: 'decided' };
}

function quiet(state: State, { customer, campaign, held }: Enrolment): Verdict | undefined {
  const { quietHours } = state.model.policies;
  const zone = zoneOf(state, customer);
  if (!quietHours || !isQuiet(quietHours, zone, state.now)) return undefined;
  if (quietHours.otherwise === 'cancel') return refuse('quiet-hours', false);
  const until = nextTime(zone, state.now, quietHours.to);
  if (until - (held ?? state.now) >= campaign.expires) return { kind: 'expired', reason: 'quiet-hours' };
  return { kind: 'hold', until };
}
