import { type Document, isNode, isPair, visit, type YAMLMap, type YAMLSeq } from 'yaml';

export interface OpenBracket {
  extent: [start: number, end: number];
  message: string;
  help: string;
}

/** The innermost bracket that is never closed: the parser complains where the lines cannot belong to it any more. */
export function openBracket(text: string, document: Document): OpenBracket | undefined {
  let start: number | undefined;
  visit(document, {
    Collection(_key, node) {
      if (node.flow && !isClosed(text, node)) start = node.range?.[0];
    },
  });
  if (start === undefined) return undefined;
  const open = text.charAt(start);
  const help = `Add \`${closing[open]}\` where it ends.`;
  return { extent: [start, start + 1], message: `This \`${open}\` is never closed`, help };
}

/** Returns true if a collection has a bracket of its own at its end, after its last item. */
function isClosed(text: string, { range, items }: YAMLMap | YAMLSeq): boolean {
  const [from, to] = range ?? [0, 0];
  const last = items.at(-1);
  const inner = isPair(last) ? (last.value ?? last.key) : last;
  const end = text.slice(0, to).trimEnd().length;
  return end > (isNode(inner) ? (inner.range?.[1] ?? 0) : 0) && text[end - 1] === closing[text.charAt(from)];
}

const closing: Record<string, string> = { '{': '}', '[': ']' };
