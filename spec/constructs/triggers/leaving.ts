import { triggerForm } from './form.ts';

export const leavingForm = triggerForm('leaves', 'name');
