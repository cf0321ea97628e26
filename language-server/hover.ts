import type { Hover } from 'vscode-languageserver';
import { extentInside } from '../spec/document/inside.ts';
import type { Meaning } from '../spec/expression/operators/family.ts';
import { expectedAt } from '../spec/names/expected.ts';
import { describe as describeSchema } from '../spec/names/schema-paths.ts';
import { spotAt } from '../spec/names/spot-at.ts';
import { treeOf } from '../spec/names/tree.ts';
import type { Spot } from '../spec/names/walk.ts';
import { type MeaningfulWord, wordsInExpression } from '../spec/names/words-in-expression.ts';
import { translated } from '../spec/words/t.ts';
import { takesExpression } from './completion/values.ts';
import { describe } from './describe.ts';
import { rangeIn } from './positions.ts';
import type { Project } from './project.ts';

/** Describes the name, the word or the key at an offset. */
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
  const tree = path.endsWith('.hbs') ? undefined : treeOf(file);
  const value = tree && spotAt(tree, offset, 'value');
  const word = value && wordIn(file.text, value, offset);
  if (word) return show(explain(word.meaning), word.start, word.end);
  if (path.endsWith('.crm')) {
    const [start, end] = wordAt(file.text, offset);
    const written = file.text.slice(start, end);
    const expected = expectedAt(file.text, start)?.words.find((one) => one.word === written);
    return expected && show(expected.description, start, end);
  }
  const spot = tree && spotAt(tree, offset);
  if (spot?.part !== 'key') return undefined;
  const [start = 0, end = start] = spot.node.range ?? [];
  const about = spot.below.map(({ schema }) => describeSchema(schema)).find((text) => text !== undefined);
  return show(about, start, end);
}

/** Returns the word of an expression at an offset, with its position in the file. */
function wordIn(text: string, { node, below }: Spot, offset: number): MeaningfulWord | undefined {
  const { value } = node;
  if (typeof value !== 'string' || !takesExpression(below)) return undefined;
  // A quoted value of an assignment is a text, not an expression.
  if (node.type !== 'PLAIN' && below.some(({ role }) => role === 'assignments.*')) return undefined;
  for (const { meaning, start, end } of wordsInExpression(value)) {
    const extent = extentInside(text, node, value, start, end);
    if (extent && extent[0] <= offset && offset <= extent[1]) return { meaning, start: extent[0], end: extent[1] };
  }
  return undefined;
}

function explain({ form, says, example }: Meaning): string {
  return `\`${form}\`\n\n${translated(says)}\n\n\`\`\`\n${example}\n\`\`\``;
}

function wordAt(text: string, offset: number): [number, number] {
  const before = /[\w-]*$/.exec(text.slice(0, offset))?.[0].length ?? 0;
  const after = /^[\w-]*/.exec(text.slice(offset))?.[0].length ?? 0;
  return [offset - before, offset + after];
}
