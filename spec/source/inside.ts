import type { Scalar } from 'yaml';

/**
 * Maps offsets in a scalar's value to offsets in the file. Line folding only changes blanks, so outside of escapes
 * the letters that are not blank stand in the same order in both; the letters are paired up one by one.
 */
export function offsetsInside(text: string, node: Scalar, value: string): ((offset: number) => number) | undefined {
  const range = node.range;
  if (!range) return undefined;
  const letters = sourceLetters(text, node.type, range[0], range[1]);
  const offsets: number[] = [];
  let next = 0;
  let last = letters[0] ?? range[0];
  for (let index = 0; index < value.length; index++) {
    if (blank(value[index])) {
      offsets.push(last);
      last += 1;
      continue;
    }
    const at = letters[next++] ?? last;
    offsets.push(at);
    last = at + 1;
  }
  return (offset) => offsets[offset] ?? last;
}

function sourceLetters(text: string, type: Scalar['type'], start: number, end: number): number[] {
  if (type === 'QUOTE_DOUBLE') return doubleQuoted(text, start + 1, end - 1);
  if (type === 'QUOTE_SINGLE') return singleQuoted(text, start + 1, end - 1);
  const block = type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL';
  return plain(text, block ? text.indexOf('\n', start) + 1 : start, end);
}

function plain(text: string, start: number, end: number): number[] {
  const letters: number[] = [];
  for (let at = start; at < end; at++) if (!blank(text[at])) letters.push(at);
  return letters;
}

function singleQuoted(text: string, start: number, end: number): number[] {
  const letters: number[] = [];
  for (let at = start; at < end; at++) {
    if (blank(text[at])) continue;
    letters.push(at);
    if (text[at] === "'") at += 1;
  }
  return letters;
}

const escapeLength: Record<string, number> = { x: 4, u: 6, U: 10 };

function doubleQuoted(text: string, start: number, end: number): number[] {
  const letters: number[] = [];
  for (let at = start; at < end; at++) {
    if (text[at] === '\\') {
      const kind = text[at + 1] ?? '';
      // An escaped blank is a blank of the value; an escaped line break is nothing at all.
      if (!'ntr \t\n\r'.includes(kind)) letters.push(at);
      at += (escapeLength[kind] ?? 2) - 1;
    } else if (!blank(text[at])) {
      letters.push(at);
    }
  }
  return letters;
}

function blank(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\t' || letter === '\n' || letter === '\r';
}
