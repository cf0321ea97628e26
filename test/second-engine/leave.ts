import type { EventMatch } from '../../spec/model/campaign.ts';
import { evaluate } from '../interpreter/evaluate.ts';
import { stop } from './moves.ts';
import { type Enrolment, type Event, ground, type State } from './state.ts';
import { matches } from './triggers.ts';

/** Ends journeys by exit events and goals. */
export function leave(state: State, enrolments = state.enrolments): void {
  for (const enrolment of enrolments) {
    const { campaign, customer, started } = enrolment;
    const { goal } = campaign;
    const exit = campaign.exit.some((match) => found(state, enrolment, match).length > 0);
    const [event] = goal ? found(state, enrolment, goal).filter(({ at }) => at <= started + goal.within) : [];
    const scored = goal && event && !enrolment.goal && enrolment.ended?.reason !== 'restarted';
    if (scored) {
      const value = goal.value && evaluate(goal.value, { ground: ground(state), customer, trigger: event });
      enrolment.goal = { at: event.at, value: value === undefined ? undefined : Number(value) };
    }
    if (exit) stop(state, enrolment, 'exit-event');
    else if (scored) stop(state, enrolment, 'goal');
  }
}

/** Events since the start that this tick brought; of those who have just entered or are taken up again, the earlier ones too. The first by time first. */
function found(state: State, { customer, started, entered, resumed, event }: Enrolment, match: EventMatch): Event[] {
  const all = entered === state.now || resumed === state.now ? (state.events[match.event] ?? []) : state.news;
  return all
    .filter(
      (each) =>
        each.customer === customer.customer && each.at >= started && each !== event && matches(state, match, each),
    )
    .toSorted((a, b) => a.at - b.at || a.seq - b.seq);
}
