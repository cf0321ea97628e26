import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Range } from '../diagnostics/diagnostic.ts';
import { extentInside } from './inside.ts';
import type { ParsedFile } from './parsed-file.ts';

type Key = string | number;

/** The place of a value: a path into a YAML file, whose text ranges are looked up on demand. */
export class Place {
  readonly file: ParsedFile;
  readonly path: readonly Key[];

  constructor(file: ParsedFile, path: readonly Key[] = []) {
    this.file = file;
    this.path = path;
  }

  at(...keys: Key[]): Place {
    return new Place(this.file, [...this.path, ...keys]);
  }

  /** The key of the value; undefined for a list's item and for the whole file. */
  get name(): string | undefined {
    const last = this.path.at(-1);
    return typeof last === 'string' ? last : undefined;
  }

  /** The value; where it is absent, what holds it. */
  get value(): Range {
    const node = this.#find().node;
    return node ? this.#range(node) : this.key;
  }

  /** The offset at which the value ends; undefined where it is absent. */
  get end(): number | undefined {
    const [start, end] = this.#find().node?.range ?? [];
    return start === undefined || end === undefined
      ? undefined
      : start + this.file.text.slice(start, end).trimEnd().length;
  }

  /** The key of the value; of a list's item, the item's beginning. */
  get key(): Range {
    const { node, pair } = this.#find();
    if (pair?.key) return this.#range(pair.key);
    if (node) return this.#beginning(node);
    if (this.path.length === 0) return this.file.range(0, 0);
    return new Place(this.file, this.path.slice(0, -1)).key;
  }

  /** A part of the text value, by offsets into the value as read (without quotes and escapes). */
  inside(start: number, end: number): Range {
    const node = this.#find().node;
    // A text that refers to a variable, or is escaped, is longer or shorter than its value.
    if (!isScalar(node) || typeof node.value !== 'string' || /^\$+[A-Za-z_]\w*$/.test(node.value)) return this.value;
    const extent = extentInside(this.file.text, node, node.value, start, end);
    return extent ? this.file.range(...extent) : this.value;
  }

  /** Returns true if a range lies within the value. */
  covers({ file, start, end }: Range): boolean {
    const [from, to] = this.#find().node?.range ?? [0, -1];
    return file === this.file.path && start.offset >= from && end.offset <= to;
  }

  /** Makes `key` lead to the place of `written` from now on. */
  readAs(written: string, key: string): void {
    const { node } = this.#find();
    if (!isMap(node)) return;
    const pairs = pairsOf(node as YAMLMap<Node, Node>);
    const pair = pairs.get(written);
    if (pair) pairs.set(key, pair);
  }

  #beginning(node: Node): Range {
    // A map has its first key as beginning: underlining a whole step would show nothing.
    const first = isMap(node) ? (node as YAMLMap<Node, Node>).items[0]?.key : undefined;
    return this.#range(first ?? node);
  }

  #range(node: Node): Range {
    const [start, end] = node.range ?? [0, 0];
    const text = this.file.text.slice(start, end);
    if (isMap(node) || isSeq(node)) {
      const firstLine = text.split(/\r?\n/, 1)[0] ?? '';
      return this.file.range(start, start + firstLine.trimEnd().length);
    }
    return this.file.range(start, start + text.trimEnd().length);
  }

  #find(): { node?: Node; pair?: Pair<Node, Node> } {
    let node: Node | null = this.file.document.contents;
    let pair: Pair<Node, Node> | undefined;
    for (const key of this.path) {
      if (isAlias(node)) node = node.resolve(this.file.document) ?? null;
      pair = undefined;
      if (isMap(node)) {
        pair = pairsOf(node as YAMLMap<Node, Node>).get(String(key));
        if (!pair) return {};
        node = pair.value;
      } else if (isSeq(node) && typeof key === 'number') {
        node = (node.items[key] as Node | undefined) ?? null;
      } else {
        return {};
      }
    }
    return { ...(node && { node }), ...(pair && { pair }) };
  }
}

const indexes = new WeakMap<YAMLMap<Node, Node>, Map<string, Pair<Node, Node>>>();

/** The pairs by key: large files have maps of thousands of keys, each of which is looked up. */
function pairsOf(map: YAMLMap<Node, Node>): Map<string, Pair<Node, Node>> {
  let index = indexes.get(map);
  if (!index) {
    index = new Map();
    for (const pair of map.items) if (isScalar(pair.key)) index.set(String(pair.key.value), pair);
    indexes.set(map, index);
  }
  return index;
}
