import type { Campaign } from '../../spec/model/campaign.ts';
import { holds } from '../interpreter/evaluate.ts';
import { leave } from './leave.ts';
import { go, stop } from './moves.ts';
import { isLetIn, versionOf } from './rollouts.ts';
import { type Enrolment, ground, type State } from './state.ts';
import { type Call, calls, order } from './triggers.ts';

/** The name of the campaign decides who enters first, then who became known earlier. */
export function enter(state: State, launches: number[]): void {
  const applied = state.model.campaigns.filter(({ name }) => state.active.has(name));
  for (const campaign of applied.toSorted((a, b) => order(a.name, b.name))) {
    const line = calls(state, campaign, campaign.name === 'a' ? launches : []);
    const entered = ({ customer }: Call) => versionOf(state, campaign, customer.id);
    if (campaign.on.kind === 'event' && campaign.on.restart)
      for (const call of line) if (mayRestart(state, entered(call), call)) state.restarts.push([entered(call), call]);
    const admitted = line.filter((call) => mayEnter(state, entered(call), call));
    for (const call of admitted.toSorted((a, b) => a.customer.customer - b.customer.customer))
      enrol(state, entered(call), call);
  }
}

/** `campaign`: the version that the customer would enter. */
function mayEnter(state: State, campaign: Campaign, { customer, occurrence }: Call): boolean {
  const past = state.enrolments.filter((each) => each.campaign.name === campaign.name && each.customer === customer);
  if (past.some((each) => each.occurrence === occurrence || !each.ended)) return false;
  if (campaign.reenter.kind === 'never' && past.length > 0) return false;
  if (campaign.reenter.kind === 'after') {
    const { ms } = campaign.reenter;
    if (past.some(({ entered }) => state.now - entered < ms)) return false;
  }
  if (!isLetIn(state, campaign, customer.id)) return false;
  return !campaign.audience || holds(campaign.audience, { ground: ground(state), customer });
}

/** The customer is inside, by an event that is not newer, and has not entered by this one. */
function mayRestart(state: State, campaign: Campaign, { customer, occurrence, started }: Call): boolean {
  const past = state.enrolments.filter((each) => each.campaign.name === campaign.name && each.customer === customer);
  const inside = past.some((each) => !each.ended && each.started <= started);
  if (!inside || past.some((each) => each.occurrence === occurrence)) return false;
  if (!isLetIn(state, campaign, customer.id)) return false;
  return !campaign.audience || holds(campaign.audience, { ground: ground(state), customer });
}

/** Restarts the journey of a customer who is still inside, unless an exit or goal has happened since the new beginning. */
export function restart(state: State): void {
  const line = state.restarts.splice(0);
  const begun = line.toSorted(
    ([a, one], [b, other]) => order(a.name, b.name) || one.customer.customer - other.customer.customer,
  );
  for (const [campaign, call] of begun) {
    const inside = state.enrolments.find(
      (each) => each.campaign.name === campaign.name && each.customer === call.customer && !each.ended,
    );
    if (!inside) continue;
    stop(state, inside, 'restarted');
    enrol(state, campaign, call);
    leave(state, state.enrolments.slice(-1));
  }
}

function enrol(state: State, campaign: Campaign, call: Call): void {
  const enrolment: Enrolment = { ...call, campaign, entered: state.now, arrived: state.now };
  state.enrolments.push(enrolment);
  go(state, enrolment, state.first.get(campaign));
}
