import { parse } from 'csv-parse/sync';

const DELIMITERS = [',', ';', '\t', '|'];
const MOST_ROWS = 100;

/** Returns the delimiter that cuts most rows of a text into as many cells as its header, and into two at least. */
export function bestDelimiter(text: string): string | undefined {
  const scores = DELIMITERS.map((delimiter) => ({ delimiter, score: scoreOf(text, delimiter) }));
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
  return best.score > 0 ? best.delimiter : undefined;
}

/** Returns the share of the rows that fit the header, and more for more cells. */
function scoreOf(text: string, delimiter: string): number {
  const [header = [], ...rows] = recordsOf(text, delimiter);
  if (header.length < 2) return 0;
  const fitting = rows.filter((cells) => cells.length === header.length).length;
  const share = rows.length === 0 ? 1 : fitting / rows.length;
  return share < 0.5 ? 0 : share + header.length / 1000;
}

function recordsOf(text: string, delimiter: string): string[][] {
  const records: string[][] = [];
  const on_record = (record: string[]) => {
    records.push(record);
    return null;
  };
  const options = { delimiter, relax_column_count: true, relax_quotes: true, to: MOST_ROWS, bom: true, on_record };
  try {
    const lines = text.replace(/\r\n?/g, '\n').replace(/^"?sep=.*\n/i, '');
    parse(lines, { ...options, record_delimiter: '\n', skip_empty_lines: true });
  } catch {
    // An open quote at the cut end of the text.
  }
  return records;
}
