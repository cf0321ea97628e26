import { clause } from '../../document/forms.ts';
import { triggerForm } from './form.ts';

export const eventForm = triggerForm('event', 'name', clause('when', 'expression'), clause('restart', 'flag'));
