import type { TextEdit } from 'vscode-languageserver';
import type { Diagnostic } from '../spec/diagnostic.ts';
import type { Mention } from '../spec/names/mention.ts';
import { scalarChecks } from '../spec/source/scalars.ts';
import { called } from './describe.ts';
import type { Target } from './navigate.ts';
import { rangeIn } from './positions.ts';
import { Project } from './project.ts';

/** A reason, for people, why a name cannot be changed. */
export class Refusal extends Error {}

export interface RenameEdits {
  path: string;
  edits: TextEdit[];
}

/** The name at an offset, if it can be renamed at all. Throws a Refusal where it cannot. */
export function renamable(
  project: Project,
  path: string,
  offset: number,
): (Target & { placeholder: string }) | undefined {
  const name = project.nameAt(path, offset);
  const file = project.file(path);
  if (!name || !file) return undefined;
  if (name.kind === 'template' || name.kind === 'partial') {
    throw new Refusal(`A ${name.kind} is called as its files are: rename those, and then its uses.`);
  }
  if (project.definitionsOf(name).length === 0) throw new Refusal(`There is no ${called[name.kind]} \`${name.name}\`.`);
  return { path, range: rangeIn(file, name.start, name.end), placeholder: name.name };
}

const inExpressions = new Set<Mention['kind']>(['event', 'attribute', 'field', 'variable']);

/** The edits that give a name another one wherever it stands. Throws a Refusal where that cannot be, or would break something. */
export function rename(project: Project, path: string, offset: number, wanted: string): RenameEdits[] {
  if (!renamable(project, path, offset)) throw new Refusal('There is nothing here that could be renamed.');
  const name = project.nameAt(path, offset);
  if (!name || name.name === wanted) return [];
  const complaint = scalarChecks[inExpressions.has(name.kind) ? 'identifier' : 'name']?.(wanted);
  if (complaint) throw new Refusal(`\`${wanted}\` cannot be a name. ${complaint.help}`);
  const [taken] = project.definitionsOf({ ...name, name: wanted });
  if (taken) throw new Refusal(`There is a ${called[name.kind]} \`${wanted}\` already, in ${taken.path}.`);
  const byFile = new Map<string, Mention[]>();
  for (const { path: where, mention } of project.mentionsOf(name)) {
    byFile.set(where, [...(byFile.get(where) ?? []), mention]);
  }
  refuseDamage(project, byFile, wanted);
  return [...byFile].map(([where, mentions]) => ({ path: where, edits: editsOf(project, where, mentions, wanted) }));
}

function editsOf(project: Project, path: string, mentions: readonly Mention[], newText: string): TextEdit[] {
  const file = project.file(path);
  return file ? mentions.map(({ start, end }) => ({ range: rangeIn(file, start, end), newText })) : [];
}

/** Some things hang on a name without naming it: a channel's kind, a template's fields. Whatever would be wrong is said instead. */
function refuseDamage(project: Project, byFile: ReadonlyMap<string, readonly Mention[]>, wanted: string): void {
  const after = new Project(project.root, project.files());
  for (const [path, mentions] of byFile) {
    const text = project.file(path)?.text ?? '';
    after.set(path, replaced(text, mentions, wanted));
  }
  const count = (found: readonly Diagnostic[]) => found.filter(({ severity }) => severity === 'error').length;
  if (count(after.diagnostics()) <= count(project.diagnostics())) return;
  const before = new Set(project.diagnostics().map(({ code, message }) => `${code} ${message}`));
  const damage = after
    .diagnostics()
    .find(({ severity, code, message }) => severity === 'error' && !before.has(`${code} ${message}`));
  const where = damage?.range ? ` (${damage.range.file}, line ${damage.range.start.line})` : '';
  throw new Refusal(
    `With the name \`${wanted}\` something would be wrong: ${damage?.message ?? 'more than now'}${where}.`,
  );
}

function replaced(text: string, mentions: readonly Mention[], wanted: string): string {
  return mentions.toReversed().reduce((now, { start, end }) => now.slice(0, start) + wanted + now.slice(end), text);
}
