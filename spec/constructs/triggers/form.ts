import { form, type Part, type Step, slot, type Value } from '../../document/forms.ts';

/** A trigger in the DSL, begun by its word. */
export const triggerForm = (word: string, value: Value, ...more: Part[]): Step => ({
  word,
  form: form(`${word}_trigger`, 'a trigger', () => [slot(word, value), ...more]),
});
