import { clause, slot } from '../../document/forms.ts';
import { id, type StepLists, stepForm } from './form.ts';

export const ifForm = ({ steps, otherwise }: StepLists) =>
  stepForm('if', () => [slot('if', 'expression'), id, slot('then', steps), clause('else', otherwise)]);
