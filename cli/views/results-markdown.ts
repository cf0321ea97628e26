import type { Ran } from '../../engine/metrics/ran.ts';
import type { Results } from '../../engine/metrics/results.ts';
import type { Grid, Part } from './grid.ts';
import { line } from './markdown.ts';
import { detail, headWords, notes, nothingWords, overview } from './results-parts.ts';

/** Renders results as Markdown. `ran`, `one`: as for the terminal. */
export function resultsMarkdown(results: Results, ran: Ran[], one: string | undefined): string {
  const { title, until } = headWords(results, one);
  const [only] = results.campaigns;
  const parts = only ? (one === undefined ? overview(results) : detail(only, results)) : [];
  const said = only ? notes(results, one !== undefined) : nothingWords(results, ran);
  return partsMarkdown({ title, until, parts, said });
}

/** Renders titled parts, and notes below them, as Markdown. */
export function partsMarkdown(page: { title: string; until: string; parts: Part[]; said: string[] }): string {
  const blocks = [
    `## ${line(page.title)}`,
    line(page.until),
    ...page.parts.flatMap((part) => [
      `### ${line(part.title)}`,
      ...part.content.map((each) => (typeof each === 'string' ? line(each) : gridMarkdown(each))),
    ]),
    ...page.said.map(line),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function gridMarkdown({ columns, rows }: Grid): string {
  const row = (cells: string[]) => `| ${cells.map(line).join(' | ')} |`;
  const rule = `| ${columns.map(({ right }) => (right ? '---:' : '---')).join(' | ')} |`;
  return [row(columns.map(({ title }) => title)), rule, ...rows.map(row)].join('\n');
}
