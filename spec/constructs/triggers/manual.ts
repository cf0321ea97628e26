import { triggerForm } from './form.ts';

export const manualForm = triggerForm('launch', 'name');
