import pc from 'picocolors';
import type { CheckedFile, DataReport } from '../../engine/inspect/data-check/check.ts';
import { t, translated } from '../../spec/words/t.ts';
import { byDeclaration } from './by-declaration.ts';
import { causeLines, causeWords, countWords, levels, levelWords, placeWords } from './causes.ts';
import { clockFormat, count, indent, many, minus, printable, type ViewOptions } from './format.ts';
import { escapeHtml, htmlPage } from './html.ts';
import { type Column, table } from './table.ts';
import { hang } from './wrap.ts';

interface Project {
  name: string;
  timezone: string;
}

/** Renders the report for a terminal. */
export function dataCheckText(report: DataReport, project: Project, view: ViewOptions): string {
  const { bold, red } = pc.createColors(view.color);
  const { columns, rows } = fileTable(report, project);
  const width = view.width - 2;
  const lines = [
    ...hang('', headline(report, project), view.width, 2).map(bold),
    ...(rows.length > 0 ? ['', bold(t`Files`), ...indent(table(columns, rows.map(printable), width))] : []),
    ...rowsLines(report).flatMap((line) => indent(hang('', line, width, 2))),
    ...report.unreadable.flatMap((file) => indent(hang('', printable(unreliableWords(file)), width, 2)).map(red)),
    '',
    ...(report.causes.length === 0
      ? [fineWords(report)]
      : [bold(t`By cause, the worst first`), ...indent(causeLines(report.causes, { width }))]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Returns the report as one versioned JSON value; instants are ISO 8601. */
export function dataCheckJson({ at, files, unreadable, ...rest }: DataReport): Record<string, unknown> {
  const iso = (instant: number) => new Date(instant).toISOString();
  return {
    format: 1,
    type: 'data-check',
    at: iso(at),
    ...rest,
    files: files.map((file) => ({ ...file, before: file.before && { ...file.before, at: iso(file.before.at) } })),
    unreadable,
  };
}

const style = `
table { background: #fff; border: 1px solid #c9ced4; border-collapse: collapse; border-radius: 6px; margin: 8px 0; }
th, td { border-top: 1px solid #e3e6ea; padding: 4px 12px; text-align: left; vertical-align: top; }
th { border-top: 0; color: #5c6670; font-weight: normal; white-space: nowrap; }
table.causes { width: 100%; }
.causes td:nth-child(1) { width: 9em; }
.causes td:nth-child(2) { width: 18em; }
td { overflow-wrap: anywhere; }
td.right, th.right { text-align: right; white-space: nowrap; }
@media (max-width: 860px) {
  .causes tr { border-top: 1px solid #e3e6ea; display: block; padding: 4px 0; }
  .causes tbody, .causes td { border: 0; display: block; }
  .causes td.right { font-weight: 600; text-align: left; }
  .causes td:nth-child(n) { padding: 2px 12px; width: auto; }
  .files { overflow-x: auto; }
}
`;

/** Renders the report as an HTML page that loads nothing. */
export function dataCheckPage(report: DataReport, project: Project): string {
  const title = t`Data of ${project.name}`;
  const { columns, rows } = fileTable(report, project);
  const warnings = report.unreadable.map((file) => `<p class="missing">${escapeHtml(unreliableWords(file))}</p>\n`);
  const causes = levels.flatMap((level) => {
    const own = report.causes.filter((cause) => cause.level === level);
    if (own.length === 0) return [];
    const lines = own.map((cause) => {
      const more = cause.count - cause.places.length;
      const places = cause.places.map((place) =>
        place.message === undefined ? placeWords(place) : `${placeWords(place)}: ${translated(place.message)}`,
      );
      const listed = [...places, ...(more > 0 ? [t`and ${more} more`] : [])].map(escapeHtml).join('<br>');
      return `<tr><td class="right">${escapeHtml(countWords(cause))}</td><td>${escapeHtml(causeWords(cause))}</td><td>${listed}</td></tr>`;
    });
    return [`<h2>${escapeHtml(levelWords(level))}</h2>\n<table class="causes">\n${lines.join('\n')}\n</table>\n`];
  });
  return htmlPage(
    title,
    [
      `<h1>${escapeHtml(title)}</h1>\n<p class="dim">${escapeHtml(headline(report, project))}</p>\n`,
      ...rowsLines(report).map((line) => `<p class="dim">${escapeHtml(line)}</p>\n`),
      ...warnings,
      ...causes,
      ...(causes.length === 0 ? [`<p>${escapeHtml(fineWords(report))}</p>\n`] : []),
      `<h2>${escapeHtml(t`Files`)}</h2>\n<div class="files">${htmlTable(columns, rows)}</div>`,
    ].join(''),
    style,
  );
}

function htmlTable(columns: Column[], rows: string[][]): string {
  const cell = (tag: 'td' | 'th', text: string, i: number) =>
    `<${tag}${columns[i]?.right ? ' class="right"' : ''}>${escapeHtml(text)}</${tag}>`;
  const line = (tag: 'td' | 'th', texts: string[]) =>
    `<tr>${texts.map((text, i) => cell(tag, text, i)).join('')}</tr>\n`;
  return `<table>\n${line(
    'th',
    columns.map(({ title }) => title),
  )}${rows.map((row) => line('td', row)).join('')}</table>\n`;
}

function unreliableWords({ path, why }: DataReport['unreadable'][number]): string {
  return t`${path} cannot be relied on: ${why}.`;
}

function fineWords({ files }: DataReport): string {
  return files.length === 0 ? t`The project names no data files.` : t`Nothing is wrong with the data.`;
}

function headline({ at, customers, events, files }: DataReport, { name, timezone }: Project): string {
  return t`${name}: ${many(customers, 'customer')} and ${many(events, 'event')} in ${many(files.length, 'file')}, checked ${clockFormat(timezone)(at)} (${timezone})`;
}

/** Returns the reasons why there are fewer customers than rows; empty if there are as many. */
function rowsLines({ customers, customerRows: { rows, lost, repeated } }: DataReport): string[] {
  if (lost + repeated === 0) return [];
  const all = t`${many(rows, 'row')} of customers, ${many(customers, 'customer')}`;
  if (repeated === 0) return [t`${all}; ${lost} lost`];
  return lost === 0
    ? [t`${all}; ${repeated} with the id of another`]
    : [t`${all}; ${lost} lost, ${repeated} with the id of another`];
}

/** Returns the table of files, with a row for each declaration. A column that has only zeros is left out. */
function fileTable(report: DataReport, { timezone }: Project): { columns: Column[]; rows: string[][] } {
  const files = byDeclaration(report.files).map(addedUp);
  const clock = clockFormat(timezone);
  const counts: [title: string, of: (file: Declared) => number][] = [
    [t`lost`, ({ lost }) => lost],
    [t`incomplete`, ({ incomplete }) => incomplete],
    [t`left out`, ({ passed }) => passed],
  ];
  const used = counts.filter(([, of]) => files.some((file) => of(file) > 0));
  // The two titles are read together: `+12 since the last reading`.
  const [since = '', reading = ''] = t`since|the last reading`.split('|');
  const compared = files.some(({ before }) => before !== null);
  const several = files.some(({ number }) => number > 1);
  return {
    columns: [
      { title: t`file`, whole: true },
      ...(several ? [{ title: t`files`, right: true }] : []),
      { title: t`rows`, right: true },
      ...used.map(([title]) => ({ title, right: true })),
      ...(compared
        ? [
            { title: since, right: true },
            { title: reading, whole: true },
          ]
        : []),
    ],
    rows: files.map((file) => [
      file.path,
      ...(several ? [count(file.number)] : []),
      count(file.rows),
      ...used.map(([, of]) => count(of(file))),
      ...(compared ? [changeWords(file), file.before ? clock(file.before.at) : t`never`] : []),
    ]),
  };
}

/** Returns the figures of all files of a declaration, and the number of the files. */
function addedUp({ path, files }: { path: string; files: CheckedFile[] }): Declared {
  const sum = <T>(list: T[], of: (one: T) => number) => list.reduce((all, one) => all + of(one), 0);
  const before = files.flatMap((file) => file.before ?? []);
  return {
    path,
    number: files.length,
    rows: sum(files, ({ rows }) => rows),
    lost: sum(files, ({ lost }) => lost),
    incomplete: sum(files, ({ incomplete }) => incomplete),
    passed: sum(files, ({ passed }) => passed),
    before:
      before.length === 0
        ? null
        : { rows: sum(before, ({ rows }) => rows), at: Math.max(...before.map(({ at }) => at)) },
  };
}

interface Declared extends Pick<CheckedFile, 'path' | 'rows' | 'lost' | 'incomplete' | 'passed'> {
  number: number;
  before: { rows: number; at: number } | null;
}

/** Returns `+12`, `−3` or `0`; empty if the file has not been read before. */
function changeWords({ rows, before }: Declared): string {
  if (before === null) return '';
  const more = rows - before.rows;
  return more > 0 ? `+${count(more)}` : minus(count(more));
}
