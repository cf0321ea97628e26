import type * as written from '../../document/document.generated.ts';
import { slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Send } from '../../model/campaign.ts';
import { messageAt, messageForm } from './message.ts';
import { id, type StepKind, stepForm } from './step.ts';

/** `send: { email: cart/reminder }`. */
export const send: StepKind<Send> = {
  word: 'send',
  form: () => stepForm('send', () => [slot('send', messageForm), id]),
  build(step: Loose<written.SendStep>, place, walk, id) {
    const message = messageAt(step.send, place.at('send'), walk, 'message');
    return message && { kind: 'send', id, ...message };
  },
  write: (step, id) => ({ ...id, send: { [step.channel]: step.template } }),
  picture: (step) => ({ shape: 'message', title: step.channel, details: [step.template] }),
  carries: 'message',
  sends: (step) => [step],
};
