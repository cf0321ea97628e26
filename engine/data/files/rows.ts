import { later } from '../../../spec/words/t.ts';
import { canonicalAddress } from '../../store/canonical-address.ts';
import type { Value } from '../../store/database.ts';
import { addressHashesIn, emailAttribute } from './convert/address.ts';
import { converter } from './convert/convert.ts';
import { type Converter, isTrouble, type Says, type Trouble } from './convert/converter.ts';
import type { LocalClock } from './convert/local-clock.ts';
import { doubted } from './doubt.ts';
import { type Erased, isErased, leftOut } from './erased.ts';
import { MOST_UNKNOWN, unknownColumn } from './header.ts';
import { digest, identity } from './identity.ts';
import { meaning } from './meaning.ts';
import { printableCell, type RowProblem } from './problem.ts';
import type { InputFile, RawRow } from './record.ts';
import { refusal } from './refusal.ts';
import { type InputColumn, isLog } from './shape.ts';
import { writingOf } from './writing-of.ts';

/**
 * Typed rows as `outputColumns` has them: one; none where the row had to be left out; several for a refusal of the future,
 * or one of several addresses.
 */
export interface Typed {
  rows: Value[][];
  problems: RowProblem[];
  /** The row is left out, because it is about a customer who was erased. */
  erased?: true;
  /** The id depends on how many rows before mean the same. */
  counted?: true;
  /** The conditions of the source leave the row out. */
  passed?: true;
  /** Gets id, customer and line of such a row of events, so that an event of an earlier reading is taken back. */
  gone?: Value[];
  /** The id of a row that is left out, where it can be read and its file names everybody. */
  named?: string;
}

export interface TypingOptions {
  /** The zone of instants without an offset. */
  clock: LocalClock;
  /** The country of phone numbers without a code, where the customer has none. */
  country?: string;
  /** The currency of amounts of money. */
  currency?: string;
  /** The instant of the reading, epoch milliseconds; a refusal without a date counts since then. */
  at: number;
  /** A refusal with a date in the future waits for it: what is read is a record of days that are simulated. */
  waits: boolean;
  /** Customers who were erased. Absent: nobody was. */
  erased?: Erased;
}

/** The beginning of the id of a refusal that has no date of its own. */
export const UNDATED = 'undated/';

const ID: Omit<InputColumn, 'required'> = { name: 'id', type: 'key', pii: false };

/** Returns a converter of a file's raw rows. It remembers their ids, so each file needs its own. */
export function typedRows(
  file: InputFile,
  { clock, country: own, currency, at: now, waits, erased }: TypingOptions,
): (raw: RawRow) => Typed {
  const { shape } = file;
  const unknown = new Set<string>();
  const expected = new Set(file.known?.flatMap((column) => file.rename[column] ?? []));
  const options = {
    country: () => country,
    clock,
    ...(currency && { currency }),
    /** `name`: of a field of a list, behind the list's. */
    unknown: (name: string) => {
      if (unknown.size < MOST_UNKNOWN && !expected.has(name.split('.')[0] ?? name)) unknown.add(name);
    },
  };
  let country = own;
  const asked: InputColumn[] = [{ ...ID, required: shape.id === 'given' }, ...shape.columns];
  const columns = asked.map((column) => {
    const writing = writingOf(file, column);
    return {
      // Beside a value that is a part of a cell there may be anything, a name too.
      column: writing.between ? { ...column, pii: true } : column,
      convert: byAddress(file, column, converter(column, { ...options, writing })),
    };
  });
  const known = identity();
  const meaningOf = meaning(columns.map(({ column }, i) => (i === 0 ? '' : column.name)));
  const refuses = refusal(shape);
  const dated = columns.findIndex(({ column }) => column.name === 'at');
  const named = columns.findIndex(({ column }) => column.name === 'customer');
  const lands = columns.findIndex(({ column }) => column.type === 'country');
  const log = isLog(shape);
  const left = leftOut(file, shape.id === 'given' ? 0 : named, erased);

  const finish = (row: Value[], line: number, refused: boolean): Value[][] => {
    if (log) row.push(line);
    if (!shape.addressed) return [row];
    const whom = String(row[named]);
    const hashes = refused ? addressHashesIn(whom) : [];
    const hidden = hashes.length > 0 && isErased(whom, hashes, erased);
    const place = 1 + shape.columns.length;
    return (hashes.length > 0 ? hashes : [null]).map((hash) => {
      const full = row.toSpliced(place, 0, hash);
      return hidden ? full.with(named, hash) : full;
    });
  };

  /** `sound`: all of the row can be read. Without an id it is known by what it means. */
  const passedOver = (row: Value[], sound: boolean, line: number): Typed => {
    const [given, customer] = [row[0], row[named]];
    if (shape.id !== 'derived' || typeof customer !== 'string' || (given === null && !sound))
      return { rows: [], problems: [], passed: true };
    row[0] = null;
    const id = given ?? known.derived(meaningOf(row));
    return {
      rows: [],
      problems: [],
      passed: true,
      gone: [id, customer, line],
      ...(given === null && { counted: true }),
    };
  };

  return (raw) => {
    const problems: RowProblem[] = [];
    const troubles: { i: number; trouble: Trouble }[] = [];
    const reported = unknown.size;
    if (lands >= 0) {
      const land = columns[lands]?.convert(raw.cells[lands]);
      country = typeof land === 'string' ? land : own;
    }
    const row = columns.map(({ column, convert }, i) => {
      const value = convertCell(column, convert, raw.cells[i]);
      if (!isTrouble(value)) return value;
      troubles.push({ i, trouble: value });
      return value.instead?.value ?? null;
    });
    if (raw.passed) return passedOver(row, troubles.length === 0, raw.line);
    const refused = refuses(row);
    if (left(row, refused)) return { rows: [], problems: [], erased: true };
    const { doubt } = raw;
    if (doubt) {
      const troubled = troubles.map(({ i }) => i);
      problems.push(refused ? doubted(doubt, asked, raw.cells, troubled) : doubt);
    }
    for (const { i, trouble } of troubles) {
      const undated = refused && i === dated;
      // A consent of which the time cannot be read is none.
      const none = shape.states && i === dated && !refused;
      const { column } = columns[i] ?? { column: ID as InputColumn };
      problems.push(
        problemOf(
          file,
          raw.line,
          column,
          undated ? { ...trouble, ...UNDATED_ROW } : none ? { ...trouble, soft: false } : trouble,
          raw.cells[i],
          refused,
        ),
      );
    }
    if (unknown.size > reported) {
      for (const name of [...unknown].slice(reported)) problems.push(unknownColumn(name, raw.line, file));
    }
    const given = row[0];
    if (problems.some((problem) => problem.fatal))
      // A value is not lost beside its row.
      return {
        rows: [],
        problems: problems.filter(({ empties }) => !empties),
        ...(shape.complete && typeof given === 'string' && { named: given }),
      };
    row[0] = null;
    let counted = false;
    const derived = (meant: string) => {
      counted = true;
      return known.derived(meant);
    };
    if (shape.id === 'meaning') {
      const isDated = row[dated] !== null;
      const written = String(raw.cells[dated] ?? '').trim();
      const stated = () => `${meaningOf(row)}${JSON.stringify([given, written])}`;
      if (isDated) row[0] = digest(meaningOf(row));
      else if (shape.states) row[0] = stateId(row, refused);
      else row[0] = `${UNDATED}${derived(stated())}`;
      if (!isDated) row[dated] = now;
    } else if (shape.id === 'derived') row[0] = given ?? derived(meaningOf(row));
    else if (shape.id === 'given') {
      row[0] = given ?? null;
      if (known.repeated(String(given))) problems.push(repeated(file, raw.line, String(given)));
    }
    const at = row[dated];
    const early = refused && !waits && typeof at === 'number' && at > now;
    if (early) problems.push(future(file, raw.line));
    const more = early ? [row.with(0, digest(`${row[0]}\nat once`)).with(dated, now)] : [];
    const rows = finish(row, raw.line, refused);
    for (const one of more) rows.push(...finish(one, raw.line, refused));
    return counted ? { rows, problems, counted } : { rows, problems };
  };
}

/** Ids of customers that are e-mail addresses are converted to one spelling of each; what is none stays as it is. */
function byAddress({ ids, shape }: InputFile, { name }: Pick<InputColumn, 'name'>, convert: Converter): Converter {
  const names = name === 'customer' || (name === 'id' && shape.id === 'given');
  if (ids === undefined || !names) return convert;
  return (cell) => {
    const id = convert(cell);
    const address = typeof id === 'string' ? emailAttribute(id) : undefined;
    return typeof address === 'string' ? canonicalAddress('email', address) : id;
  };
}

/** The id of a state without a date, by which it is known as long as it is so. */
function stateId([, customer, channel]: Value[], refused: boolean): string {
  return `${UNDATED}${digest(JSON.stringify([customer, channel]))}/${refused ? 'no' : 'yes'}`;
}

function convertCell(column: InputColumn, convert: Converter, cell: unknown): Value | Trouble {
  const value = convert(cell);
  const { required, otherwise } = column;
  if (isTrouble(value)) return otherwise && !value.instead ? { ...value, instead: otherwise } : value;
  if (value !== null || !required) return value;
  return otherwise ? { ...MISSING, instead: otherwise } : MISSING;
}

const MISSING: Trouble = { code: 'missing-value', why: (what) => later`${what} is missing` };
const UNDATED_ROW = {
  soft: true,
  says: (sentence: string) => later`${sentence}. The refusal counts from when it was read.`,
};

const LEFT_EMPTY: Says = (sentence) => later`${sentence}. The field was left empty.`;
const WHOLE_LEFT_EMPTY: Says = (sentence) => later`${sentence}. The whole field was left empty.`;
const ROW_LOST: Says = (sentence) => later`${sentence}. The row is lost.`;

function problemOf(
  file: InputFile,
  line: number,
  column: InputColumn,
  trouble: Trouble & { says?: Says },
  cell: unknown,
  refused: boolean,
): RowProblem {
  const { code, why, part, instead, soft = instead !== undefined || !column.required } = trouble;
  // If only a part is wrong, the whole would not show it; and it may hold personal data that the part is not.
  const showsValue = !column.pii && part === undefined && code !== 'missing-value' && code !== 'too-big';
  const what = part?.(column.name) ?? column.name;
  const instance = instead && (refused ? instead.says : (instead.saysOfGrant ?? instead.says));
  const says = trouble.says ?? instance ?? (soft ? (part === undefined ? LEFT_EMPTY : WHOLE_LEFT_EMPTY) : ROW_LOST);
  return {
    path: file.path,
    line,
    field: column.name,
    code,
    message: says(why(showsValue ? `${what} ${printableCell(cell)}` : what)),
    fatal: !soft,
    ...(soft && trouble.says === undefined && !instead && { empties: true }),
    ...(soft && !trouble.soft && !instead && { spoils: true }),
    ...(refused && { refusal: true }),
  };
}

function repeated(file: InputFile, line: number, id: string): RowProblem {
  return {
    path: file.path,
    line,
    field: 'id',
    code: 'repeated-id',
    message: later`An earlier row of the file has the id ${printableCell(id)} too; this row takes its place.`,
    fatal: false,
  };
}

function future(file: InputFile, line: number): RowProblem {
  return {
    path: file.path,
    line,
    field: 'at',
    code: 'future-date',
    message: later`at is in the future. The refusal counts from when it was read as well.`,
    fatal: false,
    refusal: true,
  };
}
