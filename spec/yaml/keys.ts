import { type Document, isMap, isScalar, isSeq, type Scalar } from 'yaml';

/** Returns the first and the second of equal keys, of every map. The library compares each key with all before it, which takes minutes where there are 100,000. */
export function duplicateKeys(document: Document): [Scalar, Scalar][] {
  const found: [Scalar, Scalar][] = [];
  const walk = (node: unknown): void => {
    if (isSeq(node)) node.items.forEach(walk);
    if (!isMap(node)) return;
    const seen = new Map<unknown, Scalar>();
    for (const { key, value } of node.items) {
      if (isScalar(key)) {
        const first = seen.get(key.value);
        if (first) found.push([first, key]);
        else seen.set(key.value, key);
      }
      walk(value);
    }
  };
  walk(document.contents);
  return found;
}
