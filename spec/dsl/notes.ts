import { LineCounter, type Node } from 'yaml';
import type { Diagnostic, Position, Range } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import { type CrmToken, endOf } from './tokens.ts';

/** A statement, a step or a named line. */
export interface NotedEntry {
  node: Node;
  start: number;
  end: number;
  line: number;
  endLine: number;
}

/** A pair of braces, or the whole file. */
export interface NotedBlock {
  node: Node;
  start: number;
  end: number;
}

/** The results of the parser besides the tree. */
export interface Notes {
  /** The text of the file, with blanks for comments. */
  text: string;
  entries: NotedEntry[];
  blocks: NotedBlock[];
  error: Report['error'];
  diagnostics: Diagnostic[];
  range(start: number, end: number): Range;
  /** Words that were skipped: what they would have declared is unknown. */
  skipped: Set<string>;
  /** Parts of the tree that lack something essential, which is reported: nothing else about them is. */
  broken: Set<Node>;
}

export function createNotes(path: string, text: string): Notes {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { offset, line: Math.max(1, line), column: Math.max(1, col) };
  };

  const diagnostics: Diagnostic[] = [];
  return {
    text,
    entries: [],
    blocks: [],
    diagnostics,
    range: (start, end) => ({ file: path, start: position(start), end: position(end) }),
    skipped: new Set(),
    broken: new Set(),
    error(code, at, message, help) {
      diagnostics.push({ code, severity: 'error', message, range: at, ...(help && { help }) });
    },
  };
}

export function rangeOf(notes: Notes, token: CrmToken): Range {
  return notes.range(token.startOffset, endOf(token));
}
