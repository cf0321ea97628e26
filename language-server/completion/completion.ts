import type { CompletionItem } from 'vscode-languageserver';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { rangeIn } from '../positions.ts';
import type { Project } from '../project.ts';
import { completeDsl } from './dsl.ts';
import { type Choice, nameChoices } from './items.ts';
import { completeTemplate } from './template.ts';
import { completeYaml } from './yaml.ts';

/** The choices at a position. */
export interface Choices {
  choices: Choice[];
  /** The start of the text that a choice replaces; the text ends with the word. */
  start: number;
}

/** Returns the choices at an offset of a file, which may have errors. */
export function complete(project: Project, path: string, offset: number): CompletionItem[] {
  const file = project.file(path);
  if (!file) return [];
  const { choices, start } = choicesAt(project, file, offset);
  const tail = /^[\p{L}\p{N}_-]*/u.exec(file.text.slice(offset))?.[0].length ?? 0;
  const range = rangeIn(file, start, offset + tail);
  const seen = new Set<string>();
  // Editors sort by `sortText`; other clients keep the order of the list.
  const sorted = choices.toSorted((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
  return sorted.flatMap(({ insert, ...choice }) => {
    if (seen.has(choice.label)) return [];
    seen.add(choice.label);
    return [{ ...choice, textEdit: { range, newText: insert ?? choice.label } }];
  });
}

function choicesAt(project: Project, file: SourceFile, offset: number): Choices {
  const variable = /\$(\w*)$/.exec(file.text.slice(0, offset))?.[1];
  if (variable !== undefined) return { choices: nameChoices(project, 'variable'), start: offset - variable.length };
  if (file.path.endsWith('.crm')) return completeDsl(project, file, offset);
  if (file.path.endsWith('.hbs')) return completeTemplate(project, file, offset);
  return completeYaml(project, file, offset);
}
