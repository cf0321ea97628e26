/**
 * Breaks a text into lines of at most `width` columns, `first` before the first one; the further ones start `by` columns to the right.
 * What is in backticks, and a date with its time, stays together. `columns`: the number of columns that a text takes.
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

/** Blanks that do not break belong to a word. */
const pieces = /(?:[^ \n`]*`[^`]*`|\d{4}-\d\d-\d\d \d\d:\d\d)[^ \n]*|[^ \n]+/g;

/** The same for texts whose characters take a column each, as those of the help do: it is shown without the widths of all scripts being loaded. */
export function hangPlain(first: string, text: string, width: number): string[] {
  return hangBy(({ length }) => length, first, text, width);
}
