import { isMap, isScalar } from 'yaml';
import type { Definition } from '../spec/names/mention.ts';
import { nodeAt, pairsOf, treeOf } from '../spec/names/tree.ts';
import type { Located, Project } from './project.ts';

/** Something to be put into a file. */
export interface Insertion {
  path: string;
  at: number;
  text: string;
}

/** A channel that says nowhere what it is is what its name says. With another name it has to say so. */
export function keepKind(project: Project, { path, mention }: Located<Definition>): Insertion | undefined {
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
