import type { ProblemCode } from '../../engine/data/files/problem.ts';
import type { Cause, Level, Place } from '../../engine/report/causes.ts';
import { laterAll, t, translated } from '../../spec/words/t.ts';
import { count, indent, printable } from './format.ts';
import { wrap } from './wrap.ts';

/** The heading of each level of causes. */
const headings: Record<Level, string> = laterAll({
  refusal: 'Refusals that are not clear',
  file: 'Files that cannot be relied on',
  row: 'Rows that are lost',
  value: 'Values that are lost',
  hint: 'Doubtful',
  note: 'Notes',
});

/** The levels, the worst first. */
export const levels = Object.keys(headings) as Level[];

/** Returns the heading of a level, in the language of the output. */
export function levelWords(level: Level): string {
  return translated(headings[level]);
}

/** Codes of problems found when rows are compared with the store. */
type StoreCode = 'emptied-file' | 'fewer-customers' | 'erased-customer';

/** Codes of problems that `crm data check` finds in rows that can be read. */
type CheckCode =
  | 'shared-address'
  | 'several-files'
  | 'birth-in-future'
  | 'birth-too-early'
  | 'no-address'
  | 'no-consent'
  | 'empty-value'
  | 'event-of-nobody'
  | 'event-in-future'
  | 'event-too-early'
  | 'silent-source';

/** The words for a cause. The column, attribute, event kind or channel that it concerns is put before them. */
const words: Record<ProblemCode | StoreCode | CheckCode, string> = laterAll({
  'shared-address': 'customers who share it with others',
  'several-files': 'customers whom a later file names too; its row counts alone',
  'birth-in-future': 'births in the future',
  'birth-too-early': 'births before 1900',
  'no-address': 'customers without any address',
  'no-consent': 'customers without consent',
  'empty-value': 'empty',
  'event-of-nobody': 'events of customers who are in no file of customers',
  'event-in-future': 'events in the future',
  'event-too-early': 'events before 1995',
  'silent-source': 'sources of events that are silent for longer than usual',
  'missing-file': 'the file does not exist',
  'unreadable-file': 'the file cannot be read',
  'unknown-format': 'the ending of the file is not known',
  'empty-file': 'the file is empty',
  'emptied-file': 'the file has held rows, and holds none now',
  'fewer-customers': 'too many customers are in no file of customers any more',
  'wrong-encoding': 'text in another encoding',
  'guessed-encoding': 'an encoding that is guessed',
  'missing-sheet': 'the sheet is not in the workbook',
  'other-sheets': 'more than one sheet',
  'broken-header': 'no header that can be read',
  'missing-column': 'a required column is not there',
  'repeated-column': 'two columns mean the same',
  'unknown-column': 'columns that are not declared',
  'unused-rename': '`rename` of a column that is not there',
  'broken-quote': 'a quote that is never closed',
  'wrong-cell-count': 'more or fewer cells than the header has',
  'unclear-refusal': 'a refusal of which it is not certain whom it refuses',
  'broken-json': 'no valid JSON',
  'too-big': 'too long',
  'repeated-id': 'comes again in the same file; the later row counts',
  'conflicting-id': 'of two customers in the same file',
  'future-date': 'in the future',
  'unknown-customer': 'nobody’s id',
  'refusal-of-nobody': 'refusals that count for nobody',
  'refusal-by-spelling': 'refusals that name their customer in another spelling',
  'refusal-by-address': 'nobody’s id, but refusals that count for the address in it',
  'unknown-message': 'no message’s id',
  'unfinished-line': 'a last row that is not finished',
  'erased-customer': 'rows about customers who were erased',
  'missing-value': 'missing',
  'bad-text': 'no text that can be used',
  'bad-choice': 'none of the words that are known',
  'bad-number': 'no number that can be read',
  'negative-money': 'an amount below zero',
  'other-currency': 'an amount in another currency than the project’s',
  'bad-boolean': 'neither yes nor no',
  'bad-date': 'no date that can be read',
  'bad-instant': 'no date and time that can be read',
  'bad-email': 'not one e-mail address',
  'bad-phone': 'not one phone number',
  'bad-timezone': 'no time zone',
  'bad-locale': 'no language',
  'bad-country': 'no country',
  'bad-list': 'no list that can be read',
});

/** Returns a cause in words: `at: no date and time that can be read`. */
export function causeWords({ code, field }: Pick<Cause, 'code' | 'field'>): string {
  const text = Object.hasOwn(words, code) ? translated(words[code as keyof typeof words]) : code;
  return field === null ? text : `${field}: ${text}`;
}

/** Returns a place by file and line: `orders.csv:3`. */
export function placeWords({ path, line }: Place): string {
  return line > 0 ? `${path}:${line}` : path;
}

export interface CausesView {
  /** The width of the terminal, in columns. */
  width: number;
  /** The maximum number of causes shown; absent means all. */
  most?: number;
  /** The text after a list that was cut. */
  rest?: string;
}

/** Returns lines for all causes, grouped by level, each with its places. */
export function causeLines(found: Cause[], { width, most = found.length, rest = '' }: CausesView): string[] {
  const causes = printable(found);
  const shown = causes.slice(0, most);
  const digits = Math.max(0, ...shown.map((cause) => countWords(cause).length));
  const more = causes.slice(most).reduce((sum, cause) => sum + cause.count, 0);
  return [
    ...levels.flatMap((level) => {
      const own = shown.filter((cause) => cause.level === level);
      return own.length === 0 ? [] : [levelWords(level), ...own.flatMap((cause) => causeOf(cause, digits, width))];
    }),
    ...(more > 0 ? wrap(`${moreWords(more, causes.length - most)}${rest && `; ${rest}`}`, width) : []),
  ];
}

function moreWords(more: number, causes: number): string {
  return causes === 1 ? t`and ${more} more of one other cause` : t`and ${more} more of ${causes} other causes`;
}

/** Returns the count of a cause, and the total if it is known. */
export function countWords({ count: n, of }: Cause): string {
  return of === undefined ? count(n) : t`${n} of ${of}`;
}

function causeOf(cause: Cause, digits: number, width: number): string[] {
  const room = width - digits - 4;
  const [head = '', ...further] = wrap(causeWords(cause), room);
  return [
    `  ${countWords(cause).padStart(digits)}  ${head}`,
    ...indent([...further, ...placeLines(cause, room)], digits + 4),
  ];
}

/** Returns the first place with its detail, then the other places; each has its own line if the details differ, or if it is a file. */
function placeLines({ level, places, count: n }: Cause, width: number): string[] {
  const own = level === 'file' || level === 'note';
  const telling = places.filter(({ message }, i) => message !== undefined && (own || differs(places, i)));
  const others = places.filter((place) => !telling.includes(place)).map(placeWords);
  const more = n - places.length;
  const listed = others.map((place, i) => (i < others.length - 1 ? `${place},` : place));
  const end = more > 0 ? t`and ${more} more`.split(' ') : [];
  const also = telling.length > 0 && others.length > 0 ? [t`also`] : [];
  return [
    ...telling.flatMap((place) =>
      wrap([`${placeWords(place)}:`, ...translated(place.message ?? '').split(' ')], width),
    ),
    ...(listed.length + end.length > 0 ? wrap([...also, ...listed, ...end], width) : []),
  ];
}

/** Returns true for the first place, and for one whose detail differs from all earlier ones in more than quoted values. */
function differs(places: Place[], i: number): boolean {
  const bare = (place: Place | undefined) => place?.message?.replaceAll(/"[^"]*"/g, '""');
  return places.slice(0, i).every((earlier) => bare(earlier) !== bare(places[i]));
}
