import { type Document, LineCounter, parseDocument, visit } from 'yaml';
import type { Diagnostic, Position, Range, SourceFile } from '../diagnostic.ts';
import { maxDepth, refuse } from './limits.ts';
import { Place } from './place.ts';
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
    uniqueKeys: false,
    // A set or a map of another kind would be taken for an empty map.
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const diagnostics = explainYaml(text, document, range);
  if (diagnostics.length > 0) return { diagnostics };
  const file = { path, text, document, value: undefined, range };
  const value = plain(file);
  if (value.problem !== undefined) {
    return { diagnostics: [{ code: 'CRM1004', severity: 'error', ...value.problem }] };
  }
  return { file: { ...file, value: value.value }, diagnostics: [] };
}

type Plain = { value: unknown; problem?: undefined } | { problem: Pick<Diagnostic, 'message' | 'help' | 'range'> };

function plain(file: YamlFile): Plain {
  try {
    const value: unknown = file.document.toJS({ maxAliasCount: 100 });
    const deep = deeperThan(value, maxDepth);
    if (!deep) return { value };
    const message = `Maps and lists are nested more than ${maxDepth} levels deep`;
    const help = 'Take the nesting apart; an alias must not contain itself.';
    return { problem: { message, help, range: new Place(file, deep).key } };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = 'Aliases (*name) repeat so much that the file would grow without bound';
    return {
      problem: { message, help: 'Write the repeated parts out, or use fewer aliases.', range: lastAlias(file) },
    };
  }
}

/** Those that stand last have those before them in them. */
function lastAlias({ document, range }: YamlFile): Range {
  let found = range(0, 0);
  visit(document, {
    Alias(_key, { range: at }) {
      if (at) found = range(at[0], at[1]);
    },
  });
  return found;
}

type Path = (string | number)[];

/** The path of the first value that stands below so many others. */
function deeperThan(value: unknown, levels: number): Path | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return [];
  for (const [key, inner] of Object.entries(value)) {
    const rest = deeperThan(inner, levels - 1);
    if (rest) return [Array.isArray(value) ? Number(key) : key, ...rest];
  }
  return undefined;
}
