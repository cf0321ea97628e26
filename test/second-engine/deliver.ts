import { bucket } from '../bucket.ts';
import { isGuarded, unsubscribing, type World } from '../random-world.ts';
import { hour, minute } from '../world.ts';
import { isPaused } from './pause.ts';
import type { Message, State } from './state.ts';

/** Stands in for the carriers: everything is sent at once where there is no trouble, and answered as the world has it. */
export function deliver(state: State, { engagement, trouble }: World): void {
  const { now } = state;
  if (now >= trouble.at - trouble.silence && now < trouble.at) return;
  for (const message of state.messages.filter(({ status }) => status === 'decided')) {
    if (isPaused(state, message.campaign, message.channel)) {
      if (message.expires <= now) expire(state, message);
      continue;
    }
    Object.assign(message, { status: 'sent', sent: now });
    if (
      isGuarded(state.model) &&
      message.channel !== 'crm' &&
      bucket(`unsubscribes/${message.id}`) < unsubscribing.share
    )
      state.unsubscriptions.push({ message, at: now + unsubscribing.after });
    const { open, click } = engagement[message.channel] ?? { open: 0, click: 0 };
    const draw = (what: string) => bucket(`test/${what}/${message.id}`);
    const delay = (what: string) => minute + Math.round(draw(what) ** 3 * 12 * hour);
    const opened = now + delay('opens after');
    if (draw('reacts') < Math.max(open, click)) state.reactions.push({ message, kind: 'opened', at: opened });
    if (draw('reacts') < click) state.reactions.push({ message, kind: 'clicked', at: opened + delay('clicks after') });
  }
}

/** Ends the wait for an answer to the message. */
function expire({ now }: State, message: Message): void {
  Object.assign(message, { status: 'expired', reason: 'late:paused' });
  const { enrolment } = message;
  if (enrolment.message === message && !enrolment.ended) enrolment.due = now;
}
