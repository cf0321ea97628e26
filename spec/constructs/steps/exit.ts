import { optional } from '../../document/forms.ts';
import { id, stepForm } from './form.ts';

export const exitForm = () => stepForm('exit', () => [optional('exit', 'name'), id]);
