import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { type Remark, Remarks } from '../document/remarks.ts';
import { fileDefinition } from '../document/schema.ts';
import { type Shape, shapeOf, shapeOfItem, shapeOfKey } from '../document/shape.ts';
import { brokenExpression, tidyExpression } from '../expression/respace.ts';
import { doubleQuoted } from '../words/quoted.ts';
import { sourceOfNumber, yamlText } from './print-scalar.ts';

const width = 100;

/**
 * A tree as YAML. `ordered`: keys in the order of the schema; where the text has anchors it must stay as it is, since
 * an anchor precedes its aliases.
 */
export function printYaml(root: Node | null, remarks = new Remarks(), ordered = true): string {
  const printer = new YamlPrinter(remarks, ordered);
  const header = remarks.header.map(comment);
  const lines = root ? printer.block(root, shapeOf(fileDefinition, root), 0) : [];
  const text = [...header, ...(header.length > 0 && lines.length > 0 ? [''] : []), ...lines];
  const written = trimmed(text);
  return written.length === 0 ? '' : `${written.join('\n')}\n`;
}

/** Returns the lines without the empty ones at both ends, which would not be there when the text is read again. */
function trimmed(lines: string[]): string[] {
  return lines.slice(Math.max(0, lines.findIndex(Boolean)), lines.findLastIndex(Boolean) + 1);
}

/** A part of a tree, by the name of its definition in the schema: on one line where that is the custom. */
export function printYamlPart(node: Node | null, definition: string): string {
  return new YamlPrinter(new Remarks(), true).part(node, shapeOf(definition, node)).join('\n');
}

function comment(text: string): string {
  return text === '' ? '' : `#${text}`;
}

class YamlPrinter {
  readonly #remarks: Remarks;
  readonly #ordered: boolean;
  /** The keys that begin an item, whose remarks are around the item. */
  readonly #written = new Set<Node>();
  /** A part has no sections. */
  #isPart = false;

  constructor(remarks: Remarks, ordered: boolean) {
    this.#remarks = remarks;
    this.#ordered = ordered;
  }

  part(node: Node | null, shape: Shape | undefined): string[] {
    this.#isPart = true;
    const lines = this.#valued('', node, shape, 0, 0);
    const [first = '', ...more] = lines;
    return first.trim() === '' ? more : [first.trim(), ...more];
  }

  /** A map or list in lines, `depth` levels in; the lines have their indentation. */
  block(node: Node, shape: Shape | undefined, depth: number): string[] {
    const lines: string[] = [];
    if (isMap(node)) {
      for (const pair of this.#pairs(node as YAMLMap<Node, Node>, shape)) {
        lines.push(...this.#pair(pair, shape, depth, lines.length === 0));
      }
    } else if (isSeq(node)) {
      for (const item of (node as YAMLSeq<Node>).items) {
        lines.push(...this.#item(item, shape, depth, lines.length === 0));
      }
    } else if (!isNothing(node)) lines.push(this.#inline(node, shape) ?? '');
    const end = this.#remarks.get(node)?.end ?? [];
    return [...lines, ...trimmed(end).map((text) => indented(comment(text), depth))];
  }

  #pair(pair: Pair<Node, Node | null>, shape: Shape | undefined, depth: number, first: boolean): string[] {
    const { key, value } = pair;
    const name = keyText(key);
    const head = `${yamlText(name, false)}:`;
    const remark = this.#merged(key, value);
    const inner = shapeOf(shapeOfKey(shape, name), value);
    // A blank line separates sections.
    const tight = first || ((depth > 0 || this.#isPart) && !remark.blank);
    return this.#entry(remark, depth, tight, head, value, inner, depth + 1);
  }

  #item(item: Node, shape: Shape | undefined, depth: number, first: boolean): string[] {
    const inner = shapeOf(shapeOfItem(shape), item);
    const remark = this.#merged(item, null);
    if (isMap(item) && !item.anchor && (item as YAMLMap).items.length > 0 && !this.#flow(item, inner, depth + 1, 2)) {
      const [pair] = this.#pairs(item as YAMLMap<Node, Node>, inner);
      const begin = pair && this.#merged(pair.key, pair.value);
      // The line of `-` is that of the first key too, and has room for one comment.
      const after = begin?.after ?? remark.after;
      const own = begin?.after !== undefined && remark.after !== undefined ? [remark.after] : [];
      const above = [...remark.before, ...own, ...(begin?.before ?? [])];
      if (begin) this.#written.add(pair.key);
      const lines = this.block(item, inner, depth + 1);
      const text = lines[0]?.trimStart() ?? '';
      const head = `${indented(`- ${text}`, depth)}${after === undefined ? '' : ` ${comment(after)}`}`;
      const blank = remark.blank && !first ? [''] : [];
      return [...blank, ...above.map((line) => indented(comment(line), depth)), head, ...lines.slice(1)];
    }
    return this.#entry(remark, depth, first || !remark.blank, '-', item, inner, depth + 1);
  }

  /** Returns an entry with the comments around it. `tight`: no blank line above. */
  #entry(
    remark: Remark,
    depth: number,
    tight: boolean,
    head: string,
    value: Node | null,
    shape: Shape | undefined,
    inside: number,
  ): string[] {
    const lines = this.#valued(head, value, shape, depth, inside);
    if (remark.after !== undefined) lines[0] = `${lines[0]} ${comment(remark.after)}`;
    // An empty map has no lines that could hold its comments.
    const homeless = isEmpty(value) ? (this.#remarks.get(value)?.end ?? []) : [];
    const above = [...remark.before, ...homeless].map((line) => indented(comment(line), depth));
    return [...(tight ? [] : ['']), ...above, ...lines];
  }

  #valued(head: string, value: Node | null, shape: Shape | undefined, depth: number, inside: number): string[] {
    const anchor = value && 'anchor' in value && value.anchor ? ` &${value.anchor}` : '';
    const start = indented(`${head}${anchor}`, depth);
    if (isMap(value) || isSeq(value)) {
      const flow = this.#flow(value, shape, depth, start.length - 2 * depth + 1);
      return flow === undefined ? [start, ...this.block(value, shape, inside)] : [`${start} ${flow}`];
    }
    if (shape?.name === 'expression' && isScalar(value) && typeof value.value === 'string') {
      const text = tidyExpression(value.value);
      const lines = brokenExpression(text, width - start.length - 1);
      if (lines.length > 1) return [`${start} >-`, ...lines.map((line) => indented(line, inside))];
    }
    const text = this.#scalar(value, shape, false);
    return [text === '' ? start : `${start} ${text}`];
  }

  /** On one line, where that is the custom, nothing is remarked inside, and it fits. */
  #flow(node: Node, shape: Shape | undefined, depth: number, before: number): string | undefined {
    const custom = shape ? shape.definition['x-flow'] === true : (node as { flow?: boolean }).flow === true;
    if (isEmpty(node)) return isMap(node) ? '{}' : '[]';
    if (!custom) return undefined;
    const text = this.#inline(node, shape);
    return text !== undefined && 2 * depth + before + text.length <= width ? text : undefined;
  }

  #inline(node: Node | null, shape: Shape | undefined): string | undefined {
    if (isMap(node)) {
      if (!isEmpty(node) && (this.#remarks.get(node)?.end.length ?? 0) > 0) return undefined;
      const parts = this.#pairs(node as YAMLMap<Node, Node>, shape).map(({ key, value }) => {
        if (this.#remarks.has(key) || this.#remarks.has(value)) return undefined;
        const name = keyText(key);
        const inner = shapeOf(shapeOfKey(shape, name), value);
        if (inner?.name === 'armSteps' && isSeq(value) && value.items.length > 0) return undefined;
        const text = this.#inline(value, inner);
        return text === undefined ? undefined : `${yamlText(name, true)}:${text === '' ? '' : ` ${text}`}`;
      });
      return joined(parts, '{ ', ' }');
    }
    if (isSeq(node)) {
      if ((this.#remarks.get(node)?.end.length ?? 0) > 0) return undefined;
      const parts = (node as YAMLSeq<Node>).items.map((item) =>
        this.#remarks.has(item) ? undefined : this.#inline(item, shapeOf(shapeOfItem(shape), item)),
      );
      return joined(parts, '[', ']');
    }
    const anchor = isScalar(node) && node.anchor ? `&${node.anchor} ` : '';
    return `${anchor}${this.#scalar(node, shape, true)}`;
  }

  #scalar(node: Node | null, shape: Shape | undefined, flow: boolean): string {
    if (isAlias(node)) return `*${node.source}`;
    const value = isScalar(node) ? node.value : null;
    if (value === null || value === undefined) return '';
    const exact = sourceOfNumber(node);
    if (exact !== undefined) return exact;
    if (typeof value !== 'string') return String(value);
    if (shape?.name === 'expression') return yamlText(tidyExpression(value), flow);
    // A text that YAML 1.1 would take for a number of minutes is always quoted.
    return /^\d+:\d\d$/.test(value) ? doubleQuoted(value) : yamlText(value, flow);
  }

  #pairs(map: YAMLMap<Node, Node>, shape: Shape | undefined): Pair<Node, Node>[] {
    if (!this.#ordered || !shape?.definition.properties) return map.items;
    const order = Object.keys(shape.definition.properties);
    // A key that is not of the schema is a name, as the channel of a stage, and is printed first, or after the required keys.
    const needed = shape.definition.required?.length ?? 0;
    const ranked = map.items.map((pair) => {
      const index = order.indexOf(keyText(pair.key));
      return { pair, rank: index === -1 ? needed - 0.5 : index };
    });
    return ranked.sort((a, b) => a.rank - b.rank).map(({ pair }) => pair);
  }

  #merged(key: Node, value: Node | null): Remark {
    const [one, other] = this.#written.has(key) ? [] : [this.#remarks.get(key), this.#remarks.get(value)];
    const after = one?.after ?? other?.after;
    return {
      before: [...(one?.before ?? []), ...(other?.before ?? [])],
      blank: (one?.blank ?? false) || (other?.blank ?? false),
      ...(after !== undefined && { after }),
      end: [],
    };
  }
}

function joined(parts: (string | undefined)[], open: string, close: string): string | undefined {
  if (parts.includes(undefined)) return undefined;
  return parts.length === 0 ? `${open}${close}`.replaceAll(' ', '') : `${open}${parts.join(', ')}${close}`;
}

function isEmpty(node: Node | null): node is YAMLMap | YAMLSeq {
  return (isMap(node) || isSeq(node)) && node.items.length === 0;
}

function isNothing(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

function keyText(key: Node): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function indented(line: string, depth: number): string {
  return line === '' ? '' : ' '.repeat(2 * depth) + line;
}
