import { suggest } from '../../../spec/words/suggest.ts';
import { later } from '../../../spec/words/t.ts';
import { conditionsOf } from './conditions.ts';
import { printable, type RowProblem } from './problem.ts';
import { type InputFile, Refused } from './record.ts';

/** Names beyond the model's that are reported, per file: garbage could have any number of them. */
export const MOST_UNKNOWN = 100;

/** Names of unknown columns that one message shows. */
const MOST_NAMED = 10;

/** The columns of a file with a header that its shape asks for. */
export interface Layout {
  /** The index of the cell of the shape's id, then of each of its columns; -1: the file has no such column. */
  positions: number[];
  /** About the header, none of them fatal. */
  problems: RowProblem[];
}

/** The model's names of what a file of the shape may hold. */
export function knownNames(file: InputFile): string[] {
  return ['id', ...file.shape.columns.map((column) => column.name)];
}

/** Throws `Refused` where a required column is missing or two columns mean the same. */
export function layout(names: string[], line: number, file: InputFile): Layout {
  if (names.some((name) => /\p{Cc}/u.test(name))) throw new Refused([noHeader(line, file)]);
  const meant = names.map((name) => modelNames(name, file));
  const given = meant.flat();
  const fatal = [...missing(given, line, file), ...repeated(given, line, file)];
  if (fatal.length > 0) throw new Refused(fatal);
  const known = knownNames(file);
  const asked = new Set([...conditionsOf(file).map(({ column }) => column), ...(file.known ?? [])]);
  const others = names.flatMap((name, i) => (asked.has(name) ? [] : (meant[i] ?? [])));
  const unknown = new Set(
    others.filter(
      (name) => name !== '' && !known.includes(name) && !file.shape.others?.includes(name) && !file.shape.ignoresOthers,
    ),
  );
  return {
    positions: known.map((name) => meant.findIndex((some) => some.includes(name))),
    problems: [
      ...unknownColumns([...unknown], line, file),
      ...Object.keys(file.rename)
        .filter((column) => !names.includes(column) && !file.known?.includes(column))
        .map((column) => unusedRename(column, line, file)),
    ],
  };
}

/** Returns the names in the model of a column of the file. */
export function modelNames(column: string, file: InputFile): string[] {
  const names = Object.hasOwn(file.rename, column) ? [file.rename[column] ?? column].flat() : [column];
  const { called = {} } = file.shape;
  return names.map((name) => (Object.hasOwn(called, name) ? (called[name] ?? name) : name));
}

/** Columns that may be meant for a known one are reported one by one, the others together. */
function unknownColumns(names: string[], line: number, file: InputFile): RowProblem[] {
  const known = knownNames(file);
  const single = (name: string) => looksPersonal(name) || suggest(name, known) !== undefined;
  const alone = names.filter(single).slice(0, MOST_UNKNOWN);
  const others = names.filter((name) => !single(name));
  const problems = alone.map((name) => unknownColumn(name, line, file));
  if (others.length < 2) return [...problems, ...others.map((name) => unknownColumn(name, line, file))];
  const more = others.length - MOST_NAMED;
  const shown = others.slice(0, MOST_NAMED).map(printable).join(', ');
  const listed = more > 0 ? later`${shown} and ${more} more` : shown;
  const remedy =
    file.shape.id === 'meaning' ? onlyOwn(file) : later`Declare them under \`data\`, if campaigns need them.`;
  const message = later`${others.length} columns are not declared for ${file.shape.of}: ${listed}. Their values are not loaded. ${remedy}`;
  return [...problems, { path: file.path, line, code: 'unknown-column', fatal: false, message }];
}

/** Nobody can declare a column of consent, suppressions or feedback. */
function onlyOwn({ shape }: InputFile): string {
  return later`Only ${shape.columns.map(({ name }) => name).join(', ')} are read.`;
}

/** The data of an unknown column is not loaded, and nobody should have to find that out by themselves. */
export function unknownColumn(name: string, line: number, file: InputFile): RowProblem {
  const meant = suggest(name, knownNames(file));
  const column = { path: file.path, line, code: 'unknown-column', fatal: false } as const;
  if (looksPersonal(name)) return { ...column, message: NOT_SHOWN };
  const remedy = meant
    ? later`Did you mean ${printable(meant)}?`
    : file.shape.id === 'meaning'
      ? onlyOwn(file)
      : later`Declare it under \`data\`, if campaigns need it.`;
  const message = later`The column ${printable(name)} is not declared for ${file.shape.of}. Its values are not loaded. ${remedy}`;
  return { ...column, field: name, message };
}

const NOT_SHOWN = later`A column has an address or a number for its name, which is not shown; its values are not loaded. Is the header missing?`;

/** A file without a header has its first row taken for one. */
function looksPersonal(name: string): boolean {
  return /@|\d[\d\s().-]{5,}\d/.test(name);
}

function noHeader(line: number, { path }: InputFile): RowProblem {
  const message = later`The header has control characters in it: the file is not what its ending says. Save it as text, with the names of the columns in the first line.`;
  return { path, line, code: 'broken-header', message, fatal: true };
}

function missing(given: string[], line: number, file: InputFile): RowProblem[] {
  const { shape, path } = file;
  const required = [
    ...(shape.id === 'given' ? ['id'] : []),
    ...shape.columns.filter((column) => column.required).map((column) => column.name),
  ];
  const spare = given.filter((name) => !knownNames(file).includes(name));
  return required
    .filter((name) => !given.includes(name))
    .map((name) => {
      // Only what looks like the missing name is shown: where the header is missing altogether, the rest is data.
      const close = suggest(name, spare);
      const [column, needs] = [printable(name), shape.of];
      const message = close
        ? later`The file has no column ${column}, which is required for ${needs}. Is it ${printable(close)}? Rename that to ${column} (in the file, or by "rename" of the source).`
        : later`The file has no column ${column}, which is required for ${needs}. Add it, or name it (in the file, or by "rename" of the source).`;
      return {
        path,
        line,
        field: name,
        code: 'missing-column',
        message,
        fatal: true,
      } satisfies RowProblem;
    });
}

function repeated(given: string[], line: number, file: InputFile): RowProblem[] {
  const known = knownNames(file);
  const twice = given.filter((name, i) => known.includes(name) && given.indexOf(name) < i);
  return [...new Set(twice)].map((name) => ({
    path: file.path,
    line,
    field: name,
    code: 'repeated-column',
    message: later`Two columns of the file mean ${printable(name)}. Remove or rename one of them.`,
    fatal: true,
  }));
}

export function unusedRename(column: string, line: number, file: InputFile): RowProblem {
  return {
    path: file.path,
    line,
    field: column,
    code: 'unused-rename',
    message: later`"rename" names the column ${printable(column)}, which the file does not have. Correct or remove it.`,
    fatal: false,
  };
}
