import { isUtf8 } from 'node:buffer';
import type { Encoding } from '../../../spec/model/data.ts';

/** Returns the separator that a line names, as spreadsheets write it above the header: `sep=;`. */
export function separatorLine(text: string): string | undefined {
  return /^"?sep=([,;|\t])"?\s*$/i.exec(text)?.[1];
}

/** The size of the part of a file by which its notation is recognised, in bytes. */
export const HEAD = 64 * 1024;

/** An encoding of which the order of bytes is known too. */
export type Letters = Exclude<Encoding, 'utf-16'> | 'utf-16le' | 'utf-16be';

/** `guessed`: the file has no certain sign of it. */
export interface Recognised {
  letters: Letters;
  guessed?: true;
}

/** Returns the encoding of a file by its first bytes; UTF-8 also where some rows are not. */
export function recognise(head: Uint8Array): Recognised {
  const wide = utf16(head);
  if (wide) return wide;
  const narrow = isUtf8(whole(head)) ? undefined : oneByte(head);
  return narrow ? { letters: narrow, guessed: true } : { letters: 'utf-8' };
}

/**
 * Returns the letters of a file that declares its encoding. Undefined where it is certainly another one: where every letter is
 * UTF-8, a declared encoding of one byte a letter would make other letters of it.
 */
export function declared(encoding: Encoding, head: Uint8Array): Letters | undefined {
  if (encoding === 'utf-16') return utf16(head)?.letters ?? 'utf-16le';
  if (encoding === 'utf-8') return utf16(head) ? undefined : 'utf-8';
  const other = utf16(head) !== undefined || (isUtf8(whole(head)) && head.some((byte) => byte >= 0x80));
  return other ? undefined : encoding;
}

/** Returns the bytes in UTF-8. */
export async function* decoded(input: AsyncIterable<Uint8Array>, letters: Letters): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(letters);
  for await (const chunk of input) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

function utf16(head: Uint8Array): Recognised | undefined {
  const mark = (head[0] ?? 0) * 256 + (head[1] ?? 0);
  if (mark === 0xfffe) return { letters: 'utf-16le' };
  if (mark === 0xfeff) return { letters: 'utf-16be' };
  // Without a mark: every other byte of European letters is one that no text has in other encodings.
  const start = head.subarray(0, 64);
  if (start.length < 8) return undefined;
  const high = [0, 0];
  start.forEach((byte, i) => {
    if (byte < 9) high[i % 2] = (high[i % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = high;
  if (Math.max(even, odd) <= start.length / 3 || Math.min(even, odd) >= start.length / 16) return undefined;
  return { letters: even > odd ? 'utf-16be' : 'utf-16le', guessed: true };
}

/**
 * A few broken rows must not condemn their file, so this asks for a tenth of the lines, and two at least, with letters
 * beyond ASCII, or for one in the header, and for none that has such letters in UTF-8. Russian words are three such letters in a
 * row; in the other languages written in Latin letters they stand alone.
 */
function oneByte(head: Uint8Array): Letters | undefined {
  let lines = 0;
  let russian = 0;
  let western = 0;
  let header: Letters | undefined;
  for (const line of wholeLines(head)) {
    if (lines === 0 && separatorLine(Buffer.from(line).toString('latin1')) !== undefined) continue;
    lines++;
    if (!line.some((byte) => byte >= 0x80)) continue;
    if (isUtf8(line)) return undefined;
    const letters = hasRussianWord(line) ? 'windows-1251' : hasAccents(line) ? 'windows-1252' : undefined;
    if (letters === 'windows-1251') russian++;
    else if (letters) western++;
    if (lines === 1) header = letters;
  }
  const enough = (count: number) => count >= 2 && count * 10 >= lines;
  if (header === 'windows-1251' || enough(russian)) return 'windows-1251';
  return header ?? (enough(western) ? 'windows-1252' : undefined);
}

/** Three letters in a row of those that Russian uses. */
function hasRussianWord(line: Uint8Array): boolean {
  let run = 0;
  for (const byte of line) {
    run = byte >= 0xc0 || byte === 0xa8 || byte === 0xb8 ? run + 1 : 0;
    if (run === 3) return true;
  }
  return false;
}

/** An accented letter, or the sign of a currency, beside ASCII. */
function hasAccents(line: Uint8Array): boolean {
  return line.every(
    (byte, i) =>
      byte < 0x80 || byte === 0x80 || byte >= 0xa0 || (byte >= 0x82 && byte <= 0x9c && (line[i - 1] ?? 0) < 0x80),
  );
}

function* wholeLines(head: Uint8Array): Generator<Uint8Array> {
  let from = 0;
  const isEnd = (byte: number) => byte === 10 || byte === 13;
  for (let to = head.findIndex(isEnd); to >= 0; to = from + head.subarray(from).findIndex(isEnd)) {
    if (to < from) break;
    if (to > from) yield head.subarray(from, to);
    from = to + 1;
  }
  // The last line may have been cut in the middle of a letter.
  if (head.length < HEAD && from < head.length) yield head.subarray(from);
}

/** The bytes without a letter that the end cuts in two. */
function whole(head: Uint8Array): Uint8Array {
  if (head.length < HEAD) return head;
  let end = head.length;
  while (end > head.length - 4 && ((head[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  return head.subarray(0, (head[end - 1] ?? 0) >= 0xc0 ? end - 1 : end);
}
