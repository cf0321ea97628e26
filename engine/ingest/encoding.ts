import { isUtf8 } from 'node:buffer';

/** How much of a file is looked at to tell its encoding, in bytes. */
export const HEAD = 64 * 1024;

/** Returns the encoding that a file's first bytes show, when that is not UTF-8; undefined: UTF-8, perhaps with bad rows. */
export function foreignEncoding(head: Uint8Array): 'UTF-16' | 'Windows-1251' | undefined {
  if (isUtf16(head)) return 'UTF-16';
  return isWindows1251(head) ? 'Windows-1251' : undefined;
}

export function encodingHelp(encoding: 'UTF-16' | 'Windows-1251'): string {
  const name = encoding === 'UTF-16' ? 'UTF-16' : 'WINDOWS-1251';
  return (
    `The file is in ${encoding}, not in UTF-8. Save it as UTF-8 ` +
    `(in a spreadsheet: "CSV UTF-8"; in a shell: iconv -f ${name} -t UTF-8).`
  );
}

function isUtf16(head: Uint8Array): boolean {
  const mark = (head[0] ?? 0) * 256 + (head[1] ?? 0);
  if (mark === 0xfffe || mark === 0xfeff) return true;
  // Without a mark: the header is Latin letters, so every other byte of it is zero.
  const start = head.subarray(0, 64);
  if (start.length < 8) return false;
  const zeros = [0, 0];
  start.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  return Math.max(even, odd) > start.length / 3 && Math.min(even, odd) < start.length / 16;
}

/**
 * A few broken rows must not condemn their file, so this asks for a tenth of the lines, and two at least, with Russian
 * words as Windows-1251 writes them, and for none that has letters beyond ASCII in UTF-8.
 */
function isWindows1251(head: Uint8Array): boolean {
  if (isUtf8(head)) return false;
  let lines = 0;
  let russian = 0;
  for (const line of wholeLines(head)) {
    lines++;
    if (hasRussianWord(line)) russian++;
    if (isUtf8(line) && line.some((byte) => byte >= 0x80)) return false;
  }
  return russian >= 2 && russian * 10 >= lines;
}

/** Three letters in a row; words in other encodings of one byte a letter pass too, and are refused as rightly. */
function hasRussianWord(line: Uint8Array): boolean {
  let run = 0;
  for (const byte of line) {
    run = byte >= 0xc0 || byte === 0xa8 || byte === 0xb8 ? run + 1 : 0;
    if (run === 3) return true;
  }
  return false;
}

function* wholeLines(head: Uint8Array): Generator<Uint8Array> {
  let from = 0;
  for (let to = head.indexOf(10); to >= 0; to = head.indexOf(10, from)) {
    yield head.subarray(from, to);
    from = to + 1;
  }
  // The last line may have been cut in the middle of a letter.
  if (head.length < HEAD && from < head.length) yield head.subarray(from);
}
