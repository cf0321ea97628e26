import { isScalar } from 'yaml';
import type { SourceFile } from '../diagnostics/diagnostic.ts';
import { type SourceTree, treeOf } from './tree.ts';
import { type Spot, walk } from './walk.ts';

/** A letter of no language, which marks the place asked about. */
const mark = '\uE000';

export interface HalfWritten {
  tree: SourceTree;
  spot: Spot;
  /** The written part of the key or value, up to the place. */
  text: string;
}

/** The key or value of a YAML file that is being written at `offset`, were there one; whatever is broken around it. */
export function halfWrittenAt({ path, text }: SourceFile, offset: number): HalfWritten | undefined {
  const tree = treeOf({ path, text: text.slice(0, offset) + mark + text.slice(offset) });
  let found: HalfWritten | undefined;
  if (tree) {
    walk(tree, (spot) => {
      const at = isScalar(spot.node) ? String(spot.node.value).indexOf(mark) : -1;
      if (at !== -1 && !found) found = { tree, spot, text: String(spot.node.value).slice(0, at) };
    });
  }
  return found;
}

/**
 * Returns the key or value at `offset` of a tree; the key where both are there. In the DSL keys that are not written have
 * the place of their value, so the value is found only where `part` asks for one.
 */
export function spotAt(tree: SourceTree, offset: number, part?: Spot['part']): Spot | undefined {
  let found: Spot | undefined;
  walk(tree, (spot) => {
    const [start = 0, end = -1] = spot.node.range ?? [];
    if (!found && spot.part === (part ?? spot.part) && start <= offset && offset <= end) found = spot;
  });
  return found;
}
