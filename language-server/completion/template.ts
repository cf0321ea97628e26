import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import type { Project } from '../project.ts';
import type { Choices } from './completion.ts';
import { lengthOf } from './dsl.ts';
import { nameChoices } from './items.ts';

/** Returns the choices in a template: attributes, fields, variables and partials. */
export function completeTemplate(project: Project, { path, text }: SourceFile, offset: number): Choices {
  const before = text.slice(0, offset);
  const open = before.slice(before.lastIndexOf('{{'));
  if (!before.includes('{{') || open.includes('}}')) return { choices: [], start: offset };
  const start = offset - lengthOf(/[\p{L}\p{N}_]*$/u, before);
  if (/\bcustomer\.\w*$/.test(open)) return { choices: nameChoices(project, 'attribute'), start };
  if (/\bvar\.\w*$/.test(open)) return { choices: nameChoices(project, 'variable'), start };
  const event = /\bevent\.\w*$/.test(open) ? project.eventOfTemplate(path) : undefined;
  if (event !== undefined) return { choices: nameChoices(project, 'field', event), start };
  const partial = /^\{\{~?#?>\s*([\w/-]*)$/.exec(open)?.[1];
  if (partial === undefined) return { choices: [], start };
  return { choices: nameChoices(project, 'partial'), start: offset - partial.length };
}
