import Handlebars from 'handlebars';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { t } from '../words/t.ts';
import type { Located } from './front.ts';

/** The longest text, in UTF-16 code units; mail programs cut off far shorter messages. */
const maxLength = 256 * 1024;

/** The deepest nesting of blocks, `else if` and calls. The parser's time grows with its square. */
const maxDepth = 50;

export type Parsed = { program: hbs.AST.Program } | { problem: Diagnostic };

const parses = new WeakMap<Located, Parsed>();

/** Parses Handlebars; a mistake in the text becomes a diagnostic. */
export function parseTemplate(source: Located): Parsed {
  const parsed = parses.get(source) ?? parse(source);
  parses.set(source, parsed);
  return parsed;
}

function parse(source: Located): Parsed {
  if (source.text.length > maxLength) {
    const size = Math.ceil(source.text.length / 1024);
    return refused(source, 0, t`The template is ${size} KB long; at most ${maxLength / 1024} KB are allowed`);
  }
  const deep = tooDeep(source.text);
  if (deep !== undefined) return refused(source, deep, t`Blocks or calls are nested more than ${maxDepth} deep`);
  try {
    return { program: Handlebars.parse(source.text) };
  } catch (error) {
    return { problem: syntaxProblem(source, error instanceof Error ? error.message : String(error)) };
  }
}

/** Returns the offset at which a text is nested too deep. It is called before the parser. */
function tooDeep(text: string): number | undefined {
  const token = /\{\{\{?~?\s*(?:([#^])|(\/)|(else)\s+[^\s~}])|([(])|([)])|\{\{/g;
  const chains: number[] = [];
  let depth = 0;
  let calls = 0;
  for (const found of text.matchAll(token)) {
    const [, open, close, chain, call, end] = found;
    calls = call ? calls + 1 : end ? Math.max(0, calls - 1) : 0;
    if (open) {
      chains.push(1);
      depth += 1;
    } else if (chain && chains.length > 0) {
      chains[chains.length - 1] = (chains.at(-1) ?? 0) + 1;
      depth += 1;
    } else if (close) {
      depth -= chains.pop() ?? 0;
    }
    if (depth > maxDepth || calls > maxDepth) return found.index;
  }
  return undefined;
}

function refused(source: Located, offset: number, message: string): { problem: Diagnostic } {
  const help = t`Move parts of it into partials under templates/partials/.`;
  return { problem: { code: 'CRM3008', severity: 'error', message, range: source.range(offset, offset), help } };
}

/** The parser's messages name grammar tokens; only the line in them is of use to a writer of templates. */
function syntaxProblem(source: Located, message: string): Diagnostic {
  const mismatch = /^(\S+) doesn't match (\S+) - (\d+):(\d+)$/.exec(message);
  if (mismatch) {
    const [, opened = '', closed = '', line = '1', column = '0'] = mismatch;
    const start = offsetOf(source.text, Number(line), Number(column));
    const help = t`Write {{/${opened}}} where the block ends.`;
    return syntax(source, start, start + opened.length, t`The block \`${opened}\` is closed by \`${closed}\``, help);
  }
  const line = Number(/line (\d+)/.exec(message)?.[1] ?? 1);
  const end = /got 'EOF'/.test(message);
  const unclosed = end ? lastOpen(source.text) : undefined;
  if (unclosed) {
    const help = t`Close it with {{/${unclosed.name}}}.`;
    return syntax(source, unclosed.start, unclosed.end, t`The block \`${unclosed.name}\` is never closed`, help);
  }
  const start = offsetOf(source.text, line, 0);
  const stop = source.text.indexOf('\n', start);
  const help = t`Check that every {{ has its }}, every quote its pair and every block its {{/end}}.`;
  return syntax(source, start, stop === -1 ? source.text.length : stop, t`This line is not valid Handlebars`, help);
}

function syntax(source: Located, start: number, end: number, message: string, help: string): Diagnostic {
  return { code: 'CRM3007', severity: 'error', message, range: source.range(start, end), help };
}

function lastOpen(text: string): { name: string; start: number; end: number } | undefined {
  const open: { name: string; start: number; end: number }[] = [];
  for (const found of text.matchAll(/\{\{~?(?:[#^]\s*([^\s~}]+)|(\/))/g)) {
    const [whole, name, close] = found;
    if (name) open.push({ name, start: found.index + whole.length - name.length, end: found.index + whole.length });
    else if (close) open.pop();
  }
  return open.at(-1);
}

/** Returns the offset of the parser's 1-based line and 0-based column. */
export function offsetOf(text: string, line: number, column: number): number {
  let offset = 0;
  for (let at = 1; at < line; at++) {
    const next = /\r\n?|\n/g;
    next.lastIndex = offset;
    const found = next.exec(text);
    if (!found) return text.length;
    offset = found.index + found[0].length;
  }
  return Math.min(offset + column, text.length);
}
