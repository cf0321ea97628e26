import type { Hover } from 'vscode-languageserver';
import { expectedAt } from '../spec/names/expected.ts';
import { describe as describeSchema } from '../spec/names/schema-paths.ts';
import { spotAt } from '../spec/names/spot-at.ts';
import { treeOf } from '../spec/names/tree.ts';
import { describe } from './describe.ts';
import { rangeIn } from './positions.ts';
import type { Project } from './project.ts';

/** What is known of the name, the word or the key at an offset. */
export function hover(project: Project, path: string, offset: number): Hover | undefined {
  const file = project.file(path);
  if (!file) return undefined;
  const show = (value: string | undefined, start: number, end: number): Hover | undefined =>
    value === undefined || value === ''
      ? undefined
      : { contents: { kind: 'markdown', value }, range: rangeIn(file, start, end) };
  const name = project.nameAt(path, offset);
  const known = name && show(describe(name, project), name.start, name.end);
  if (known) return known;
  if (path.endsWith('.crm')) {
    const [start, end] = wordAt(file.text, offset);
    const word = file.text.slice(start, end);
    const expected = expectedAt(file.text, start)?.words.find((one) => one.word === word);
    return expected && show(expected.description, start, end);
  }
  const tree = path.endsWith('.hbs') ? undefined : treeOf(file);
  const spot = tree && spotAt(tree, offset);
  if (spot?.part !== 'key') return undefined;
  const [start = 0, end = start] = spot.node.range ?? [];
  const about = spot.below.map(({ schema }) => describeSchema(schema)).find((text) => text !== undefined);
  return show(about, start, end);
}

function wordAt(text: string, offset: number): [number, number] {
  const before = /[\w-]*$/.exec(text.slice(0, offset))?.[0].length ?? 0;
  const after = /^[\w-]*/.exec(text.slice(offset))?.[0].length ?? 0;
  return [offset - before, offset + after];
}
