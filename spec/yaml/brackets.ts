import { type Document, isNode, isPair, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import { t } from '../words/t.ts';
import { closedByOther, type Slip } from './flow.ts';

/** The innermost bracket that is never closed: the parser complains where the lines cannot belong to it any more. */
export function openBracket(text: string, document: Document): Slip | undefined {
  let start: number | undefined;
  visit(document, {
    Collection(_key, node) {
      if (node.flow && hasBracket(text, node) && !isClosed(text, node)) start = node.range?.[0];
    },
  });
  if (start === undefined) return undefined;
  const other = closedByOther(text, document, start);
  if (other) return other;
  const open = text.charAt(start);
  const help = t`Add \`${closing[open] ?? ''}\` where it ends.`;
  return { extent: [start, start + 1], message: t`This \`${open}\` is never closed`, help };
}

/** Returns false for a pair between brackets, as in `[exit: done]`, which is a separate map. */
function hasBracket(text: string, { range }: YAMLMap | YAMLSeq): boolean {
  return text.charAt(range?.[0] ?? 0) in closing;
}

/** Returns true if a collection has its bracket at its end, after its last item. */
function isClosed(text: string, { range, items }: YAMLMap | YAMLSeq): boolean {
  const [from, to] = range ?? [0, 0];
  const last = items.at(-1);
  const inner = isPair(last) ? (last.value ?? last.key) : last;
  const end = text.slice(0, to).trimEnd().length;
  return end > (isNode(inner) ? (inner.range?.[1] ?? 0) : 0) && text[end - 1] === closing[text.charAt(from)];
}

const closing: Record<string, string> = { '{': '}', '[': ']' };
