import { createRequire } from 'node:module';
import { hangBy } from './hang.ts';

const load = createRequire(import.meta.url);
let widthOf: ((text: string) => number) | undefined;

/** Returns the width of a text in columns. `string-width` is loaded for the first text that needs it, which takes 30 ms. */
export function columnsOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  widthOf ??= load('string-width').default as (text: string) => number;
  return widthOf(text);
}

/**
 * Breaks words into lines of at most `width` columns of a terminal. A longer word, such as the name of a file, stays whole.
 * Non-breaking blanks, as in an amount, do not break.
 * The items of a list stay whole, including their blanks.
 */
export function wrap(words: string | string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of typeof words === 'string' ? words.split(' ') : words) {
    const last = lines.at(-1);
    if (last !== undefined && columnsOf(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Breaks a text as `hangBy` does, by the columns of a terminal. */
export function hang(first: string, text: string, width: number, by?: number): string[] {
  return hangBy(columnsOf, first, text, width, by);
}

/** Breaks each line of a text; the further lines are indented to its first word. */
export function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      const blanks = /^ */.exec(line)?.[0] ?? '';
      return hang(blanks, line.slice(blanks.length), width);
    })
    .join('\n');
}

/** Breaks the lines that are wider than `width`; further lines are indented by two columns. */
export function fold(lines: string[], width: number): string[] {
  return lines.flatMap((line) => {
    if (columnsOf(line) <= width) return [line];
    const start = line.slice(0, line.length - line.trimStart().length);
    return hang(start, line.trimStart(), width, start.length + 2);
  });
}

/** Puts parts beside each other, two columns apart; those that do not fit go on further lines, indented by two columns. */
export function beside(parts: string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(...hang('', part, width, 2));
    else if (columnsOf(`${last}  ${part}`) <= width) lines[lines.length - 1] = `${last}  ${part}`;
    else lines.push(`  ${part}`);
  }
  return lines;
}
