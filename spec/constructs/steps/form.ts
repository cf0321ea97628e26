import { clause, form, type Items, type Part, type Step } from '../../document/forms.ts';

/** The lists of steps that the form of a step may hold. */
export interface StepLists {
  steps: Items;
  /** The same behind `else`, where `if` may follow without braces. */
  otherwise: Items;
}

export const id = clause('as', 'name', 'id');

/** A step in the DSL, begun by its word. */
export const stepForm = (word: string, parts: () => Part[]): Step => ({
  word,
  form: form(`${word}_step`, `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word} step`, parts),
});
