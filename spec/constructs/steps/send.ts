import { slot } from '../../document/forms.ts';
import { id, stepForm } from './form.ts';
import { messageForm } from './message.ts';

export const sendForm = () => stepForm('send', () => [slot('send', messageForm), id]);
