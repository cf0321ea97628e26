import type { Node } from 'yaml';

/** The comments and blank lines around the entries of a file. */
export interface Remark {
  /** Lines of comment above, without their `#`; an empty line is ''. */
  before: string[];
  /** True if a blank line is above. */
  blank: boolean;
  /** A comment at the end of the entry's first line. */
  after?: string;
  /** The comments below the last entry of a map or list. */
  end: string[];
}

/** The remarks by node: for a map's entry its key, for a list's entry the entry itself. */
export class Remarks {
  /** At the top of the file, set apart by a blank line. */
  header: string[] = [];
  readonly #byNode = new Map<Node, Remark>();

  /** Returns the remarks of a node, to be written to. */
  at(node: Node): Remark {
    let remark = this.#byNode.get(node);
    if (!remark) {
      remark = { before: [], blank: false, end: [] };
      this.#byNode.set(node, remark);
    }
    return remark;
  }

  get(node: Node | null | undefined): Remark | undefined {
    return node ? this.#byNode.get(node) : undefined;
  }

  /** Takes the comments above the first entry of a file that a blank line sets apart: they are about the file. */
  takeHeader(first: Node): void {
    const { before } = this.at(first);
    const apart = before.indexOf('');
    if (apart !== -1) this.header = before.splice(0, apart + 1).slice(0, -1);
  }

  has(node: Node | null | undefined): boolean {
    const found = this.get(node);
    return found !== undefined && (found.before.length > 0 || found.after !== undefined || found.end.length > 0);
  }
}

/** A comment of a file. */
export interface Comment {
  start: number;
  line: number;
  /** 1-based. */
  column: number;
  /** The text of the comment without its `#`, trimmed at the end. */
  text: string;
  /** True if nothing else is before it on its line. */
  own: boolean;
}
