import type { TextEdit } from 'vscode-languageserver';
import { isMap, isScalar } from 'yaml';
import type { Diagnostic } from '../spec/diagnostics/diagnostic.ts';
import { scalarChecks } from '../spec/document/scalars.ts';
import type { Definition, Mention } from '../spec/names/mention.ts';
import { nodeAt, pairsOf, treeOf } from '../spec/names/tree.ts';
import { t } from '../spec/words/t.ts';
import { kindWord } from './describe.ts';
import type { Target } from './navigate.ts';
import { rangeIn } from './positions.ts';
import { type Located, Project } from './project.ts';

/** The reason why a name cannot be changed, for people. */
export class Refusal extends Error {}

export interface RenameEdits {
  path: string;
  edits: TextEdit[];
}

/** Returns the name at an offset. Throws a Refusal if it cannot be renamed. */
export function renamable(
  project: Project,
  path: string,
  offset: number,
): (Target & { placeholder: string }) | undefined {
  const name = project.nameAt(path, offset);
  const file = project.file(path);
  if (!name || !file) return undefined;
  if (name.kind === 'template' || name.kind === 'partial') {
    throw new Refusal(t`A ${kindWord(name.kind)} is called as its files are: rename those, and then its uses.`);
  }
  if (project.definitionsOf(name).length === 0)
    throw new Refusal(t`There is no ${name.kind === 'holdout' ? 'hold-out' : name.kind} \`${name.name}\`.`);
  return { path, range: rangeIn(file, name.start, name.end), placeholder: name.name };
}

const inExpressions = new Set<Mention['kind']>(['event', 'attribute', 'field', 'variable']);

/** Returns the edits that rename a name everywhere. Throws a Refusal if the name cannot be changed, or if that would cause errors. */
export function rename(project: Project, path: string, offset: number, wanted: string): RenameEdits[] {
  if (!renamable(project, path, offset)) throw new Refusal(t`There is nothing here that could be renamed.`);
  const name = project.nameAt(path, offset);
  if (!name || name.name === wanted) return [];
  const complaint = scalarChecks[inExpressions.has(name.kind) ? 'identifier' : 'name']?.(wanted);
  if (complaint) throw new Refusal([t`\`${wanted}\` cannot be a name.`, complaint.help].join(' '));
  const [taken] = project.definitionsOf({ ...name, name: wanted });
  if (taken) throw new Refusal(t`There is a ${kindWord(name.kind)} \`${wanted}\` already, in ${taken.path}.`);
  const changes = changesOf(project, name, wanted);
  refuseErrors(project, changes, wanted);
  return [...changes].map(([where, list]) => ({ path: where, edits: editsOf(project, where, list) }));
}

/** A range of a file's text, and its new text. */
interface Change {
  start: number;
  end: number;
  text: string;
}

/** The changes by file, in the order of the text. */
type Changes = ReadonlyMap<string, Change[]>;

function changesOf(project: Project, name: Mention, text: string): Changes {
  const found = project.mentionsOf(name).map(({ path, mention: { start, end } }) => ({ path, start, end, text }));
  const kept = name.kind === 'channel' ? project.definitionsOf(name).map((one) => keepKind(project, one)) : [];
  const inserted = kept.flatMap((one) => (one ? [{ path: one.path, start: one.at, end: one.at, text: one.text }] : []));
  const changes = new Map<string, Change[]>();
  for (const { path, ...change } of [...found, ...inserted].sort((a, b) => a.start - b.start)) {
    changes.set(path, [...(changes.get(path) ?? []), change]);
  }
  return changes;
}

function editsOf(project: Project, path: string, changes: readonly Change[]): TextEdit[] {
  const file = project.file(path);
  return file ? changes.map(({ start, end, text }) => ({ range: rangeIn(file, start, end), newText: text })) : [];
}

/** Throws a Refusal if the changes cause errors: some things depend on a name without naming it, such as the fields of a template. */
function refuseErrors(project: Project, changes: Changes, wanted: string): void {
  const after = new Project(project.root, project.files());
  for (const [path, list] of changes) after.set(path, applyChanges(project.file(path)?.text ?? '', list));
  const count = (found: readonly Diagnostic[]) => found.filter(({ severity }) => severity === 'error').length;
  if (count(after.diagnostics()) <= count(project.diagnostics())) return;
  const before = new Set(project.diagnostics().map(({ code, message }) => `${code} ${message}`));
  const error = after
    .diagnostics()
    .find(({ severity, code, message }) => severity === 'error' && !before.has(`${code} ${message}`));
  throw new Refusal(errorWords(wanted, error));
}

function errorWords(wanted: string, error: Diagnostic | undefined): string {
  if (!error) return t`With the name \`${wanted}\` something would be wrong.`;
  const { message, range } = error;
  if (!range) return t`With the name \`${wanted}\` something would be wrong: ${message}.`;
  const line = String(range.start.line);
  return t`With the name \`${wanted}\` something would be wrong: ${message} (${range.file}, line ${line}).`;
}

function applyChanges(text: string, changes: readonly Change[]): string {
  return changes
    .toReversed()
    .reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text);
}

/** A text to insert into a file. */
interface Insertion {
  path: string;
  at: number;
  text: string;
}

/** Returns the insertion of a channel's kind. Without a written kind, the name of a channel is its kind, and a new name would change it. */
function keepKind(project: Project, { path, mention }: Located<Definition>): Insertion | undefined {
  const file = project.file(path);
  const tree = file && treeOf(file);
  const map = nodeAt(tree?.document.contents, ['channels', mention.name]);
  if (!file || !isMap(map) || map.has('kind')) return undefined;
  const first = pairsOf(map)[0]?.key;
  const at = isScalar(first) ? first.range?.[0] : undefined;
  if (at === undefined) return undefined;
  const kind = project.channelKind(mention.name);
  const indent = ' '.repeat(at - (file.text.lastIndexOf('\n', at - 1) + 1));
  if (path.endsWith('.crm')) return { path, at, text: `kind ${kind}\n${indent}` };
  return { path, at, text: map.flow ? `kind: ${kind}, ` : `kind: ${kind}\n${indent}` };
}
