import pc from 'picocolors';
import type { Cause, Checked } from '../../engine/data/import/check.ts';
import type { FileGuess } from '../../engine/data/import/guess.ts';
import type { Proposal } from '../../engine/data/import/import.ts';
import type { Source } from '../../spec/model/data.ts';
import { laterAll, t, translated } from '../../spec/words/t.ts';
import { indent, many, percent, printable, quoted, type ViewOptions } from './format.ts';
import { type Column, table } from './table.ts';
import { hang } from './wrap.ts';

/** A use of a name that no file provides any more. */
export interface Use {
  what: string;
  /** `campaigns/welcome.crm.yaml:4` */
  places: string[];
}

const SHOWN_CAUSES = 8;
const SHOWN_PLACES = 3;

/** Renders the findings of an import, and the changes it would make. `zone`: the project's. */
export function renderImport(
  { files, left, declarations }: Pick<Proposal, 'files' | 'left' | 'declarations'>,
  checked: Checked[],
  uses: Use[],
  zone: string,
  view: ViewOptions,
): string {
  const lines = files.flatMap((file, i) => [...fileLines(file, checked[i], view), '']);
  const say = (text: string, by = 2) => lines.push(...hang(' '.repeat(by - 2), text, view.width, by));
  if (left.length > 0) {
    lines.push(t`Not imported`);
    for (const { path, sheet, why } of printable(left)) say(`${named(path, sheet)}: ${translated(why)}`, 4);
    lines.push('');
  }
  if (files.some(({ columns }) => columns.some(({ type }) => type === 'instant')))
    say(t`Times without an offset are those of ${zone} (\`timezone\` under \`project\`).`);
  // Nothing changes if no file can be imported.
  const changes = files.length > 0;
  if (changes && declarations.without.length > 0)
    say(t`Taken out of the project, because its customers are invented: ${declarations.without.join(', ')}`);
  if (changes && uses.length > 0) {
    say(t`No file gives any more:`);
    for (const { what, places } of uses) say(places.length > 0 ? t`${what}, used at ${shown(places)}` : what, 4);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function fileLines(file: FileGuess, checked: Checked | undefined, view: ViewOptions): string[] {
  const colors = pc.createColors(view.color);
  const { path, kind, event, why, columns: shown, remarks } = printable(file);
  const columns: Column[] = [t`column`, t`becomes`, t`type`, t`example`].map((title) => ({ title }));
  const rows = shown.map(({ column, names, type, example }) => [column, names.join(', ') || '–', type, example]);
  const notation = printable(notationOf(file.source));
  const width = view.width - 2;
  const what = colors.bold(kind === 'events' && event !== undefined ? t`events ${event}` : translated(kinds[kind]));
  const losses = checked ? [...countLines(checked, kind, path), ...lossLines(printable(checked), path)] : [];
  return [
    ...hang('', t`${colors.bold(named(path, file.source.sheet))}: ${what}, by ${translated(why)}`, view.width, 2),
    ...indent([
      ...(notation === '' ? [] : hang('', notation, width, 2)),
      ...table(columns, rows, width),
      ...[...new Set(remarks)].flatMap((remark) => hang(`${colors.yellow(t`note`)} `, translated(remark), width)),
      ...losses.flatMap((line) => hang(line.startsWith(' ') ? '  ' : '', line.trimStart(), width, 4)),
    ]),
  ];
}

function named(path: string, sheet?: string): string {
  return sheet === undefined ? path : t`${path}, sheet ${quoted(sheet)}`;
}

const kinds: Record<FileGuess['kind'], string> = laterAll({
  customers: 'customers',
  events: 'events',
  consent: 'consent',
  suppressions: 'suppressions',
});

function notationOf({ encoding, delimiter, dates, decimal, each }: Source): string {
  return [
    ...(encoding ? [encoding] : []),
    ...(delimiter ? [delimiter === '\t' ? t`cells separated by tab` : t`cells separated by "${delimiter}"`] : []),
    ...(dates ? [t`dates as ${dates.join(', ')}`] : []),
    ...(decimal ? [decimal === ',' ? t`decimals after a comma` : t`decimals after a dot`] : []),
    ...(each ? [t`a row for each of ${each}`] : []),
  ].join('; ');
}

function countLines({ rows, leftOut, joined, repeated, repeatedAt }: Checked, kind: string, path: string): string[] {
  const all = many(rows, 'row');
  const again =
    kind === 'events'
      ? t`Rows with the id and the customer of an earlier row, in whose place they count: ${repeated}`
      : t`Rows with the id of an earlier row, in whose place they count: ${repeated}`;
  const lines = [
    leftOut > 0 ? t`${all}, ${leftOut} left out by the conditions of the source` : all,
    ...(repeated > 0 ? [`${again}${placesIn(path, repeatedAt)}`] : []),
  ];
  if (joined === undefined || rows === 0) return lines;
  // Rounded down, so that less than all is never shown as 100%.
  const share = percent(Math.floor((1000 * joined) / rows) / 1000);
  const known =
    joined === rows
      ? t`All are of customers whom the customers’ files name`
      : t`${joined} (${share}) are of customers whom the customers’ files name`;
  return [...lines, kind === 'events' && joined < rows / 2 ? t`${known}: is the right column the customer?` : known];
}

function lossLines({ causes, lost, repeated }: Checked, path: string): string[] {
  if (causes.length === 0) return [repeated > 0 ? t`Nothing else is lost` : t`Nothing is lost`];
  const values = causes.filter(({ row }) => !row).reduce((sum, cause) => sum + cause.count, 0);
  const more = causes.length - SHOWN_CAUSES;
  return [
    t`Lost: ${many(lost, 'row')} and ${many(values, 'value')}`,
    ...causes.slice(0, SHOWN_CAUSES).map((cause) => `  ${causeLine(cause, path)}`),
    ...(more > 0 ? [`  ${t`and for ${many(more, 'more cause')}`}`] : []),
  ];
}

function causeLine({ count: times, row, lines, message }: Cause, path: string): string {
  return `${many(times, row ? 'row' : 'value')}: ${translated(message)}${placesIn(path, lines)}`;
}

function placesIn(path: string, lines: number[]): string {
  const places = lines.filter((line) => line > 0).map((line) => `${path}:${line}`);
  return places.length > 0 ? ` (${places.join(', ')})` : '';
}

function shown(places: string[]): string {
  const more = places.length - SHOWN_PLACES;
  const names = places.slice(0, SHOWN_PLACES).join(', ');
  return more > 0 ? t`${names} and ${more} more` : names;
}
