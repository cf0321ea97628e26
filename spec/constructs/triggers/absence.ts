import { clause, form, slot } from '../../document/forms.ts';
import { triggerForm } from './form.ts';

const since = form(
  'since',
  'an event to count from',
  () => [slot('event', 'name'), clause('when', 'expression')],
  'event',
);

export const absenceForm = triggerForm(
  'absence',
  'name',
  clause('when', 'expression'),
  clause('for', 'phrase'),
  clause('after', since),
);
