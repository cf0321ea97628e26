import { emptyFile, type Format, faultyLine, type InputFile, type Item, Refused } from './record.ts';
import { type Table, table } from './table.ts';

/** Text in columns that are set apart by runs of blanks, under a header; a cell can neither be empty nor hold a blank. */
export function alignedFormat(file: InputFile): Format {
  let known: Table | undefined;
  return (lines, last) => {
    const items: Item[] = [];
    for (const line of lines) {
      const text = line.text.trim();
      if (line.fault && !known) throw new Refused([faultyLine(file.path, line)]);
      if (line.fault) items.push(faultyLine(file.path, line));
      else if (text !== '' && known) items.push(known.row(line.number, text.split(/\s+/)));
      else if (text !== '') {
        known = table(text.split(/\s+/), line.number, file);
        items.push(...known.problems);
      }
    }
    if (last && !known) items.push(emptyFile(file.path));
    return items;
  };
}
