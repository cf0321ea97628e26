import type { TextEdit } from 'vscode-languageserver';
import { isMap, isScalar } from 'yaml';
import type { Diagnostic } from '../spec/diagnostics/diagnostic.ts';
import { scalarChecks } from '../spec/document/scalars.ts';
import type { Definition, Mention } from '../spec/names/mention.ts';
import { nodeAt, pairsOf, treeOf } from '../spec/names/tree.ts';
import { t } from '../spec/words/t.ts';
import { called } from './describe.ts';
import type { Target } from './navigate.ts';
import { rangeIn } from './positions.ts';
import { type Located, Project } from './project.ts';

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
    throw new Refusal(t`A ${called(name.kind)} is called as its files are: rename those, and then its uses.`);
  }
  if (project.definitionsOf(name).length === 0)
    throw new Refusal(t`There is no ${name.kind === 'holdout' ? 'hold-out' : name.kind} \`${name.name}\`.`);
  return { path, range: rangeIn(file, name.start, name.end), placeholder: name.name };
}

const inExpressions = new Set<Mention['kind']>(['event', 'attribute', 'field', 'variable']);

/** The edits that give a name another one wherever it stands. Throws a Refusal where that cannot be, or would break something. */
export function rename(project: Project, path: string, offset: number, wanted: string): RenameEdits[] {
  if (!renamable(project, path, offset)) throw new Refusal(t`There is nothing here that could be renamed.`);
  const name = project.nameAt(path, offset);
  if (!name || name.name === wanted) return [];
  const complaint = scalarChecks[inExpressions.has(name.kind) ? 'identifier' : 'name']?.(wanted);
  if (complaint) throw new Refusal([t`\`${wanted}\` cannot be a name.`, complaint.help].join(' '));
  const [taken] = project.definitionsOf({ ...name, name: wanted });
  if (taken) throw new Refusal(t`There is a ${called(name.kind)} \`${wanted}\` already, in ${taken.path}.`);
  const changes = changesOf(project, name, wanted);
  refuseDamage(project, changes, wanted);
  return [...changes].map(([where, list]) => ({ path: where, edits: editsOf(project, where, list) }));
}

/** A part of a file's text, and what is to stand there instead. */
interface Change {
  start: number;
  end: number;
  text: string;
}

/** By file, in its order. */
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

/** Some things hang on a name without naming it, as a template's fields do. Whatever would be wrong is said instead. */
function refuseDamage(project: Project, changes: Changes, wanted: string): void {
  const after = new Project(project.root, project.files());
  for (const [path, list] of changes) after.set(path, changed(project.file(path)?.text ?? '', list));
  const count = (found: readonly Diagnostic[]) => found.filter(({ severity }) => severity === 'error').length;
  if (count(after.diagnostics()) <= count(project.diagnostics())) return;
  const before = new Set(project.diagnostics().map(({ code, message }) => `${code} ${message}`));
  const damage = after
    .diagnostics()
    .find(({ severity, code, message }) => severity === 'error' && !before.has(`${code} ${message}`));
  throw new Refusal(damageOf(wanted, damage));
}

function damageOf(wanted: string, damage: Diagnostic | undefined): string {
  if (!damage) return t`With the name \`${wanted}\` something would be wrong.`;
  const { message, range } = damage;
  if (!range) return t`With the name \`${wanted}\` something would be wrong: ${message}.`;
  const line = String(range.start.line);
  return t`With the name \`${wanted}\` something would be wrong: ${message} (${range.file}, line ${line}).`;
}

function changed(text: string, changes: readonly Change[]): string {
  return changes
    .toReversed()
    .reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text);
}

/** Something to be put into a file. */
interface Insertion {
  path: string;
  at: number;
  text: string;
}

/** Returns the kind of a channel, to be written down: without one, its name is its kind, which another name would change. */
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
