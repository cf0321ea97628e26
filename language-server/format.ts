import type { TextEdit } from 'vscode-languageserver';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { isResourceFile } from '../spec/document/project-files.ts';
import { formatFile } from '../spec/format.ts';
import { rangeIn } from './positions.ts';

/** Returns the edit that formats a file; none if the file is formatted already, or cannot be parsed. */
export function format(file: SourceFile): TextEdit[] {
  if (!isResourceFile(file.path)) return [];
  const { text } = formatFile(file);
  if (text === undefined || text === file.text) return [];
  let start = 0;
  while (start < text.length && text[start] === file.text[start]) start++;
  let tail = 0;
  const most = Math.min(text.length, file.text.length) - start;
  while (tail < most && text.at(-1 - tail) === file.text.at(-1 - tail)) tail++;
  return [{ range: rangeIn(file, start, file.text.length - tail), newText: text.slice(start, text.length - tail) }];
}
