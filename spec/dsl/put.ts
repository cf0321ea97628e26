import { isSeq, type Node, type Pair, Scalar } from 'yaml';
import type { Notes } from './notes.ts';
import { type CrmToken, endOf } from './tokens.ts';
import * as tree from './tree.ts';
import { twice } from './wrong.ts';

/** Puts a value under a key. A repeated key is reported, unless it is allowed: `many` values make a list. */
export function putIn(
  map: tree.WrittenMap,
  key: tree.Key,
  value: Node,
  notes: Notes,
  how: 'word' | 'name' | 'many' = 'word',
): void {
  const pair = tree.pairOf(map, key.value);
  if (!pair) tree.add(map, key, value);
  else if (how === 'many') collect(pair, value);
  else {
    const [start = 0, end = 0] = key.range ?? [];
    twice({ image: notes.text.slice(start, end), start, end }, how, notes);
  }
}

function collect(pair: Pair<tree.Key, Node>, value: Node): void {
  if (isSeq(pair.value)) {
    (pair.value as tree.WrittenList).items.push(...(isSeq(value) ? (value as tree.WrittenList).items : [value]));
    return;
  }
  const first = pair.value;
  const list = tree.listFrom(first ? tree.startOf(first) : 0);
  list.range = [tree.startOf(list), value.range?.[1] ?? 0, value.range?.[1] ?? 0];
  if (first) list.items.push(first);
  list.items.push(...(isSeq(value) ? (value as tree.WrittenList).items : [value]));
  pair.value = list;
}

/** Puts those of a map's entries that are named in `keys` into a map of their own; undefined where there are none. */
export function gather(
  map: tree.WrittenMap,
  key: string,
  { keys, short }: { keys: string[]; short: string },
): tree.WrittenMap | undefined {
  const moved = map.items.filter((pair) => keys.includes(pair.key.value));
  const [first] = moved;
  if (!first) return undefined;
  const result = tree.mapFrom(tree.startOf(map));
  const inner = tree.mapFrom(tree.startOf(first.key));
  for (const pair of map.items) {
    const target = moved.includes(pair) ? inner : result;
    if (pair.value) tree.add(target, pair.key, pair.value);
  }
  const alone = inner.items.length === 1 ? tree.get(inner, short) : undefined;
  inner.range = [tree.startOf(inner), map.range?.[1] ?? 0, map.range?.[2] ?? 0];
  result.range = map.range ?? null;
  tree.add(result, tree.keyOf(key, first.key), alone ?? inner);
  return result;
}

/** Makes a step's word its first key, which is the step's place. */
export function rekey(map: tree.WrittenMap, word: string, token: CrmToken): tree.WrittenMap {
  const index = map.items.findIndex((pair) => pair.key.value === word);
  const [pair] = index === -1 ? [] : map.items.splice(index, 1);
  const key = tree.keyAt(word, token);
  // A word by itself has no value, as `exit:` has none in YAML.
  const value = pair?.value ?? nullAt(endOf(token));
  map.items.unshift(newPair(map, key, value));
  map.range = [token.startOffset, map.range?.[1] ?? endOf(token), map.range?.[2] ?? endOf(token)];
  return map;
}

function nullAt(offset: number): Scalar {
  return tree.ranged(new Scalar(null), offset, offset);
}

function newPair(map: tree.WrittenMap, key: tree.Key, value: Node): Pair<tree.Key, Node> {
  tree.add(map, key, value);
  const made = map.items.pop();
  if (!made) throw new Error('what was added is not there');
  return made;
}
