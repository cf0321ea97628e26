import { clause } from '../../document/forms.ts';
import { triggerForm } from './form.ts';

export const dateForm = triggerForm(
  'date',
  'name',
  clause('at', 'name'),
  clause('offset', 'phrase'),
  clause('every', 'name'),
  clause('leap_day', 'phrase'),
);
