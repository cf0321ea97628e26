import { isMap, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Remarks } from './remarks.ts';

/** An entry's lines, and `true` for a blank line above. */
export interface Paragraph {
  lines: string[];
  blank: boolean;
  /** True if it has several lines, comments apart. */
  long: boolean;
}

/**
 * Hands out the comments of a tree, each once. What is printed on one line has no room for the comments inside it:
 * they go above.
 */
export class Margins {
  readonly #remarks: Remarks;
  readonly #printed = new Set<Node>();
  readonly #ended = new Set<Node>();

  constructor(remarks: Remarks) {
    this.#remarks = remarks;
  }

  /** `own`: the nodes whose remarks are the entry's; `inside`: the lines that are printed already. */
  around(own: (Node | null | undefined)[], inside: Node | null, lines: string[]): Paragraph {
    const before: string[] = [];
    const afters: string[] = [];
    let blank = false;
    for (const node of own) {
      const remark = node && !this.#printed.has(node) ? this.#remarks.get(node) : undefined;
      if (node) this.#printed.add(node);
      if (!remark) continue;
      before.push(...remark.before);
      if (remark.after !== undefined) afters.push(remark.after);
      blank ||= remark.blank;
    }
    this.#hoist(inside, before, afters);
    const [after, ...more] = afters;
    const [first = '', ...rest] = lines;
    const beside = after === undefined ? first : `${first} #${after}`.trimStart();
    return { lines: [...[...before, ...more].map(comment), beside, ...rest], blank, long: rest.length > 0 };
  }

  /** Returns the comments about nodes that have no line of their own. */
  above(nodes: Node[]): string[] {
    const { lines } = this.around(nodes, null, []);
    return lines.filter((line) => line !== '');
  }

  /** Returns the comments below the last entry of a block. */
  below(node: Node | null | undefined): string[] {
    if (!node || this.#ended.has(node)) return [];
    this.#ended.add(node);
    return (this.#remarks.get(node)?.end ?? []).map(comment);
  }

  /** Returns the comments that have found no place of their own. */
  left(root: Node): string[] {
    const lines: string[] = [];
    const afters: string[] = [];
    this.#hoist(root, lines, afters);
    return [...lines, ...afters].map(comment);
  }

  /** Returns true if a comment is above a node. */
  hasAbove(node: Node): boolean {
    return !this.#printed.has(node) && (this.#remarks.get(node)?.before.length ?? 0) > 0;
  }

  /** Returns true if a comment is below the last entry of a block. */
  hasBelow(node: Node | null): boolean {
    return node !== null && !this.#ended.has(node) && (this.#remarks.get(node)?.end.length ?? 0) > 0;
  }

  /** Returns true if anything inside still has to be printed. */
  hasInside(node: Node | null): boolean {
    const texts: string[] = [];
    const visit = (each: Node): void => {
      const remark = this.#remarks.get(each);
      if (remark && !this.#printed.has(each)) {
        texts.push(...remark.before, ...(remark.after === undefined ? [] : [remark.after]));
      }
      if (remark && !this.#ended.has(each)) texts.push(...remark.end);
    };
    walk(node, visit);
    return texts.length > 0;
  }

  #hoist(inside: Node | null, before: string[], afters: string[]): void {
    walk(inside, (node) => {
      const remark = this.#remarks.get(node);
      if (remark && !this.#printed.has(node)) {
        before.push(...remark.before);
        if (remark.after !== undefined) afters.push(remark.after);
      }
      if (remark && !this.#ended.has(node)) before.push(...remark.end);
      this.#printed.add(node);
      this.#ended.add(node);
    });
  }
}

function walk(node: Node | null, visit: (node: Node) => void): void {
  if (!node) return;
  visit(node);
  if (isMap(node)) {
    for (const { key, value } of (node as YAMLMap<Node, Node | null>).items) {
      visit(key);
      walk(value, visit);
    }
  } else if (isSeq(node)) {
    for (const item of (node as YAMLSeq<Node>).items) walk(item, visit);
  }
}

function comment(text: string): string {
  return text === '' ? '' : `#${text}`;
}

/** Paragraphs one below the other. `apart`: whether a blank line is wanted between two of them all the same. */
export function stacked(paragraphs: Paragraph[], apart?: (above: Paragraph, below: Paragraph) => boolean): string[] {
  return paragraphs.flatMap((paragraph, index) => {
    const above = paragraphs[index - 1];
    const blank = above && (paragraph.blank || apart?.(above, paragraph));
    return blank ? ['', ...paragraph.lines] : paragraph.lines;
  });
}
