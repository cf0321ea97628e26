import stringWidth from 'string-width';
import type { Range } from '../../spec/diagnostics/diagnostic.ts';
import { isSecretName } from '../../spec/words/readings.ts';

export interface FrameStyle {
  /** The width of the terminal, in columns. */
  width: number;
  paint(text: string): string;
  dim(text: string): string;
}

const tab = '    ';

/** Returns the line of a range with its number, and carets under the range. Long lines are cut around it. */
export function codeFrame(text: string, range: Range, { width, paint, dim }: FrameStyle): string[] {
  const line = lineAt(text, range.start.offset - (range.start.column - 1));
  const column = range.start.column - 1;
  const end = range.end.line === range.start.line ? range.end.column - 1 : line.length;
  const number = String(range.start.line);
  const gutter = ' '.repeat(number.length);
  const room = Math.max(20, width - number.length - 7);
  const { before, meant, after } = cut(
    printable(line.slice(0, column)),
    printable(line.slice(column, Math.max(column, end))),
    printable(line.slice(Math.max(column, end))),
    room,
  );
  const carets = '^'.repeat(Math.max(1, Math.min(stringWidth(meant), room)));
  return [
    dim(`  ${gutter} |`),
    `  ${dim(`${number} |`)} ${before}${meant}${after}`.trimEnd(),
    `  ${dim(`${gutter} |`)} ${' '.repeat(stringWidth(before))}${paint(carets)}`,
  ];
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return withoutPasswords(text.slice(start, end === -1 ? text.length : end).replace(/\r$/, ''));
}

/** Replaces each letter of a password by one character, so that columns stay. Logs keep what they are shown. */
function withoutPasswords(line: string): string {
  return line
    .replaceAll(/(?<=:\/\/[^\s:@/]*:)[^\s@/]+(?=@)/g, mask)
    .replaceAll(/(?<=[?&#])([\w.%-]+)=([^\s&#"'`]+)/g, (all, name: string, value: string) =>
      isSecretName(name) ? `${name}=${mask(value)}` : all,
    );
}

const mask = (secret: string): string => '*'.repeat(secret.length);

/** Escapes control characters, so that the contents of a file cannot steer the terminal. */
function printable(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll('\t', tab)
    .replaceAll(/\p{Cc}|\p{Cf}/gu, '·');
}

function cut(before: string, meant: string, after: string, room: number) {
  if (stringWidth(before + meant + after) <= room) return { before, meant, after };
  const kept = takeWidth(meant, room - 2);
  const aside = Math.max(0, room - stringWidth(kept) - 2);
  const tail = takeWidth(after, Math.max(Math.floor(aside / 2), aside - stringWidth(before)));
  const head = takeWidthFromEnd(before, aside - stringWidth(tail));
  return {
    before: head === before ? before : `…${head}`,
    meant: kept,
    after: kept === meant && tail === after ? after : `${tail}…`,
  };
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

function takeWidth(text: string, room: number): string {
  let taken = '';
  // No more code units are read than could fit.
  for (const { segment } of segmenter.segment(text.slice(0, 8 * room + 64))) {
    if (stringWidth(taken + segment) > room) break;
    taken += segment;
  }
  return taken;
}

function takeWidthFromEnd(text: string, room: number): string {
  let taken = '';
  const segments = [...segmenter.segment(text.slice(-(8 * Math.max(0, room) + 64)))].reverse();
  for (const { segment } of segments) {
    if (stringWidth(segment + taken) > room) break;
    taken = segment + taken;
  }
  return taken;
}
