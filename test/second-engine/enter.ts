import type { Campaign } from '../../spec/model/campaign.ts';
import { holds } from '../interpreter/evaluate.ts';
import { minute } from '../world.ts';
import { local } from './clock.ts';
import { go } from './moves.ts';
import { type Enrolment, ground, type Shopper, type State } from './state.ts';
import { type Call, calls, order } from './triggers.ts';

/** Asks who is in the segments that a campaign watches, at the first tick and when the interval is over. */
export function refresh(state: State): void {
  state.changes.clear();
  const { campaigns, segments } = state.model;
  const watched = segments.filter(({ name }) =>
    campaigns.some(({ on }) => (on.kind === 'segment' || on.kind === 'leaving') && on.segment === name),
  );
  for (const segment of watched) {
    const old = state.members.get(segment.name);
    if (old && !isDue(state)) continue;
    const isMember = (customer: Shopper) =>
      'where' in segment
        ? holds(segment.where, { ground: ground(state), customer })
        : customer.lists.includes(segment.name);
    const members = new Set(state.customers.filter(isMember));
    const came = [...members].filter((customer) => !old?.has(customer));
    const left = [...(old ?? [])].filter((customer) => !members.has(customer));
    state.members.set(segment.name, members);
    state.changes.set(segment.name, { first: !old, came, left });
  }
}

/** Returns true if the project's clock has come to a multiple of the interval since the tick before, or leapt over one. */
function isDue({ model, now, before = now }: State): boolean {
  const { timezone, refresh } = model.project;
  for (let instant = before + minute; instant <= now; instant += minute) {
    const [wall, last] = [local(timezone, instant), local(timezone, instant - minute)];
    if (wall % refresh === 0 || Math.floor(wall / refresh) > Math.floor(last / refresh)) return true;
  }
  return false;
}

/** The name of the campaign decides who enters first, then who became known earlier. */
export function enter(state: State, launches: number[]): void {
  for (const campaign of state.model.campaigns.toSorted((a, b) => order(a.name, b.name))) {
    const line = calls(state, campaign, campaign.name === 'a' ? launches : []);
    const admitted = line.filter((call) => mayEnter(state, campaign, call));
    for (const call of admitted.toSorted((a, b) => a.customer.customer - b.customer.customer))
      enrol(state, campaign, call);
  }
}

function mayEnter(state: State, campaign: Campaign, { customer, occurrence }: Call): boolean {
  const past = state.enrolments.filter((each) => each.campaign === campaign && each.customer === customer);
  if (past.some((each) => each.occurrence === occurrence || !each.ended)) return false;
  if (campaign.reenter.kind === 'never' && past.length > 0) return false;
  if (campaign.reenter.kind === 'after') {
    const { ms } = campaign.reenter;
    if (past.some(({ entered }) => state.now - entered < ms)) return false;
  }
  return !campaign.audience || holds(campaign.audience, { ground: ground(state), customer });
}

function enrol(state: State, campaign: Campaign, call: Call): void {
  const enrolment: Enrolment = { ...call, campaign, entered: state.now, arrived: state.now };
  state.enrolments.push(enrolment);
  go(state, enrolment, state.first.get(campaign.name));
}
