import pc from 'picocolors';
import type { Ran } from '../../engine/metrics/ran.ts';
import type { Results } from '../../engine/metrics/results.ts';
import { indent, printable, type ViewOptions } from './format.ts';
import { partLines } from './grid.ts';
import { detail, headWords, notes, nothingWords, overview } from './results-parts.ts';
import { fold, hang } from './wrap.ts';

/** Renders results for a terminal. `ran`: the campaigns that were asked for; `one`: the name of the only one, which is shown in full. */
export function renderResults(results: Results, ran: Ran[], one: string | undefined, view: ViewOptions): string {
  const found = printable(results);
  const { bold } = pc.createColors(view.color);
  const { title, until } = headWords(found, one);
  const [only] = found.campaigns;
  const parts = only ? (one === undefined ? overview(found) : detail(only, found)) : [];
  const said = only ? notes(found, one !== undefined) : nothingWords(found, ran);
  const lines = [
    ...hang('', title, view.width).map(bold),
    ...fold([until], view.width),
    ...parts.flatMap((part) => ['', bold(part.title), ...indent(partLines(part.content, view.width - 2))]),
    ...(said.length > 0 ? ['', ...fold(said, view.width)] : []),
  ];
  return `${lines.join('\n')}\n`;
}
