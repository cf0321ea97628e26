import { isUtf8 } from 'node:buffer';
import { LONGEST as LONGEST_TEXT } from './convert/text.ts';
import type { PlainLines } from './plain-lines.ts';

/** The longest physical line that is read, in bytes; what is longer is passed over without being kept. */
export const LONGEST_LINE = 4 * 1024 * 1024;

/** A physical line without its end (LF or CRLF). `fault`: why there is no text. */
export interface Line {
  /** 1-based. */
  number: number;
  text: string;
  fault?: 'wrong-encoding' | 'too-big';
  /** Its bytes are Russian words in Windows-1251. */
  russian?: true;
  /** The file ended before the line did. */
  open?: true;
}

/**
 * Splits bytes into lines, a chunk's worth at a time, and drops a byte order mark. Never holds more than a chunk and the
 * longest line. A last line without an end is yielded alone. What it yields does not depend on where the chunks are cut.
 * `before`: the number of lines of the file before the input. `plain`: takes rows out of the lines.
 */
export async function* readLines(
  input: AsyncIterable<Uint8Array>,
  before = 0,
  plain?: PlainLines,
): AsyncGenerator<Line[]> {
  let number = before;
  const open = openLine();
  for await (const chunk of input) {
    const first = chunk.indexOf(10);
    if (first < 0) {
      open.add(chunk);
      continue;
    }
    open.add(chunk.subarray(0, first));
    const last = chunk.lastIndexOf(10);
    const lines = [open.close(++number)];
    if (last > first) {
      // A line may be the last one of a record that the lines before have begun: so their reader is asked first.
      if (plain) yield lines.splice(0);
      const more = manyLines(chunk.subarray(first + 1, last), number + 1, plain);
      for (const line of more.lines) lines.push(line);
      number += more.count;
    }
    yield lines;
    open.add(chunk.subarray(last + 1));
  }
  if (open.begun()) yield [{ ...open.close(++number), open: true }];
}

/** The line whose end has not been seen yet, in pieces. */
function openLine() {
  let pieces: Uint8Array[] = [];
  let size = 0;
  return {
    begun: () => size > 0,
    add(piece: Uint8Array): void {
      size += piece.length;
      if (size > LONGEST_LINE) pieces = [];
      else if (piece.length > 0) pieces.push(piece);
    },
    close(number: number): Line {
      const line: Line =
        size > LONGEST_LINE ? { number, text: '', fault: 'too-big' } : oneLine(Buffer.concat(pieces), number);
      pieces = [];
      size = 0;
      return line;
    },
  };
}

function manyLines(bytes: Uint8Array, number: number, plain?: PlainLines): { lines: Line[]; count: number } {
  // A test of the whole block is far cheaper than one of each line, and almost always enough.
  if (bytes.length <= LONGEST_LINE && isUtf8(bytes)) {
    const text = utf8(bytes);
    const taken = bytes.length <= LONGEST_TEXT ? plain?.take(text, number) : undefined;
    if (taken) return taken;
    const lines = text.split('\n').map((line, i) => ({ number: number + i, text: withoutReturn(line) }));
    return { lines, count: lines.length };
  }
  const lines: Line[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end;
    lines.push(oneLine(bytes.subarray(from, to), number + lines.length));
    from = to + 1;
  }
  return { lines, count: lines.length };
}

function oneLine(bytes: Uint8Array, number: number): Line {
  if (bytes.length > LONGEST_LINE) return { number, text: '', fault: 'too-big' };
  if (!isUtf8(bytes)) return { number, text: '', fault: 'wrong-encoding', ...(isRussian(bytes) && { russian: true }) };
  const text = withoutReturn(utf8(bytes));
  return { number, text: number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text };
}

const windows1251 = new TextDecoder('windows-1251');

/** Three letters in a row, since fewer can be accented letters of another encoding; and none beyond ASCII in UTF-8. */
function isRussian(bytes: Uint8Array): boolean {
  return /[А-Яа-яЁё]{3}/.test(windows1251.decode(bytes)) && !/[\u0080-\uFFFC]/.test(utf8(bytes));
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

/**
 * Splits bytes into pieces of lines, with their ends, for a format whose lines mean nothing and may be of any length. Bytes that
 * are not UTF-8 become U+FFFD. Drops a byte order mark.
 */
export async function* readPieces(input: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  const decoder = new TextDecoder();
  let number = 1;
  const pieces = (text: string): Line[] =>
    text.split(/(?<=\n)/).map((piece) => ({ number: piece.endsWith('\n') ? number++ : number, text: piece }));
  for await (const chunk of input) yield pieces(decoder.decode(chunk, { stream: true }));
  yield pieces(decoder.decode());
}
