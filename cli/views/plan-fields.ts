import pc from 'picocolors';
import type { FieldChange } from '../../engine/plan/change.ts';
import { doubleQuoted } from '../../spec/words/quoted.ts';
import { t } from '../../spec/words/t.ts';
import type { ViewOptions } from './format.ts';
import { columnsOf, hang } from './wrap.ts';

/** More lines of a text are counted, not shown. */
const most = 8;

/** The fields of a change: the path, and what is there before and after, as the project's files write it. `isNew`: there was no resource before. */
export function fieldLines(fields: FieldChange[], view: ViewOptions, isNew = false): string[] {
  const width = view.width - 6;
  const labels = fields.map(labelOf);
  // Beside a long path, texts get too little room.
  const isLong = (label: string) => columnsOf(label) > width / 2 - 2;
  const column = Math.max(0, ...labels.map((label) => (isLong(label) ? 0 : columnsOf(label)))) + 2;
  return fields.flatMap((field, i) => {
    const label = labels[i] ?? '';
    const below = isLong(label);
    const start = below ? '    ' : label + ' '.repeat(column - columnsOf(label));
    return [...(below ? [label] : []), ...sides(field, start, { ...view, width }, isNew)];
  });
}

function labelOf({ path, order, origin }: FieldChange): string {
  if (origin) {
    const part = path.slice(path.lastIndexOf('.') + 1);
    return `${origin.file}:${origin.line}${part === 'body' ? '' : ` ${part}`}`;
  }
  const label = path.startsWith('any locale') ? `${t`any locale`}${path.slice('any locale'.length)}` : path;
  return order ? t`order of ${label}` : label;
}

function sides(
  { before, after, line: nth, origin }: FieldChange,
  start: string,
  { width, color }: ViewOptions,
  isNew: boolean,
): string[] {
  const { red, green } = pc.createColors(color);
  const line = origin ? undefined : nth;
  const onlySpaces = (before ?? '').trim() === (after ?? '').trim();
  const shown = (text: string | undefined) =>
    text === undefined ? t`(none)` : onlySpaces && !text.includes('\n') ? doubleQuoted(text) : text;
  const numbered = (text: string) => (line === undefined ? text : t`line ${line}: ${text}`);
  const [old, now] = [numbered(shown(before)), numbered(shown(after))];
  if (before === undefined && nth === undefined && isNew) return block(start, now, width, green);
  const both = `${start}${red(old)} → ${green(now)}`;
  if (!both.includes('\n') && columnsOf(`${start}${old} → ${now}`) <= width) return [both];
  const arrow = `${' '.repeat(columnsOf(start) - 2)}→ `;
  return [...block(start, old, width, red), ...block(arrow, now, width, green)];
}

/** A text of one line or several, from a column on; what is too long for a line goes on below it. */
function block(start: string, text: string, width: number, paint: (text: string) => string): string[] {
  const all = text.split('\n');
  const shown = all.length > most ? all.slice(0, most - 1) : all;
  const rest = all.length - shown.length;
  const margin = ' '.repeat(columnsOf(start));
  const lines = shown.flatMap((line, i) => {
    const own = line.slice(0, line.length - line.trimStart().length);
    const first = (i === 0 ? start : margin) + own;
    return hang(first, line.trim(), width).map((each) => each.slice(0, first.length) + paint(each.slice(first.length)));
  });
  return rest > 0 ? [...lines, margin + t`… and ${rest} more lines`] : lines;
}
