import { isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml';
import { type Below, type Branches, branchesWithKeys, inList, joined, under, wholeFile } from './schema-paths.ts';
import { type Path, pairsOf, type SourceTree } from './tree.ts';

/** A key or a single value of a file, and the part of the schema for its place. */
export interface Spot {
  part: 'key' | 'value';
  node: Scalar;
  /** Leads to the value; of a key, to the value under it. */
  path: Path;
  /** Nothing where the schema knows no such place. */
  below: Below[];
  /** The map that contains a key, and the map's definition. */
  map?: YAMLMap;
  branches?: Branches;
  /** The value of a key. */
  value?: Node | null;
}

/** Deeper is nothing that the schema knows. */
const deepest = 60;

/** Every key and every single value, in the order of the file. The target of an alias is not visited again. */
export function walk(tree: SourceTree, visit: (spot: Spot) => void): void {
  const { contents } = tree.document;
  const branches = tree.environment ? ['environment'] : wholeFile;
  if (contents) walkNode(contents, [], [{ role: '', schema: {}, branches }], visit);
}

function walkNode(node: Node, path: Path, below: Below[], visit: (spot: Spot) => void): void {
  if (path.length > deepest) return;
  if (isScalar(node)) visit({ part: 'value', node, path, below });
  else if (isMap(node)) walkMap(node, path, joined(below), visit);
  else if (isSeq(node)) {
    const inside = inList(joined(below));
    node.items.forEach((item, index) => {
      walkNode(item as Node, [...path, index], inside, visit);
    });
  }
}

function walkMap(map: YAMLMap, path: Path, choice: Branches, visit: (spot: Spot) => void): void {
  const pairs = pairsOf(map);
  const branches = branchesWithKeys(
    choice,
    pairs.map(({ key }) => (isScalar(key) ? String(key.value) : '')),
  );
  for (const { key, value } of pairs) {
    if (!isScalar(key)) continue;
    const below = under(branches, String(key.value));
    const at = [...path, String(key.value)];
    visit({ part: 'key', node: key, path: at, below, map, branches, ...(value !== undefined && { value }) });
    if (value) walkNode(value, at, below, visit);
  }
}
