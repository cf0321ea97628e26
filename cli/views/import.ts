import pc from 'picocolors';
import type { Cause, Checked } from '../../engine/import/check.ts';
import type { FileGuess } from '../../engine/import/guess.ts';
import type { Proposal } from '../../engine/import/import.ts';
import type { Source } from '../../spec/model/data.ts';
import { count, indent, many, printable, type ViewOptions } from './format.ts';
import { type Column, table } from './table.ts';

/** A use of a name that no file gives any more. */
export interface Use {
  what: string;
  /** `campaigns/welcome.crm.yaml:4` */
  places: string[];
}

const SHOWN_CAUSES = 8;
const SHOWN_PLACES = 3;

/** Shows the findings of an import, and the changes it would make. `zone`: the project's. */
export function renderImport(
  { files, left, declarations }: Pick<Proposal, 'files' | 'left' | 'declarations'>,
  checked: Checked[],
  uses: Use[],
  zone: string,
  view: ViewOptions,
): string {
  const lines = files.flatMap((file, i) => [...fileLines(file, checked[i], view), '']);
  if (left.length > 0)
    lines.push('Not imported', ...printable(left).map(({ path, sheet, why }) => `  ${named(path, sheet)}: ${why}`), '');
  if (files.some(({ columns }) => columns.some(({ type }) => type === 'instant'))) {
    lines.push(`Times without an offset are those of ${zone} (\`timezone\` under \`project\`).`);
  }
  if (declarations.without.length > 0) {
    lines.push(`Taken out of the project, because its customers are invented: ${declarations.without.join(', ')}`);
  }
  if (uses.length > 0) {
    lines.push('No file gives any more:');
    lines.push(...uses.map(({ what, places }) => `  ${what}${places.length > 0 ? `, used at ${shown(places)}` : ''}`));
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

const columns: Column[] = [{ title: 'column' }, { title: 'becomes' }, { title: 'type' }, { title: 'example' }];

function fileLines(file: FileGuess, checked: Checked | undefined, view: ViewOptions): string[] {
  const colors = pc.createColors(view.color);
  const { path, kind, event, why, columns: shown, remarks } = printable(file);
  const what = kind === 'events' ? `events ${event}` : kind;
  const rows = shown.map(({ column, names, type, example }) => [column, names.join(', ') || '–', type, example]);
  const notation = printable(notationOf(file.source));
  return [
    `${colors.bold(named(path, file.source.sheet))}: ${colors.bold(what)}, by ${why}`,
    ...indent([
      ...(notation === '' ? [] : [notation]),
      ...table(columns, rows, view.width - 2),
      ...[...new Set(remarks)].map((remark) => `${colors.yellow('note')} ${remark}`),
      ...(checked ? [...countLines(checked, kind), ...lossLines(printable(checked), path)] : []),
    ]),
  ];
}

function named(path: string, sheet?: string): string {
  return sheet === undefined ? path : `${path}, sheet ${JSON.stringify(sheet)}`;
}

function notationOf({ encoding, delimiter, dates, decimal, each }: Source): string {
  const sign = delimiter === '\t' ? 'tab' : delimiter;
  return [
    ...(encoding ? [encoding] : []),
    ...(sign ? [`cells separated by ${sign === 'tab' ? sign : `"${sign}"`}`] : []),
    ...(dates ? [`dates as ${dates.join(', ')}`] : []),
    ...(decimal ? [`decimals after ${decimal === ',' ? 'a comma' : 'a dot'}`] : []),
    ...(each ? [`a row for each of ${each}`] : []),
  ].join('; ');
}

function countLines({ rows, leftOut, joined }: Checked, kind: string): string[] {
  const out = leftOut > 0 ? `, ${count(leftOut)} left out by the conditions of the source` : '';
  const lines = [`${many(rows, 'row')}${out}`];
  if (joined === undefined || rows === 0) return lines;
  const share = (Math.floor((1000 * joined) / rows) / 10).toFixed(1);
  const known = joined === rows ? 'All are' : `${count(joined)} (${share} %) are`;
  return [
    ...lines,
    `${known} of customers whom the customers’ files name${kind === 'events' && joined < rows / 2 ? ': is the right column the customer?' : ''}`,
  ];
}

function lossLines({ causes, lost }: Checked, path: string): string[] {
  if (causes.length === 0) return ['Nothing is lost'];
  const values = causes.filter(({ row }) => !row).reduce((sum, cause) => sum + cause.count, 0);
  const more = causes.length - SHOWN_CAUSES;
  return [
    `Lost: ${many(lost, 'row')} and ${many(values, 'value')}`,
    ...causes.slice(0, SHOWN_CAUSES).map((cause) => `  ${causeLine(cause, path)}`),
    ...(more > 0 ? [`  and for ${many(more, 'more cause')}`] : []),
  ];
}

function causeLine({ count: times, row, lines, message }: Cause, path: string): string {
  const places = lines.filter((line) => line > 0).map((line) => `${path}:${line}`);
  return `${many(times, row ? 'row' : 'value')}: ${message}${places.length > 0 ? ` (${places.join(', ')})` : ''}`;
}

function shown(places: string[]): string {
  const more = places.length - SHOWN_PLACES;
  return `${places.slice(0, SHOWN_PLACES).join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`;
}
