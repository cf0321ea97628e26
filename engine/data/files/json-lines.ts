import { jsonRows } from './json-rows.ts';
import { type Format, faultyLine, type InputFile } from './record.ts';

/** Reads one JSON object per line. */
export function jsonLinesFormat(file: InputFile): Format {
  const { rowsOf, atEnd } = jsonRows(file);
  return (lines, last) => {
    const items = lines.flatMap((line) => {
      if (line.fault) return [faultyLine(file.path, line)];
      return line.text.trim() === '' ? [] : rowsOf(line.text, line.number, 'line');
    });
    return last ? [...items, ...atEnd()] : items;
  };
}
