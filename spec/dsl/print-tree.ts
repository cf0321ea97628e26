import { isMap, isScalar, isSeq, type Node, type Pair, Scalar, YAMLMap, type YAMLSeq } from 'yaml';
import type { Statement } from '../document/forms.ts';

export type MapNode = YAMLMap<Node, Node | null>;

export function pairOf(node: Node | null | undefined, key: string): Pair<Node, Node | null> | undefined {
  return isMap(node) ? (node as MapNode).items.find((pair) => textOf(pair.key) === key) : undefined;
}

export function textOf(key: Node): string {
  return isScalar(key) ? String(key.value) : '';
}

/** Returns the values of a statement that may be repeated. */
export function several({ many }: Statement, value: Node | null | undefined): (Node | null)[] {
  if (value === undefined) return [];
  const inner =
    many && isMap(value) && (value as MapNode).items.length === 1 ? pairOf(value, 'from')?.value : undefined;
  const node = inner ?? value;
  return many && isSeq(node) ? (node as YAMLSeq<Node>).items : [node];
}

/** Returns a map of one key for a value that is written without it. */
export function single(key: string, value: Node | null): MapNode {
  const map = new YAMLMap<Node, Node | null>();
  map.set(new Scalar(key), value);
  return map;
}

/** Returns a step with what its word holds spread out beside it. `short`: the key of a list that is written there without a map. */
export function spread(step: Node, word: string, short: string): Node {
  const pair = pairOf(step, word);
  if (!pair) return step;
  const flat = new YAMLMap<Node, Node | null>();
  const inner = isMap(pair.value) ? (pair.value as MapNode).items : single(short, pair.value).items;
  flat.items.push(...(step as MapNode).items.filter((each) => each !== pair), ...inner);
  return flat;
}

/** A split's id may be written beside it or inside; the DSL has one place for both. */
export function withInnerId(step: Node): Node {
  const [split, id] = [pairOf(step, 'split'), pairOf(step, 'id')];
  if (!split || !id || !isMap(split.value) || pairOf(split.value, 'id')) return step;
  const inner = new YAMLMap<Node, Node | null>();
  inner.items.push(id, ...(split.value as MapNode).items);
  return single('split', inner);
}
