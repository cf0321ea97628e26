import { type Document, LineCounter, parseDocument } from 'yaml';
import type { Diagnostic, Position, Range, SourceFile } from '../diagnostic.ts';
import { maxDepth, refuse } from './limits.ts';
import { explainYaml } from './yaml-errors.ts';

/** A YAML file whose syntax is right. `value` is plain data; aliases in it are resolved. */
export interface YamlFile {
  path: string;
  text: string;
  document: Document;
  value: unknown;
  range(start: number, end: number): Range;
}

export type YamlReading = { file: YamlFile; diagnostics: [] } | { file?: undefined; diagnostics: Diagnostic[] };

/** Reads a file's YAML 1.2. Never throws: whatever is wrong is a Diagnostic. */
export function readYaml({ path, text }: SourceFile): YamlReading {
  const refused = refuse(path, text);
  if (refused) return { diagnostics: [refused] };
  const lines = new LineCounter();
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    // An empty text has no line at all in the counter's eyes.
    return { offset, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const range = (start: number, end: number): Range => ({ file: path, start: position(start), end: position(end) });
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    stringKeys: true,
    prettyErrors: false,
    logLevel: 'error',
  });
  const diagnostics = explainYaml(text, document, range);
  if (diagnostics.length > 0) return { diagnostics };
  const value = plain(document);
  if (value.problem !== undefined) {
    return { diagnostics: [{ code: 'CRM1004', severity: 'error', ...value.problem, range: range(0, 0) }] };
  }
  return { file: { path, text, document, value: value.value, range }, diagnostics: [] };
}

type Plain = { value: unknown; problem?: undefined } | { problem: { message: string; help: string } };

function plain(document: Document): Plain {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (!deeperThan(value, maxDepth)) return { value };
    const message = `Maps and lists are nested more than ${maxDepth} levels deep`;
    return { problem: { message, help: 'Take the nesting apart; an alias must not contain itself.' } };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = 'Aliases (*name) repeat so much that the file would grow without bound';
    return { problem: { message, help: 'Write the repeated parts out, or use fewer aliases.' } };
  }
}

function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => deeperThan(inner, levels - 1));
}
