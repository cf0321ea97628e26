import { slot } from '../../document/forms.ts';
import { id, stepForm } from './form.ts';
import { messageForm } from './message.ts';

export const taskForm = () => stepForm('task', () => [slot('task', messageForm), id]);
