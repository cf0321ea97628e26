import { isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';

/** Returns a tree without aliases as plain data. The library, which looks for aliases, takes several times as long. */
export function plainValue(node: Node | null): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return (node as YAMLSeq<Node>).items.map(plainValue);
  if (!isMap(node)) return null;
  const value: Record<string, unknown> = {};
  for (const { key, value: inner } of (node as YAMLMap<Node, Node | null>).items) {
    const name = isScalar(key) ? String(key.value) : '';
    // `__proto__` is a key like any other.
    if (name === '__proto__') Object.defineProperty(value, name, { value: plainValue(inner), ...plainProperty });
    else value[name] = plainValue(inner);
  }
  return value;
}

const plainProperty = { writable: true, enumerable: true, configurable: true };
