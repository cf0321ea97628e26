import stringWidth from 'string-width';

export interface Column {
  title: string;
  /** Numbers stand right. */
  right?: boolean;
  /** Its texts are never cut, as names of files. */
  whole?: boolean;
}

const gap = 2;
const narrowest = 6;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Lines of a table: the titles, then a line a row, aligned by what the characters take on a terminal. Where it is wider
 * than `width`, the widest columns of text give way, cut with an ellipsis; numbers and names of files are never cut.
 */
export function table(columns: Column[], rows: string[][], width: number): string[] {
  const all = [columns.map((column) => column.title), ...rows];
  const widths = shrink(columns, all, width);
  return all.map((row) =>
    columns
      .map(({ right }, i) => {
        const text = truncate(row[i] ?? '', widths[i] ?? 0);
        const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - stringWidth(text)));
        return right ? space + text : text + space;
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

/** Returns the width of the table if nothing is cut. */
export function tableWidth(columns: Column[], rows: string[][]): number {
  const widths = natural(columns, [columns.map((column) => column.title), ...rows]);
  return total(widths);
}

/** The text within `width` columns of a terminal; cut with an ellipsis where it is longer. */
export function truncate(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

function shrink(columns: Column[], rows: string[][], width: number): number[] {
  const widths = natural(columns, rows);
  while (total(widths) > width) {
    const texts = widths.map((w, i) => (columns[i]?.right || columns[i]?.whole ? 0 : w));
    const widest = texts.indexOf(Math.max(...texts));
    const current = texts[widest] ?? 0;
    if (current <= narrowest) break;
    widths[widest] = current - 1;
  }
  return widths;
}

function natural(columns: Column[], rows: string[][]): number[] {
  return columns.map((_, i) => Math.max(0, ...rows.map((row) => stringWidth(row[i] ?? ''))));
}

function total(widths: number[]): number {
  return widths.reduce((sum, w) => sum + w, 0) + gap * Math.max(0, widths.length - 1);
}
