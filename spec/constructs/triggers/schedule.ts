import { clause } from '../../document/forms.ts';
import { triggerForm } from './form.ts';

export const scheduleForm = triggerForm('schedule', 'phrase', clause('zone', 'name'));
