import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { expectedAt } from '../../spec/names/expected.ts';
import { eventAround } from '../../spec/names/names.ts';
import type { Project } from '../project.ts';
import type { Choices } from './completion.ts';
import { expressionChoices } from './expression.ts';
import { wordChoice } from './items.ts';
import { keyChoices, takesExpression, valueChoices } from './values.ts';

/** Returns the choices in a file of the DSL. */
export function completeDsl(project: Project, { text }: SourceFile, offset: number): Choices {
  const before = text.slice(0, offset);
  const start = offset - lengthOf(/[^\s{}(),"'#]*$/, before);
  const expected = expectedAt(text, start);
  if (!expected) return { choices: [], start };
  const { value, textBefore } = expected;
  const words = expected.words.map(({ word, description }) => wordChoice(word, description));
  if (!value) return { choices: words, start };
  const around = { path: value.path, text: textBefore };
  if (value.part === 'key') {
    // The path leads to a map of keys; the value of a key is found by the path with the key.
    const path = [...value.path, before.slice(start)];
    return { choices: [...keyChoices(project, value.below, { ...around, path }), ...words], start };
  }
  if (takesExpression(value.below)) {
    const event = eventAround(textBefore, value.path);
    const { choices, complete } = expressionChoices(project, text.slice(value.start, offset), event);
    const written = offset - lengthOf(/[\p{L}\p{N}_]*$/u, before);
    const named = offset - lengthOf(/(?<=(?:in\s+segment\s+|(?:reachable|consent)\s*\(\s*))[\p{L}\p{N}_-]*$/u, before);
    return { choices: complete ? [...choices, ...words] : choices, start: Math.min(written, named) };
  }
  const whole = value.kind === 'phrase' ? value.start : start;
  return { choices: [...valueChoices(project, value.below, around), ...words], start: Math.min(whole, start) };
}

export function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}
