import type { Position, Range } from './diagnostic.ts';

/** A range of a text given by offsets, for where no line index is at hand; takes time proportional to `start`. */
export function rangeAt(file: string, text: string, start: number, end: number): Range {
  return { file, start: positionAt(text, start), end: positionAt(text, end) };
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { offset, line, column: offset - before.lastIndexOf('\n') };
}
