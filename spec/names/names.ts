import type { Node, Scalar } from 'yaml';
import type { SourceFile } from '../diagnostics/diagnostic.ts';
import { extentInside } from '../document/inside.ts';
import { environmentOf, isResourceFile } from '../document/project-files.ts';
import { variableIn } from '../document/variables.ts';
import { namesInExpression } from './expression-names.ts';
import type { Definition, Mention } from './mention.ts';
import { type Role, roleOfKey, roleOfValue, type Surroundings } from './roles.ts';
import { namesInTemplate } from './template-names.ts';
import { type Path, type SourceTree, textAt, treeOf } from './tree.ts';
import { type Spot, walk } from './walk.ts';

/** Every name of the project's in a file, defined or used, in the order of the file. The file may be broken anywhere. */
export function namesIn(file: SourceFile): Mention[] {
  if (!isResourceFile(file.path) && environmentOf(file.path) === undefined) return namesInTemplate(file);
  const tree = treeOf(file);
  return tree ? namesInTree(tree) : [];
}

/** Does the same as `namesIn` for a tree. */
export function namesInTree(tree: SourceTree): Mention[] {
  const found: Mention[] = [];
  const text = (path: Path) => textAt(tree.document.contents, path);
  walk(tree, (spot) => {
    const around: Surroundings = { path: spot.path, text };
    if (spot.part === 'key') {
      for (const below of spot.below) add(roleOfKey(below), spot, around);
      return;
    }
    for (const below of spot.below) add(roleOfValue(below), spot, around);
    const isExpression = spot.below.some(({ branches }) => branches.includes('expression'));
    if (isExpression) expression(spot);
    if (spot.below.some(({ role }) => role === 'assignments.*') && spot.node.type === 'PLAIN')
      expression(spot, String(spot.path.at(-1)));
    if (!isExpression) variable(spot.node);
  });
  return found.sort((a, b) => a.start - b.start);

  function add(role: Role | undefined, { node, value }: Spot, around: Surroundings): void {
    const name = String(node.value ?? '');
    const more = role?.more ? role.more(name, around) : {};
    if (!role || !more || name === '' || variableIn(node.value) !== undefined) return;
    const [start, end] = extentOf(node, tree.text);
    const length = more.name?.length ?? end - start;
    const as = tree.environment ? 'use' : role.role;
    const mention: Mention = { kind: role.kind, name, role: as, ...more, start, end: start + length };
    const event = role.kind === 'template' ? eventAround(text, [...around.path.slice(0, 2), 'steps']) : undefined;
    if (event !== undefined) mention.event = event;
    found.push(mention.role === 'definition' ? defined(mention, value) : mention);
  }

  function defined(mention: Mention, value: Node | null | undefined): Definition {
    const until = value?.range?.[1] ?? mention.end;
    return { ...mention, role: 'definition', until: Math.max(until, mention.end), written: () => plain(value, tree) };
  }

  function expression({ node, path }: Spot, assigned?: string): void {
    // A variable can be the value of any place.
    if (typeof node.value !== 'string' || (assigned !== undefined && variableIn(node.value) !== undefined)) return;
    for (const { start, end, ...named } of namesInExpression(node.value, eventAround(text, path))) {
      const extent = extentInside(tree.text, node, node.value, start, end);
      if (!extent) continue;
      const at = { start: extent[0], end: extent[1] };
      found.push({ ...named, role: 'use', ...at, ...(assigned !== undefined && { assigned }) });
    }
  }

  function variable(node: Scalar): void {
    const name = variableIn(node.value);
    if (name === undefined) return;
    const [start] = extentOf(node, tree.text);
    found.push({ kind: 'variable', name, role: 'use', start: start + 1, end: start + 1 + name.length });
  }
}

/**
 * Returns the name of the event that `event` means in an expression: the one beside it, else that of the campaign's trigger.
 * `text`: returns the text at a path of the file.
 */
export function eventAround(text: Surroundings['text'], path: Path): string | undefined {
  const [section, campaign] = path;
  const map = path.slice(0, -1);
  const beside = text([...map, 'event']) ?? text([...map, 'absence']);
  if (beside !== undefined || section !== 'campaigns' || campaign === undefined) return beside;
  const on = [section, campaign, 'on'];
  // A journey that something's absence starts is about the event that should have been followed by it, if one is named.
  return (
    text([...on, 'event']) ?? text([...on, 'after']) ?? text([...on, 'after', 'event']) ?? text([...on, 'absence'])
  );
}

/** Returns the extent of a scalar, without its quotation marks. */
export function extentOf(node: Scalar, text: string): [number, number] {
  const [start = 0, end = start] = node.range ?? [];
  const quoted = /["']/.test(text[start] ?? '') && text.slice(start, end) !== node.value;
  return quoted ? [start + 1, Math.max(start + 1, end - 1)] : [start, end];
}

function plain(value: Node | null | undefined, tree: SourceTree): unknown {
  try {
    return value?.toJS(tree.document) ?? undefined;
  } catch {
    // An alias without an anchor has no names.
    return undefined;
  }
}
