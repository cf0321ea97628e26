import stringWidth from 'string-width';

export interface Column {
  title: string;
  /** Aligned to the right, as numbers are. */
  right?: boolean;
  /** Its texts, such as names of files, are never cut, and broken only if nothing else helps. */
  whole?: boolean;
}

const gap = 2;
const narrowest = 6;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Returns the lines of a table: the titles, then the rows. See `tableRows`. */
export function table(columns: Column[], rows: string[][], width: number): string[] {
  return tableRows(columns, rows, width).flat();
}

/**
 * Returns the lines of the titles and of each row, aligned by what the characters take on a terminal. Where the table is wider than
 * `width`, titles, texts and then numbers are broken at blanks; if that is not enough, names at their hyphens, dots and slashes, and at
 * last texts are cut with an ellipsis. Numbers are never broken. Where the names of files in the first column do not fit even so,
 * each is on a line of its own, and the rest of its row below it.
 */
export function tableRows(columns: Column[], rows: string[][], width: number): string[][] {
  const titles = columns.map((column) => column.title);
  const kept = fitWidths(columns, titles, rows, width);
  const [first, ...others] = columns;
  if (first?.whole && others.length > 0 && total(kept) > width) return stackTable(others, [titles, ...rows], width);
  const widths = total(kept) > width ? fitWidths(columns, titles, rows, width, true) : kept;
  const cells = (row: string[]) => columns.map(({ whole }, i) => breakText(row[i] ?? '', widths[i] ?? 0, whole));
  const lines = (row: string[][], height: number) =>
    Array.from({ length: height }, (_, line) =>
      columns
        .map(({ right }, i) => padded(row[i]?.[line] ?? '', widths[i] ?? 0, right))
        .join(' '.repeat(gap))
        .trimEnd(),
    );
  const heightOf = (row: string[][]) => Math.max(1, ...row.map((cell) => cell.length));
  const head = cells(titles);
  const low = head.map((cell) => [...Array<string>(heightOf(head) - cell.length).fill(''), ...cell]);
  return [lines(low, heightOf(head)), ...rows.map(cells).map((row) => lines(row, heightOf(row)))];
}

/** Returns the table with the first column on separate lines. `others`: the columns after the first. */
function stackTable(others: Column[], [titles = [], ...rows]: string[][], width: number): string[][] {
  const named = others.map((column, i) => ({ ...column, title: titles[i + 1] ?? '' }));
  const below = tableRows(
    named,
    rows.map((row) => row.slice(1)),
    width - gap,
  );
  return [titles, ...rows].map((row, i) => [
    ...breakText(row[0] ?? '', width, true),
    ...(below[i] ?? []).map((line) => ' '.repeat(gap) + line),
  ]);
}

/** Returns the width of the table if nothing is broken. */
export function tableWidth(columns: Column[], rows: string[][]): number {
  return total(columns.map(({ title }, i) => longest([title, ...rows.map((row) => row[i] ?? '')])));
}

/** Returns the width of the table if everything is broken at blanks, but for the columns that are kept whole. */
export function leastWidth(columns: Column[], rows: string[][]): number {
  const widths = columns.map(({ title, whole }, i) => {
    const cells = rows.map((row) => row[i] ?? '');
    return whole ? longest([title, ...cells]) : longest([title, ...cells].flatMap(wordsOf));
  });
  return total(widths);
}

/** Cuts a text that is wider than `width` columns, with an ellipsis. */
export function truncate(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/**
 * Returns the widths of the columns: those that they need, and smaller ones where the table would be too wide. `breakWhole`: also
 * also of the texts that are kept whole.
 */
function fitWidths(columns: Column[], titles: string[], rows: string[][], width: number, breakWhole = false): number[] {
  const cells = columns.map((_, i) => rows.map((row) => row[i] ?? ''));
  const all = cells.map((column, i) => [titles[i] ?? '', ...column]);
  const widths = all.map(longest);
  const words = all.map((column) => longest(column.flatMap(wordsOf)));
  const floors = columns.map(({ right, whole }, i): number[] => {
    const natural = widths[i] ?? 0;
    const word = words[i] ?? 0;
    const untitled = Math.max(longest(cells[i] ?? []), longest(wordsOf(titles[i] ?? '')));
    if (whole) return [natural, natural, natural, natural, breakWhole ? Math.min(natural, narrowest) : natural];
    if (right) return [untitled, untitled, word, word, word];
    return [untitled, word, word, longest((all[i] ?? []).flatMap(wordsOf).flatMap(partsOf)), narrowest];
  });
  for (const stage of [0, 1, 2, 3, 4]) {
    while (total(widths) > width) {
      const room = widths.map((now, i) => (now > (floors[i]?.[stage] ?? now) ? now : 0));
      const widest = room.indexOf(Math.max(...room));
      if ((room[widest] ?? 0) === 0) break;
      widths[widest] = (widths[widest] ?? 0) - 1;
    }
  }
  return widths;
}

/** Breaks a text into lines of at most `width` columns. `whole`: a word that is too long goes on in the next line, and is not cut. */
function breakText(text: string, width: number, whole = false): string[] {
  if (stringWidth(text) <= width) return [text];
  const lines: string[] = [];
  const add = (part: string, blank: string) => {
    const last = lines.at(-1);
    const longer = last === undefined ? part : `${last}${blank}${part}`;
    if (last === undefined || stringWidth(longer) > width) lines.push(truncate(part, width));
    else lines[lines.length - 1] = longer;
  };
  for (const word of wordsOf(text)) {
    if (stringWidth(word) <= width) add(word, ' ');
    else {
      const parts = whole ? partsOf(word).flatMap((part) => pieces(part, width)) : partsOf(word);
      for (const [i, part] of parts.entries()) add(part, i === 0 ? ' ' : '');
    }
  }
  return lines;
}

/** Splits a text at blanks; an arrow stays with the next word. */
function wordsOf(text: string): string[] {
  return text.split(/(?<!→) +/);
}

function partsOf(word: string): string[] {
  return word.match(/[^-./_]*[-./_]+|[^-./_]+/g) ?? [word];
}

/** Cuts a text into pieces of at most `width` columns, between letters as people see them. */
function pieces(text: string, width: number): string[] {
  const found: string[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const longer = `${found.at(-1) ?? ''}${segment}`;
    if (found.length === 0 || stringWidth(longer) > width) found.push(segment);
    else found[found.length - 1] = longer;
  }
  return found;
}

function padded(text: string, width: number, right = false): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return right ? space + text : text + space;
}

function longest(texts: string[]): number {
  return Math.max(0, ...texts.map((text) => stringWidth(text)));
}

function total(widths: number[]): number {
  return widths.reduce((sum, w) => sum + w, 0) + gap * Math.max(0, widths.length - 1);
}
