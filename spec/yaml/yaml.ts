import { Composer, type CST, type Document, Lexer, LineCounter, Parser, visit, YAMLParseError } from 'yaml';
import type { Diagnostic, Position, Range, SourceFile } from '../diagnostics/diagnostic.ts';
import { maxDepth, refuse } from '../document/limits.ts';
import type { ParsedFile } from '../document/parsed-file.ts';
import { Place } from '../document/place.ts';
import { t } from '../words/t.ts';
import { explainYaml } from './errors.ts';
import { mayHoldAlias } from './meaningless.ts';
import { plainValue } from './plain.ts';

/** A comment as it is written: its text begins with `#`. */
export interface YamlComment {
  start: number;
  text: string;
}

export type YamlReading =
  | { file: ParsedFile; comments: YamlComment[]; diagnostics: [] }
  | { file?: undefined; diagnostics: Diagnostic[] };

/** The readings of files: an editor checks hundreds of files again with every word that is typed in one of them. */
const readings = new WeakMap<SourceFile, YamlReading>();

/** Reads a file's YAML 1.2, once. Never throws: whatever is wrong is a Diagnostic. */
export function readYaml(file: SourceFile): YamlReading {
  const reading = readings.get(file) ?? parsed(file);
  readings.set(file, reading);
  return reading;
}

function parsed({ path, text }: SourceFile): YamlReading {
  const refused = refuse(path, text);
  if (refused) return { diagnostics: [refused] };
  const lines = new LineCounter();
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    // An empty text has no line at all in the counter's eyes.
    return { offset, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const range = (start: number, end: number): Range => ({ file: path, start: position(start), end: position(end) });
  const comments: YamlComment[] = [];
  const document = composed(text, lines, comments);
  const diagnostics = explainYaml(text, document, range);
  if (diagnostics.length > 0) return { diagnostics };
  const file = { path, text, document, value: undefined, range };
  const value = plain(file);
  if (value.problem !== undefined) {
    return { diagnostics: [{ code: 'CRM1004', severity: 'error', ...value.problem }] };
  }
  return { file: { ...file, value: value.value }, comments, diagnostics: [] };
}

/** Parses a document as the library does, and takes the comments from the same lexemes. */
function composed(text: string, lines: LineCounter, comments: YamlComment[]): Document {
  const composer = new Composer({
    version: '1.2',
    stringKeys: true,
    uniqueKeys: false,
    // A set or a map of another kind would be taken for an empty map.
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'error',
  });
  const [document, another] = composer.compose(tokens(text, lines, comments), true, text.length);
  if (!document) throw new Error('the YAML library gives a document for any text');
  if (another) document.errors.push(new YAMLParseError([another.range[0], another.range[1]], 'MULTIPLE_DOCS', ''));
  return document;
}

const scalarMark = '\u001F';
/** The library's marks for the beginning of a document, a scalar, and the end of a flow; they are not in the text. */
const marks = new Set([scalarMark, '\u0002', '\u0018']);

function* tokens(text: string, lines: LineCounter, comments: YamlComment[]): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let start = 0;
  let before = '';
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.startsWith('#') && before !== scalarMark) comments.push({ start, text: lexeme });
    if (!marks.has(lexeme)) start += lexeme.length;
    before = lexeme;
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

type Plain = { value: unknown; problem?: undefined } | { problem: Pick<Diagnostic, 'message' | 'help' | 'range'> };

function plain(file: ParsedFile): Plain {
  try {
    const { document, text } = file;
    const value = mayHoldAlias.test(text) ? document.toJS({ maxAliasCount: 100 }) : plainValue(document.contents);
    const deep = deeperThan(value, maxDepth);
    if (!deep) return { value };
    const message = t`Maps and lists are nested more than ${maxDepth} levels deep`;
    const help = t`Take the nesting apart; an alias must not contain itself.`;
    return { problem: { message, help, range: new Place(file, deep).key } };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const message = t`Aliases (*name) repeat so much that the file would grow without bound`;
    return {
      problem: { message, help: t`Write the repeated parts out, or use fewer aliases.`, range: lastAlias(file) },
    };
  }
}

/** The last ones include the ones before them. */
function lastAlias({ document, range }: ParsedFile): Range {
  let found = range(0, 0);
  visit(document, {
    Alias(_key, { range: at }) {
      if (at) found = range(at[0], at[1]);
    },
  });
  return found;
}

type Path = (string | number)[];

/** Returns the path of the first value below so many others. */
function deeperThan(value: unknown, levels: number): Path | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return [];
  for (const [key, inner] of Object.entries(value)) {
    const rest = deeperThan(inner, levels - 1);
    if (rest) return [Array.isArray(value) ? Number(key) : key, ...rest];
  }
  return undefined;
}
