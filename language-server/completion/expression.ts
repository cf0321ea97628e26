import { CompletionItemKind } from 'vscode-languageserver';
import { functionNames } from '../../spec/expression/operators/registry.ts';
import { expectedInExpression } from '../../spec/names/expected-in-expression.ts';
import type { Project } from '../project.ts';
import { type Choice, leadingChoice, nameChoices, wordChoice } from './items.ts';

const owners = new Set(['event', 'customer', 'rfm']);

/** Returns the choices that continue an expression. `complete`: includes those that may follow a complete one. */
export function expressionChoices(
  project: Project,
  text: string,
  event: string | undefined,
): { choices: Choice[]; complete: boolean } {
  const { names, words, complete } = expectedInExpression(text, event);
  const choices = [
    ...names.flatMap(({ kind, owner }) => nameChoices(project, kind, owner).map(kind === 'variable' ? withSign : own)),
    ...words.map((word) => choiceOf(word)),
  ];
  return { choices, complete };
}

/** Adds the sign of a variable, which is written `$name`. */
function withSign(choice: Choice): Choice {
  return { ...choice, label: `$${choice.label}`, sortText: `1${choice.label}` };
}

function own(choice: Choice): Choice {
  return choice;
}

function choiceOf(word: string): Choice {
  if (functionNames.has(word)) return { ...leadingChoice(word, `${word}(`), kind: CompletionItemKind.Function };
  if (owners.has(word)) return { ...leadingChoice(word, `${word}.`), kind: CompletionItemKind.Variable };
  return wordChoice(word);
}
