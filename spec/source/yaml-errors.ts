import type { ErrorCode, YAMLError } from 'yaml';
import type { Diagnostic, Range } from '../diagnostic.ts';

interface Explanation {
  code?: string;
  message: string;
  help?: string;
}

/**
 * The YAML library's complaints in our words. After a slip of syntax a parser sees ghosts, so only the first of a
 * file is told; duplicate keys are not slips of syntax and are told all.
 */
export function explainYaml(
  text: string,
  errors: YAMLError[],
  range: (start: number, end: number) => Range,
): Diagnostic[] {
  const sorted = errors.toSorted((a, b) => a.pos[0] - b.pos[0]);
  const duplicates = sorted.filter((error) => error.code === 'DUPLICATE_KEY');
  const slips = sorted.filter((error) => error.code !== 'DUPLICATE_KEY');
  const deep = slips.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  const told = deep ? [deep] : slips.length > 0 ? slips.slice(0, 1) : duplicates;
  return told.map((error) => {
    const [start, end] = extent(text, error);
    const { code = 'CRM1001', message, help } = explain(error, text.slice(start, end));
    return { code, severity: 'error', message, range: range(start, end), ...(help && { help }) };
  });
}

function extent(text: string, error: YAMLError): [number, number] {
  const start = error.pos[0];
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^(["']).*?\1|^[^\s:,}]+/.exec(text.slice(start, start + 200));
    return [start, start + (key?.[0].length ?? 1)];
  }
  if (error.code === 'TAB_AS_INDENT') return [start, start + (/^\t+/.exec(text.slice(start))?.[0].length ?? 1)];
  const lineEnd = text.indexOf('\n', start);
  const end = Math.min(error.pos[1], lineEnd === -1 ? text.length : lineEnd);
  return [start, Math.max(start, end)];
}

const explanations: Partial<Record<ErrorCode, Explanation>> = {
  TAB_AS_INDENT: {
    code: 'CRM1002',
    message: 'The line is indented with a tab, which YAML does not allow',
    help: 'Indent with spaces: two per level.',
  },
  RESOURCE_EXHAUSTION: {
    code: 'CRM1004',
    message: 'Maps and lists are nested too deeply',
    help: 'Take the nesting apart.',
  },
  MULTIPLE_DOCS: {
    message: 'The file holds more than one YAML document',
    help: 'Remove the line `---`, or move what follows it into a file of its own.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'A second `: ` stands in one line, or the next line is indented too far',
    help: 'Put the value in quotes if it contains `: `; put keys of one map in one column.',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'A `:` is missing after the key, or a line is indented wrongly',
    help: 'Write `key: value`, and put keys of one map in one column.',
  },
  BAD_INDENT: {
    message: 'The indentation does not fit the lines around it, or a bracket is not closed',
    help: 'Put keys of one map in one column, and close every { and [.',
  },
  MISSING_CHAR: {
    message: 'A quote, bracket or colon is missing',
    help: 'Close every quote and bracket, and write `key: value`.',
  },
  BAD_SCALAR_START: {
    message: 'A value without quotes cannot begin with this character',
    help: 'Put the value in quotes.',
  },
  UNEXPECTED_TOKEN: {
    message: 'There is more text here than YAML expects',
    help: 'If the whole is one value, put it in single quotes as a whole: where: \'"a" == city\'.',
  },
  TAG_RESOLVE_FAILED: {
    message: 'A value that begins with `!` is a YAML tag, which is not used here',
    help: 'Put the value in quotes; in an expression write `not` rather than `!`.',
  },
  BAD_ALIAS: {
    message: 'A value that begins with `*` is an alias of an anchor (`&name`) that does not stand before it',
    help: 'Put the value in quotes, or write the anchor.',
  },
  NON_STRING_KEY: {
    message: 'A key must be a plain word',
    help: 'Write `key: value`.',
  },
};

function explain(error: YAMLError, text: string): Explanation {
  if (error.code === 'DUPLICATE_KEY') {
    return {
      code: 'CRM1003',
      message: `The key \`${text}\` stands twice in one map`,
      help: 'Keep one of the two, or give one another name.',
    };
  }
  return explanations[error.code] ?? { message: `This is not valid YAML: ${firstLine(error.message)}` };
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
