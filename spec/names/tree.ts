import { Document, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { SourceFile } from '../diagnostics/diagnostic.ts';
import { refuse } from '../document/limits.ts';
import { environmentOf } from '../document/project-files.ts';
import { readCrm } from '../dsl/read.ts';

export type Path = readonly (string | number)[];

/** The tree of a resource file of either surface, however broken the file is. */
export interface SourceTree {
  text: string;
  document: Document;
  /** It only overrides what the project has. */
  environment?: true;
}

/** Undefined: nothing can be made of the text at all. Never throws. */
export function treeOf(file: SourceFile): SourceTree | undefined {
  const { path, text } = file;
  if (refuse(path, text)) return undefined;
  if (path.endsWith('.crm')) {
    const document = readCrm(file).file?.document;
    return document && { text, document };
  }
  try {
    const options = { version: '1.2', stringKeys: true, prettyErrors: false, logLevel: 'silent' } as const;
    const environment = environmentOf(path) === undefined ? {} : { environment: true as const };
    return { text, document: parseDocument(text, options), ...environment };
  } catch (error) {
    // The stack was too short for the nesting.
    if (error instanceof RangeError) return { text, document: new Document() };
    throw error;
  }
}

export function pairsOf(map: YAMLMap): Pair<Node, Node | null>[] {
  return map.items as Pair<Node, Node | null>[];
}

/** The node at a path. */
export function nodeAt(node: Node | null | undefined, path: Path): Node | undefined {
  const [key, ...rest] = path;
  if (!node || key === undefined) return node ?? undefined;
  if (isSeq(node)) return nodeAt(node.items[Number(key)] as Node | undefined, rest);
  if (!isMap(node)) return undefined;
  const pair = pairsOf(node).find((one) => isScalar(one.key) && String(one.key.value) === key);
  return nodeAt(pair?.value, rest);
}

/** The text at a path, where there is one. */
export function textAt(node: Node | null | undefined, path: Path): string | undefined {
  const found = nodeAt(node, path);
  return isScalar(found) && typeof found.value === 'string' ? found.value : undefined;
}
