import { expect, test } from 'vitest';
import { definitionOf, referenceOf } from '../document/schema.ts';
import { stepsForm } from './steps/index.ts';
import { triggersForm } from './triggers/index.ts';

/** Returns the keys that begin the alternatives of a definition. */
function wordsOf(definition: string): string[] {
  const branches = definitionOf(definition).oneOf ?? [];
  return branches.map((branch) => definitionOf(referenceOf(branch) ?? '').required?.[0] ?? '');
}

test('every step and every trigger of the schema has its statement in the DSL', () => {
  expect((stepsForm.of() as { word: string }[]).map(({ word }) => word)).toEqual(wordsOf('step'));
  expect(triggersForm.of().map(({ word }) => word)).toEqual(wordsOf('trigger'));
});
