import type { Value } from '../store/database.ts';
import { converter } from './convert/convert.ts';
import { type Converter, isTrouble, type Trouble } from './convert/converter.ts';
import type { LocalClock } from './convert/local-clock.ts';
import { MOST_UNKNOWN, unknownColumn } from './header.ts';
import { identity } from './identity.ts';
import { printable, type RowProblem } from './problem.ts';
import type { InputFile, RawRow } from './record.ts';
import type { InputColumn } from './shape.ts';

/** A row's id and values, typed; absent where the row had to be set aside. */
export interface Typed {
  row?: Value[];
  problems: RowProblem[];
}

const ID: Omit<InputColumn, 'required'> = { name: 'id', type: 'key', pii: false };

/**
 * What makes typed rows of a file's raw ones. Remembers their ids, so each file needs one of its own.
 * `clock`: for instants that do not say how far from UTC they are.
 */
export function typedRows(file: InputFile, clock: LocalClock): (raw: RawRow) => Typed {
  const { shape } = file;
  const unknown = new Set<string>();
  const options = { clock, unknown: (name: string) => void (unknown.size < MOST_UNKNOWN && unknown.add(name)) };
  const columns = [{ ...ID, required: shape.id === 'given' }, ...shape.columns].map((column) => ({
    column,
    convert: converter(column, options),
  }));
  const known = identity();

  return (raw) => {
    const problems: RowProblem[] = [];
    const reported = unknown.size;
    const row = columns.map(({ column, convert }, i) => {
      const value = convertCell(column, convert, raw.cells[i]);
      if (!isTrouble(value)) return value;
      problems.push(problemOf(file, raw.line, column, value, raw.cells[i]));
      return value.instead?.value ?? null;
    });
    if (unknown.size > reported) {
      for (const name of [...unknown].slice(reported)) problems.push(unknownColumn(name, raw.line, file));
    }
    if (problems.some((problem) => problem.fatal)) return { problems };
    if (row[0] === null) row[0] = known.derived(raw.canonical());
    else if (known.repeated(String(row[0]))) {
      problems.push(repeated(file, raw.line, String(row[0])));
      if (shape.repeated === 'refused') return { problems };
    }
    return { row, problems };
  };
}

function convertCell(column: InputColumn, convert: Converter, cell: unknown): Value | Trouble {
  const value = convert(cell);
  if (value !== null || !column.required) return value;
  return column.otherwise ? { ...MISSING, instead: column.otherwise } : MISSING;
}

const MISSING: Trouble = { code: 'missing-value', why: 'is missing' };

function problemOf(file: InputFile, line: number, column: InputColumn, trouble: Trouble, cell: unknown): RowProblem {
  const { code, why, part, instead, soft = instead !== undefined } = trouble;
  // Where only a part is wrong, the whole would not show it; and it may hold personal data that the part is not.
  const showsValue = !column.pii && part === undefined && code !== 'missing-value' && code !== 'too-big';
  const what = [column.name, part].filter((word) => word !== undefined).join(', ');
  return {
    path: file.path,
    line,
    field: column.name,
    code,
    message: `${what}${showsValue ? ` ${printable(cell)}` : ''} ${why}. ${instead?.says ?? (soft ? 'The field was left empty.' : 'The row was left out.')}`,
    fatal: !soft,
  };
}

function repeated(file: InputFile, line: number, id: string): RowProblem {
  const replaces = file.shape.repeated === 'replaces';
  return {
    path: file.path,
    line,
    field: 'id',
    code: 'repeated-id',
    message: `An earlier row of the file has the id ${printable(id)} too; ${
      replaces ? 'this row takes its place' : 'this row was left out. Give each row an id of its own'
    }.`,
    fatal: !replaces,
  };
}
