import { type Document, visit } from 'yaml';
import type { Diagnostic, Range } from '../diagnostics/diagnostic.ts';
import { t } from '../words/t.ts';
import { duplicateKeys } from './keys.ts';

type RangeOf = (start: number, end: number) => Range;

/** Finds YAML that is right for a parser, and means nothing here or cannot be meant. */
export function meaningless(text: string, document: Document, range: RangeOf): Diagnostic[] {
  return [
    ...duplicates(text, document, range),
    ...(mergeKey.test(text) ? mergeKeys(document, range) : []),
    ...(mayHoldAlias.test(text) ? unresolvedAlias(document, range) : []),
  ];
}

function duplicates(text: string, document: Document, range: RangeOf): Diagnostic[] {
  return duplicateKeys(document).map(([first, second]) => {
    const [start, end] = second.range ?? [0, 0];
    const [from, to] = first.range ?? [0, 0];
    const message = t`The key \`${text.slice(start, end)}\` stands twice in one map`;
    const { line } = range(from, to).start;
    const help = t`The first is in line ${line}: keep one of the two, or give one another name.`;
    return { code: 'CRM1003', severity: 'error', message, range: range(start, end), help };
  });
}

const mergeKey = /<<\s*:/;

/** They are no part of YAML 1.2, and would be a key like any other. */
function mergeKeys(document: Document, range: RangeOf): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Scalar(key, node) {
      if (key !== 'key' || node.value !== '<<' || node.type !== 'PLAIN') return;
      const [start, end] = node.range ?? [0, 0];
      const help = t`Write the keys out, or repeat a whole value by \`*name\`.`;
      const message = t`Maps cannot be merged by \`<<\``;
      found.push({ code: 'CRM1001', severity: 'error', message, range: range(start, end), help });
    },
  });
  return found;
}

/** Most files hold none, and need not be walked through. */
export const mayHoldAlias = /(?:^|[\s[{,])\*[^\s]/;

/** The library reports these only when it converts the tree to data, and without a place. */
function unresolvedAlias(document: Document, range: RangeOf): Diagnostic[] {
  const anchors = new Set<string>();
  const found: Diagnostic[] = [];
  visit(document, {
    Value(_key, node) {
      if (node.anchor) anchors.add(node.anchor);
    },
    Alias(_key, node) {
      if (anchors.has(node.source)) return;
      const [start, end] = node.range ?? [0, 0];
      const message = t`There is no anchor \`&${node.source}\` before this`;
      const help = t`A value that begins with \`*\` repeats an anchored one. If it is meant as text, put it in quotes.`;
      found.push({ code: 'CRM1001', severity: 'error', message, range: range(start, end), help });
    },
  });
  return found;
}
