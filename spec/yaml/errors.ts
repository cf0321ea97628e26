import { type Document, type ErrorCode, isScalar, visit, type YAMLError } from 'yaml';
import type { Code } from '../diagnostics/codes.ts';
import type { Diagnostic, Range } from '../diagnostics/diagnostic.ts';
import { maxDepth } from '../document/limits.ts';
import { later, t, translated } from '../words/t.ts';
import { openBracket } from './brackets.ts';
import { tooDeepAt } from './depth.ts';
import { blockInFlow, colonInside, commaAtLineEnd } from './flow.ts';
import { meaningless } from './meaningless.ts';

interface Explanation {
  code?: Code;
  message: string;
  help?: string;
}

type Extent = [start: number, end: number];

/**
 * The YAML library's complaints in our words. After a slip of syntax a parser sees ghosts, so only the first of a
 * file is told. What is right for a parser and means nothing here is told all.
 */
export function explainYaml(
  text: string,
  document: Document,
  range: (start: number, end: number) => Range,
): Diagnostic[] {
  const slips = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  const told =
    slips.find(({ code }) => code === 'RESOURCE_EXHAUSTION') ??
    // A text without an end swallows what would close a bracket.
    slips.find(({ code, message }) => code === 'MISSING_CHAR' && /quote/.test(message)) ??
    slips[0];
  if (told) {
    const { extent, code = 'CRM1001', message, help } = explain(told, text, document);
    return [{ code, severity: 'error', message, range: range(...extent), ...(help && { help }) }];
  }
  return meaningless(text, document, range);
}

function explain(error: YAMLError, text: string, document: Document): Explanation & { extent: Extent } {
  const opening = mayBeBracket(error) ? openBracket(text, document) : undefined;
  if (opening) return opening;
  const extent = extentOf(text, error, document);
  const at = text.slice(...extent);
  switch (error.code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return dashAstray(text, extent) ?? tooFarOrTwice(text, extent);
    case 'BLOCK_IN_FLOW':
      return blockInFlow(text, extent);
    case 'MULTILINE_IMPLICIT_KEY': {
      const comma = commaAtLineEnd(text, document, extent[0]);
      if (comma) return comma;
      break;
    }
    case 'BAD_INDENT': {
      const from = extent[0] + (/^\s*/.exec(text.slice(extent[0]))?.[0].length ?? 0);
      const word = /^[^\s:]*/.exec(text.slice(from))?.[0].length ?? 0;
      return { ...shown(badIndent), extent: [from, from + Math.max(1, word)] };
    }
    case 'BAD_DQ_ESCAPE': {
      const sign = text.slice(extent[0], extent[0] + 2);
      const message = t`A backslash in double quotes begins a special character, and \`${sign}\` is none`;
      return {
        extent: [extent[0], extent[0] + 2],
        message,
        help: t`Write two backslashes for one, or put single quotes around the text.`,
      };
    }
    case 'UNEXPECTED_TOKEN': {
      const open = at === '}' ? '{' : at === ']' ? '[' : undefined;
      if (open === undefined && text.charAt(extent[0] - 1) === "'") {
        const help = t`An apostrophe between single quotes is written twice; or put double quotes around the whole.`;
        return { extent, message: t`The text ends at its second single quote`, help };
      }
      if (open === undefined) break;
      return { extent, message: t`There is no \`${open}\` that this \`${at}\` could close`, help: t`Remove it.` };
    }
    case 'MISSING_CHAR':
      if (/^["']/.test(at))
        return { extent, message: t`The quotation mark is not closed`, help: t`Add ${at.charAt(0)} at the end.` };
      if (endsInList(text, extent)) {
        const help = t`Put the value that has commas in quotation marks.`;
        return { extent, message: t`Between braces a value ends at its comma`, help };
      }
      if (/[|>][-+\d]*[ \t]*\r?\n[ \t]*$/.test(text.slice(0, extent[0]))) {
        const help = t`Indent it by two blanks more than its key.`;
        return { extent, message: t`The text of a \`|\` or \`>\` stands further in than its key`, help };
      }
      break;
  }
  const known = explanations[error.code];
  const reason = error.message.split('\n')[0] ?? '';
  return { extent, ...(known ? shown(known) : { message: t`This is not valid YAML: ${reason}` }) };
}

/** Returns an explanation in the language of the output. */
function shown({ message, help, ...rest }: Explanation): Explanation {
  return { ...rest, message: translated(message), ...(help !== undefined && { help: translated(help) }) };
}

function mayBeBracket({ code, message }: YAMLError): boolean {
  return code === 'BAD_INDENT' || (code === 'MISSING_CHAR' && !/quote/.test(message));
}

/** A dash that is no item of a list. */
function dashAstray(text: string, [start]: Extent): (Explanation & { extent: Extent }) | undefined {
  const blank = /^\s*/.exec(lineFrom(text, start))?.[0] ?? '';
  const at = start + blank.length;
  if (!/^-\s/.test(text.slice(at))) return undefined;
  const indented = blank.indexOf('\t');
  if (indented !== -1) return { ...shown(tab), extent: [start + indented, at] };
  const help = t`Put the dashes of one list in one column, below the key that they belong to.`;
  return { extent: [at, at + 1], message: t`This dash begins no item of a list`, help };
}

/** Inside of parentheses, as in `{ where: city in ("a", "b") }`. */
function endsInList(text: string, [start]: Extent): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /\{.*\([^()]*,[^()]*$/.test(line);
}

/** `title: Note: this` and a line indented further than the one above look the same to a parser. */
function tooFarOrTwice(text: string, [start]: Extent): Explanation & { extent: Extent } {
  const line = lineFrom(text, start);
  const colon = /:(?=\s|$)/.exec(line);
  if (colon) {
    return colonInside([start, start + line.length], line);
  }
  const next = /^\s*/.exec(text.slice(start + line.length))?.[0].length ?? 0;
  const from = start + line.length + next;
  const extent: Extent = [from, from + (/^[^\s:]*/.exec(lineFrom(text, from))?.[0].length ?? 1)];
  const help = t`Put keys of one map in one column.`;
  return { extent, message: t`The line is indented further than the key above it`, help };
}

function extentOf(text: string, error: YAMLError, document: Document): Extent {
  const start = error.pos[0];
  if (error.code === 'RESOURCE_EXHAUSTION') {
    const deep = tooDeepAt(text, maxDepth) ?? start;
    return [deep, deep + 1];
  }
  if (error.code === 'TAB_AS_INDENT') return [start, start + (/^\t+/.exec(text.slice(start))?.[0].length ?? 1)];
  const opening = error.code === 'MISSING_CHAR' ? openQuote(text, error, document) : undefined;
  if (opening !== undefined) return [opening, opening + lineFrom(text, opening).length];
  const line = lineFrom(text, start);
  const end = error.code === 'BAD_SCALAR_START' ? start + (/^[^\s,}\]]*/.exec(line)?.[0].length ?? 1) : error.pos[1];
  return [start, Math.max(start, Math.min(end, start + line.length))];
}

/** Returns the place of the quotation mark that is never closed: the parser complains at the end of the file. */
function openQuote(text: string, error: YAMLError, document: Document): number | undefined {
  if (!/quote/.test(error.message)) return undefined;
  let opening: number | undefined;
  visit(document, (_key, node) => {
    if (isScalar(node) && /^["']/.test(text.slice(node.range?.[0], node.range?.[1]))) opening = node.range?.[0];
  });
  return opening;
}

function lineFrom(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end === -1 ? text.length : end).trimEnd();
}

const props: Explanation = {
  message: later`An anchor (\`&name\`) or a tag stands where it cannot`,
  help: later`Put one before the value that it names, or the text in quotation marks.`,
};

const badIndent: Explanation = {
  message: later`The line stands in no column of the lines above it`,
  help: later`Put keys of one map in one column.`,
};

const tab: Explanation = {
  code: 'CRM1002',
  message: later`The line is indented with a tab, which YAML does not allow`,
  help: later`Indent with spaces: two per level.`,
};

const explanations: Partial<Record<ErrorCode, Explanation>> = {
  TAB_AS_INDENT: tab,
  RESOURCE_EXHAUSTION: {
    code: 'CRM1004',
    message: later`Maps and lists are nested too deeply`,
    help: later`Take the nesting apart.`,
  },
  MULTIPLE_DOCS: {
    message: later`The file holds more than one YAML document`,
    help: later`Remove the line \`---\`, or move what follows it into a file of its own.`,
  },
  MULTILINE_IMPLICIT_KEY: {
    message: later`A colon is missing after the key, or a line is indented wrongly`,
    help: later`Write \`key: value\`, and put keys of one map in one column.`,
  },
  BAD_INDENT: badIndent,
  MISSING_CHAR: {
    message: later`A quotation mark, a comma, a bracket or a colon is missing`,
    help: later`Close every quotation mark and bracket, and write \`key: value\`.`,
  },
  BAD_SCALAR_START: {
    message: later`A value without quotation marks cannot begin with this character`,
    help: later`Put the value in quotation marks.`,
  },
  UNEXPECTED_TOKEN: {
    message: later`There is more text here than YAML expects`,
    help: later`A value that begins with a quotation mark also ends with it: put single quotes around the whole of it.`,
  },
  TAG_RESOLVE_FAILED: {
    message: later`A value that begins with \`!\` is a YAML tag, which is not used here`,
    help: later`Put the value in quotation marks; in an expression write \`not\` rather than \`!\`.`,
  },
  BAD_ALIAS: {
    message: later`A value that begins with \`*\` is an alias, and this is none`,
    help: later`Put the value in quotation marks.`,
  },
  KEY_OVER_1024_CHARS: {
    message: later`The key is too long`,
    help: later`Names have at most 63 letters. If it is a text, put it in quotation marks, behind a key.`,
  },
  BAD_DIRECTIVE: {
    message: later`A line that begins with \`%\` is a directive of YAML, which is not used here`,
    help: later`Remove the line, or put the text in quotation marks, behind a key.`,
  },
  ALIAS_PROPS: props,
  BAD_PROP_ORDER: props,
  MULTIPLE_ANCHORS: props,
  MULTIPLE_TAGS: props,
  NON_STRING_KEY: {
    message: later`A key must be a plain word`,
    help: later`Write \`key: value\`.`,
  },
};
