import pc from 'picocolors';
import type { Ran } from '../../engine/metrics/ran.ts';
import type { Results } from '../../engine/metrics/results.ts';
import { indent, printable, type ViewOptions } from './format.ts';
import { type Part, partLines } from './grid.ts';
import { detail, headWords, notes, nothingWords, overview } from './results-parts.ts';
import { fold, hang } from './wrap.ts';

/** Renders results for a terminal. `ran`: the campaigns that were asked for; `one`: the name of the only one, which is shown in full. */
export function renderResults(results: Results, ran: Ran[], one: string | undefined, view: ViewOptions): string {
  const found = printable(results);
  const { title, until } = headWords(found, one);
  const [only] = found.campaigns;
  const parts = only ? (one === undefined ? overview(found) : detail(only, found)) : [];
  const said = only ? notes(found, one !== undefined) : nothingWords(found, ran);
  return partsText({ title, until, parts, said }, view);
}

/** Renders titled parts, and notes below them, for a terminal. */
export function partsText(
  page: { title: string; until: string; parts: Part[]; said: string[] },
  view: ViewOptions,
): string {
  const { bold } = pc.createColors(view.color);
  const lines = [
    ...hang('', page.title, view.width).map(bold),
    ...fold([page.until], view.width),
    ...page.parts.flatMap((part) => [
      '',
      ...hang('', part.title, view.width).map(bold),
      ...indent(partLines(part.content, view.width - 2)),
    ]),
    ...(page.said.length > 0 ? ['', ...fold(page.said, view.width)] : []),
  ];
  return `${lines.join('\n')}\n`;
}
