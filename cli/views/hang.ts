/**
 * Breaks a text into lines of at most `width` columns: `first` starts the first line, the others are indented by `by` columns.
 * Text in backticks, and a date with its time, stays together. `columns`: returns the number of columns that a text takes.
 */
export function hangBy(
  columns: (text: string) => number,
  first: string,
  text: string,
  width: number,
  by = columns(first),
): string[] {
  const lines = [first];
  let empty = true;
  for (const word of text.match(pieces) ?? []) {
    const last = lines.at(-1) ?? '';
    const longer = empty ? last + word : `${last} ${word}`;
    if (empty || columns(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(' '.repeat(by) + word);
    empty = false;
  }
  return lines;
}

/** Non-breaking blanks belong to a word. */
const pieces = /(?:[^ \n`]*`[^`]*`|\d{4}-\d\d-\d\d \d\d:\d\d)[^ \n]*|[^ \n]+/g;

/** Breaks a text whose characters take one column each, as in the help, which must not load the widths of all scripts. */
export function hangPlain(first: string, text: string, width: number): string[] {
  return hangBy(({ length }) => length, first, text, width);
}
