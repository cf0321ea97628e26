import { isMap, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { type CrmToken, endOf } from './tokens.ts';

/** Nodes of the same tree that YAML is read into, with the ranges of the DSL's text. */
export type Key = Scalar<string>;
export type WrittenMap = YAMLMap<Key, Node>;
export type WrittenList = YAMLSeq<Node>;

export function scalar(value: unknown, start: number, end: number): Scalar {
  return ranged(new Scalar(value), start, end);
}

export function keyAt(text: string, token: CrmToken): Key {
  return ranged(new Scalar(text), token.startOffset, endOf(token));
}

/** Returns a key that is not written, at the place of its value. */
export function keyOf(text: string, { range }: Node): Key {
  return ranged(new Scalar(text), range?.[0] ?? 0, range?.[1] ?? 0);
}

/** Returns the scalar for a missing value; the check of the key reports it. */
export function nothing(after: CrmToken): Scalar {
  return scalar(null, after.startOffset, endOf(after));
}

export function mapFrom(start: number): WrittenMap {
  return ranged(new YAMLMap<Key, Node>(), start, start);
}

export function listFrom(start: number): WrittenList {
  return ranged(new YAMLSeq<Node>(), start, start);
}

export function listOf(item: Node): WrittenList {
  const list = listFrom(startOf(item));
  list.items.push(item);
  list.range = item.range ?? null;
  return list;
}

export function ranged<N extends Node>(node: N, start: number, end: number): N {
  node.range = [start, end, end];
  return node;
}

/** Makes a node reach to the end of a token. */
export function through(node: Node, token: CrmToken): void {
  const start = node.range?.[0] ?? 0;
  const end = Math.max(start, endOf(token));
  node.range = [start, end, end];
}

/** Files may hold resources by the ten thousand, each of which asks whether there is one of its name. */
const indexes = new WeakMap<WrittenMap, Map<string, Pair<Key, Node>>>();
/** Up to so many pairs, looking at each is quicker. */
const few = 16;

export function pairOf(map: WrittenMap, key: string): Pair<Key, Node> | undefined {
  if (map.items.length <= few) return map.items.find((pair) => pair.key.value === key);
  let index = indexes.get(map);
  if (!index) {
    index = new Map(map.items.map((pair) => [pair.key.value, pair]));
    indexes.set(map, index);
  }
  return index.get(key);
}

export function get(map: WrittenMap, key: string): Node | undefined {
  return pairOf(map, key)?.value ?? undefined;
}

export function add(map: WrittenMap, key: Key, value: Node): void {
  const pair = new Pair(key, value);
  map.items.push(pair);
  if (map.items.length > few) indexes.get(map)?.set(key.value, pair);
}

/** The map at a path of keys, made where it is not there yet. */
export function ensure(map: WrittenMap, path: string[], at: CrmToken): WrittenMap {
  return path.reduce((holder, key) => {
    const found = get(holder, key);
    if (isMap(found)) return found as WrittenMap;
    const made = mapFrom(at.startOffset);
    add(holder, keyAt(key, at), made);
    return made;
  }, map);
}

export function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
