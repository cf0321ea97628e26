import type * as written from '../../document/document.generated.ts';
import { slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Task } from '../../model/campaign.ts';
import { t } from '../../words/t.ts';
import { messageAt, messageForm } from './message.ts';
import { id, type StepKind, stepForm } from './step.ts';

/** `task: { call-centre: welcome-call }`: work for the staff. */
export const task: StepKind<Task> = {
  word: 'task',
  form: () => stepForm('task', () => [slot('task', messageForm), id]),
  build(step: Loose<written.TaskStep>, place, walk, id) {
    const message = messageAt(step.task, place.at('task'), walk, 'task');
    return message && { kind: 'task', id, ...message };
  },
  write: (step, id) => ({ ...id, task: { [step.channel]: step.template } }),
  picture: (step) => ({ shape: 'notice', title: t`task for ${step.channel}`, details: [step.template] }),
  carries: 'task',
  sends: (step) => [step],
};
