import type { Scalar } from 'yaml';

type Letter = [start: number, end: number];

/**
 * Maps offsets in a scalar's value to offsets in the file. Line folding only changes blanks, so outside of escapes
 * the letters that are not blank have the same order in both; the letters are paired up one by one.
 */
export function offsetsInside(text: string, node: Scalar, value: string): ((offset: number) => number) | undefined {
  const letters = lettersInside(text, node, value);
  return letters && ((offset) => letters(offset)[0]);
}

/** Does the same as `offsetsInside` for a part of the value; an escape counts with its whole length. */
export function extentInside(
  text: string,
  node: Scalar,
  value: string,
  start: number,
  end: number,
): Letter | undefined {
  const letters = lettersInside(text, node, value);
  if (!letters) return undefined;
  const from = letters(start)[0];
  return [from, end > start ? letters(end - 1)[1] : from];
}

function lettersInside(text: string, node: Scalar, value: string): ((offset: number) => Letter) | undefined {
  if (!node.range) return undefined;
  const written = sourceLetters(text, node.type, node.range[0], node.range[1]);
  const letters: Letter[] = [];
  let next = 0;
  let last = written[0]?.[0] ?? node.range[0];
  for (let index = 0; index < value.length; index++) {
    const letter = blank(value[index]) ? undefined : written[next++];
    letters.push(letter ?? [last, last + 1]);
    last = letter?.[1] ?? last + 1;
  }
  return (offset) => letters[offset] ?? [last, last];
}

function sourceLetters(text: string, type: Scalar['type'], start: number, end: number): Letter[] {
  if (type === 'QUOTE_DOUBLE') return doubleQuoted(text, start + 1, end - 1);
  if (type === 'QUOTE_SINGLE') return singleQuoted(text, start + 1, end - 1);
  const block = type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL';
  return plain(text, block ? text.indexOf('\n', start) + 1 : start, end);
}

function plain(text: string, start: number, end: number): Letter[] {
  const letters: Letter[] = [];
  for (let at = start; at < end; at++) if (!blank(text[at])) letters.push([at, at + 1]);
  return letters;
}

function singleQuoted(text: string, start: number, end: number): Letter[] {
  const letters: Letter[] = [];
  for (let at = start; at < end; at++) {
    if (blank(text[at])) continue;
    const length = text[at] === "'" ? 2 : 1;
    letters.push([at, at + length]);
    at += length - 1;
  }
  return letters;
}

const escapeLength: Record<string, number> = { x: 4, u: 6, U: 10 };

function doubleQuoted(text: string, start: number, end: number): Letter[] {
  const letters: Letter[] = [];
  for (let at = start; at < end; at++) {
    if (text[at] === '\\') {
      const kind = text[at + 1] ?? '';
      const length = escapeLength[kind] ?? 2;
      // An escaped blank is a blank of the value; an escaped line break is nothing at all.
      if (!'ntr \t\n\r'.includes(kind)) letters.push([at, at + length]);
      at += length - 1;
    } else if (!blank(text[at])) {
      letters.push([at, at + 1]);
    }
  }
  return letters;
}

function blank(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\t' || letter === '\n' || letter === '\r';
}
