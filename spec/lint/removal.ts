import { isMap, isScalar, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Fix } from '../diagnostics/diagnostic.ts';
import type { Place } from '../document/place.ts';

/**
 * Takes a named entry out of its file, with the comments directly above it. Of the last entry of a section in YAML
 * nothing would remain but the section's name, which goes too. Undefined where the entry does not have its lines to
 * itself. `text`: of the file, as it is.
 */
export function removal(place: Place, text: string, title: string): Fix | undefined {
  const { file, path } = place;
  const trail = pairsTo(file.document.contents, path);
  if (trail.length < path.length) return undefined;
  const dsl = file.path.endsWith('.crm');
  let chosen = trail.at(-1);
  if (!dsl) {
    for (const step of [...trail].reverse()) {
      if (step.map.flow) return undefined;
      chosen = step;
      if (step.map.items.length > 1) break;
    }
  }
  const start = chosen?.pair.key.range?.[0];
  if (!chosen || start === undefined) return undefined;
  const end = Math.max(start, chosen.pair.key.range?.[1] ?? 0, chosen.pair.value?.range?.[1] ?? 0);
  const lines = wholeLines(text, start, end, dsl);
  return lines && { title, edits: [{ range: file.range(...lines), text: '' }] };
}

interface Step {
  map: YAMLMap<Node, Node | null>;
  pair: Pair<Node, Node | null>;
}

function pairsTo(root: Node | null, path: readonly (string | number)[]): Step[] {
  const steps: Step[] = [];
  let node: Node | null | undefined = root;
  for (const key of path) {
    if (!isMap(node)) break;
    const map = node as YAMLMap<Node, Node | null>;
    const pair = map.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
    if (!pair) break;
    steps.push({ map, pair });
    node = pair.value;
  }
  return steps;
}

/** Returns the offsets from the beginning of the first line, comments above included, to the beginning of the line after the last. */
function wholeLines(text: string, from: number, to: number, dsl: boolean): [number, number] | undefined {
  let start = text.lastIndexOf('\n', from - 1) + 1;
  // In the DSL the statement's word precedes the name.
  if (!(dsl ? /^\uFEFF?[ \t]*([a-z_]+[ \t]+)?["']?$/ : /^\uFEFF?[ \t]*["']?$/).test(text.slice(start, from)))
    return undefined;
  const content = from + text.slice(from, to).trimEnd().length;
  const next = text.indexOf('\n', content);
  const end = next === -1 ? text.length : next + 1;
  if (!/^["']?[ \t]*(#.*)?\r?$/.test(text.slice(content, next === -1 ? text.length : next))) return undefined;
  while (start > 0) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return [start, end];
}
