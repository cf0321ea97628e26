import type { Reaction } from '../../spec/model/campaign.ts';
import type { Spot } from './journey.ts';
import type { Enrolment, Message, Shopper, State } from './state.ts';

/** The untried stage whose channel the customer has answered most, or what follows the cascade. */
export function chosenStage(state: State, enrolment: Enrolment, { stages = [], next }: Spot): Spot | undefined {
  const share = ({ stage }: Spot) => answers(state, enrolment.customer, stage?.channel);
  const [best] = untried(state, enrolment, stages).toSorted((a, b) => share(b) - share(a));
  return best ?? next;
}

function untried({ messages }: State, enrolment: Enrolment, stages: Spot[]): Spot[] {
  const mine = messages.filter((message) => message.enrolment === enrolment);
  return stages.filter(({ id }) => !mine.some(({ step }) => step === id));
}

/** Returns true if the stage of this message, which is there already, is the cascade's last: it waits for nothing. */
export function isLast(state: State, enrolment: Enrolment, { cascade, otherwise, next }: Spot): boolean {
  if (!cascade) return true;
  return otherwise === cascade ? untried(state, enrolment, cascade.stages ?? []).length === 0 : otherwise === next;
}

/** Messages opened or clicked, divided by those sent and one more. */
function answers({ now, messages, reactions }: State, customer: Shopper, channel?: string): number {
  const sent = messages.filter(
    (each) => each.customer === customer && each.channel === channel && each.status === 'sent',
  );
  const answered = sent.filter((message) => reactions.some((each) => each.message === message && each.at <= now));
  return answered.length / (sent.length + 1);
}

const counting: Record<Reaction, string[]> = {
  delivered: ['delivered', 'opened', 'clicked'],
  opened: ['opened', 'clicked'],
  clicked: ['clicked'],
};

/** Returns true if the awaited reaction has arrived by the end of the wait. */
export function reacted({ now, reactions }: State, { stage }: Spot, message: Message, due: number): boolean {
  const kinds = counting[stage?.until ?? 'delivered'];
  return reactions.some(
    ({ message: to, at, kind }) => to === message && at <= Math.min(now, due) && kinds.includes(kind),
  );
}
