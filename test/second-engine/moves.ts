import type { Spot } from './journey.ts';
import type { Enrolment, State } from './state.ts';

/** Leads an enrolment to a spot; where there is none, it is completed. */
export function go(state: State, enrolment: Enrolment, to: Spot | undefined): void {
  delete enrolment.due;
  delete enrolment.held;
  delete enrolment.message;
  delete enrolment.noticed;
  enrolment.arrived = state.now;
  if (to) enrolment.spot = to;
  else end(state, enrolment, 'completed');
}

/** Ends a journey; what it has decided still leaves. */
export function end({ now }: Pick<State, 'now'>, enrolment: Enrolment, reason: string): void {
  enrolment.ended = { at: now, reason };
  delete enrolment.spot;
  delete enrolment.due;
}

/** Ends a journey, and cancels what it has decided. */
export function stop(state: State, enrolment: Enrolment, reason: string): void {
  if (!enrolment.ended) end(state, enrolment, reason);
  for (const message of state.messages)
    if (message.enrolment === enrolment && message.status === 'decided')
      Object.assign(message, { status: 'suppressed', reason });
}
