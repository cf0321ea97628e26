import type { Line } from './lines.ts';

/** Text of one CSV record, on one line or several. */
export interface TextRecord {
  /** 1-based, of its first line. */
  line: number;
  text: string;
}

/** The limits within which the end of a quoted cell is looked for: physical lines, and UTF-16 code units. */
const MOST_LINES = 1000;
const MOST_TEXT = 4 * 1024 * 1024;

/**
 * Puts lines together to records: one whose quotes do not pair goes on with the lines that follow, up to the next one
 * whose quotes do not pair. Where there is no such end, or `whole` does not accept the result, the first line alone is
 * given back (as a Line: it is of no use) and reading starts again at the next one. `open`: the line whose end has not
 * been read yet.
 */
export function quotedRecords() {
  let kept: Line[] = [];

  function* assemble(lines: Line[], last: boolean, whole: (text: string) => boolean): Generator<TextRecord | Line> {
    const all = kept.length > 0 ? kept.concat(lines) : lines;
    kept = [];
    for (let i = 0; i < all.length; i++) {
      const line = all[i];
      if (!line || (!line.fault && line.text.trim() === '')) continue;
      if (line.fault) yield line;
      else if (paired(line.text)) yield { line: line.number, text: line.text };
      else {
        const end = endOf(all, i);
        if (end === 'unknown' && !last) {
          kept = all.slice(i);
          return;
        }
        const text = typeof end === 'number' ? textOf(all, i, end) : '';
        if (typeof end === 'number' && whole(text)) {
          yield { line: line.number, text };
          i = end;
        } else yield line;
      }
    }
  }

  return { assemble, open: (): Line | undefined => kept[0] };
}

/** The index of the line that closes the quote opened on line `from`. */
function endOf(lines: Line[], from: number): number | 'none' | 'unknown' {
  let size = 0;
  for (let i = from + 1; i < lines.length; i++) {
    const line = lines[i];
    if (!line) break;
    size += line.text.length;
    if (line.fault || i - from >= MOST_LINES || size > MOST_TEXT) return 'none';
    if (!paired(line.text)) return i;
  }
  return 'unknown';
}

function textOf(lines: Line[], from: number, to: number): string {
  return lines
    .slice(from, to + 1)
    .map((line) => line.text)
    .join('\n');
}

function paired(text: string): boolean {
  let pairs = true;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) pairs = !pairs;
  return pairs;
}
