import { isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import type { ParsedFile } from '../document/parsed-file.ts';
import { Remarks } from '../document/remarks.ts';
import type { YamlComment } from './yaml.ts';

interface Entry {
  node: Node;
  /** The map or list that holds it. */
  holder: Holder;
  start: number;
  line: number;
  /** The column of the first letter of its line, 1-based. */
  column: number;
}

interface Holder {
  node: Node;
  parent?: Holder;
  /** The column of its entries. */
  column: number;
  flow: boolean;
  start: number;
  end: number;
}

interface Comment {
  start: number;
  line: number;
  column: number;
  text: string;
  own: boolean;
}

/**
 * Gives each comment of a YAML file to what it is about. The YAML library does so too, but gives what stands above a
 * key to the deeper map before it; here the column decides.
 */
export function yamlRemarks(file: ParsedFile, comments: YamlComment[]): Remarks {
  const remarks = new Remarks();
  const root = file.document.contents;
  const lines = file.text.split('\n');
  const blankAbove = (line: number) => line > 1 && (lines[line - 2] ?? '').trim() === '';
  const entries = entriesOf(file, lines);
  const onLine = new Map<number, Entry>();
  for (const entry of entries) if (!onLine.has(entry.line)) onLine.set(entry.line, entry);
  const above = new Map<Entry, Comment[]>();
  const below = new Map<Node, Comment[]>();
  let next = 0;
  for (const comment of placed(file, comments, lines)) {
    while ((entries[next]?.start ?? Number.POSITIVE_INFINITY) < comment.start) next++;
    const following = entries[next];
    const previous = entries[next - 1];
    const beside = onLine.get(comment.line);
    const owner = beside && beside.start < comment.start ? beside : previous;
    if (!comment.own && owner) {
      const remark = remarks.at(owner.node);
      if (remark.after === undefined) remark.after = comment.text;
      else remark.before.push(comment.text);
    } else if (following && isAbove(comment, following, previous)) {
      above.set(following, [...(above.get(following) ?? []), comment]);
    } else {
      const holder = holderOf(comment, previous) ?? root;
      // A file of nothing but comments.
      if (!isMap(holder) && !isSeq(holder)) remarks.header.push(comment.text);
      else below.set(holder, [...(below.get(holder) ?? []), comment]);
    }
  }
  const textsOf = (comments: Comment[]) =>
    comments.flatMap(({ text, line }, index) => (index > 0 && blankAbove(line) ? ['', text] : [text]));
  for (const entry of entries) {
    const comments = above.get(entry) ?? [];
    const remark = remarks.at(entry.node);
    remark.blank = onLine.get(entry.line) === entry && blankAbove(comments[0]?.line ?? entry.line);
    const apart = comments.length > 0 && blankAbove(entry.line) ? [''] : [];
    remark.before.push(...textsOf(comments), ...apart);
  }
  for (const [node, comments] of below) remarks.at(node).end.push(...textsOf(comments));
  const [first] = entries;
  if (first) remarks.takeHeader(first.node);
  return remarks;
}

function isAbove(comment: Comment, following: Entry, previous: Entry | undefined): boolean {
  const flow = flowAround(comment, previous);
  if (flow) return following.start < flow.end;
  return comment.column <= following.column;
}

/** Returns the node whose last line the comment is: as deep as the comment is. */
function holderOf(comment: Comment, previous: Entry | undefined): Node | undefined {
  const flow = flowAround(comment, previous);
  if (flow) return flow.node;
  let holder = previous?.holder;
  while (holder && (holder.flow || holder.column > comment.column)) holder = holder.parent;
  return holder?.node;
}

function flowAround(comment: Comment, previous: Entry | undefined): Holder | undefined {
  let holder = previous?.holder;
  while (holder && !(holder.flow && holder.start < comment.start && comment.start < holder.end)) holder = holder.parent;
  return holder;
}

function entriesOf(file: ParsedFile, lines: string[]): Entry[] {
  const entries: Entry[] = [];
  const visit = (node: Node | null | undefined, parent?: Holder): void => {
    if (!isMap(node) && !isSeq(node)) return;
    const [start, end] = node.range ?? [0, 0];
    const holder: Holder = { node, ...(parent && { parent }), column: 0, flow: node.flow === true, start, end };
    const add = (entry: Node, value: Node | null) => {
      const offset = entry.range?.[0] ?? 0;
      const { line, column: at } = file.range(offset, offset).start;
      const column = (/^[\s\uFEFF]*/.exec(lines[line - 1] ?? '')?.[0].length ?? 0) + 1;
      if (holder.column === 0) holder.column = at - (isSeq(node) ? 2 : 0);
      entries.push({ node: entry, holder, start: offset, line, column });
      visit(value, holder);
    };
    if (isMap(node)) {
      for (const { key, value } of (node as YAMLMap<Node, Node | null>).items) if (isScalar(key)) add(key, value);
    } else {
      for (const item of (node as YAMLSeq<Node>).items) add(item, item);
    }
  };
  visit(file.document.contents);
  return entries.sort((a, b) => a.start - b.start);
}

function placed({ range }: ParsedFile, written: YamlComment[], lines: string[]): Comment[] {
  return written.map(({ start, text }) => {
    const { line, column } = range(start, start).start;
    const own = (lines[line - 1] ?? '').slice(0, column - 1).trim() === '';
    return { start, line, column, text: text.slice(1).trimEnd(), own };
  });
}
