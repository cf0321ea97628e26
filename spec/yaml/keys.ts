import { type Document, isMap, isScalar, isSeq, type Scalar } from 'yaml';

/** The second of equal keys, of every map. The library compares each key with all before it, which takes minutes where there are 100,000. */
export function duplicateKeys(document: Document): Scalar[] {
  const found: Scalar[] = [];
  const walk = (node: unknown): void => {
    if (isSeq(node)) node.items.forEach(walk);
    if (!isMap(node)) return;
    const seen = new Set<unknown>();
    for (const { key, value } of node.items) {
      if (isScalar(key)) {
        if (seen.has(key.value)) found.push(key);
        seen.add(key.value);
      }
      walk(value);
    }
  };
  walk(document.contents);
  return found;
}
