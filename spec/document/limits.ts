import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { rangeAt } from '../diagnostics/position.ts';
import { t } from '../words/t.ts';

/** The longest file, in UTF-16 code units; far above any file that people write. */
const maxLength = 5_000_000;

/** Nested maps and lists, of the text and of what aliases make of it. */
export const maxDepth = 100;

/** Returns the first reason why a text is not fit to be parsed; undefined: it is. */
export function refuse(path: string, text: string): Diagnostic | undefined {
  if (text.length > maxLength) {
    return {
      code: 'CRM1004',
      severity: 'error',
      message: t`The file is ${String((text.length / 1e6).toFixed(1))} MB long; at most ${maxLength / 1e6} MB are read`,
      range: rangeAt(path, text, 0, 0),
      help: t`Move parts of it into other files; customers and events belong into data files.`,
    };
  }
  return badCharacter(path, text) ?? loneReturn(path, text);
}

/** YAML takes them for blanks, and then the file makes no sense. */
function loneReturn(path: string, text: string): Diagnostic | undefined {
  const at = /\r(?!\n)/.exec(text)?.index;
  if (at === undefined) return undefined;
  return {
    code: 'CRM1005',
    severity: 'error',
    message: t`The line ends with a carriage return alone`,
    range: rangeAt(path, text, at, at + 1),
    help: t`Save the file with the line ends LF or CRLF.`,
  };
}

function badCharacter(path: string, text: string): Diagnostic | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const found = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD]/.exec(text);
  if (!found) return undefined;
  const character = found[0];
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const damaged = character === '\uFFFD' || character === '\u0000';
  return {
    code: 'CRM1005',
    severity: 'error',
    message: damaged ? t`The file is not UTF-8 text` : t`The file holds an invisible control character (U+${code})`,
    range: rangeAt(path, text, found.index, found.index + 1),
    help: damaged ? t`Save the file in the encoding UTF-8.` : t`Delete the character; it may have come with a paste.`,
  };
}
