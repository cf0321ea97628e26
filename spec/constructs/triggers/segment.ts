import { clause } from '../../document/forms.ts';
import { triggerForm } from './form.ts';

export const segmentForm = triggerForm('enters', 'name', clause('existing', 'flag'));
