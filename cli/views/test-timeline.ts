import pc from 'picocolors';
import stringWidth from 'string-width';
import type { TestResult } from '../../engine/dry-run/tests/result.ts';
import type { Range } from '../../spec/diagnostics/diagnostic.ts';
import { many } from '../../spec/words/many.ts';
import { t, translated } from '../../spec/words/t.ts';
import { clockFormat, indent, printable, quoted, type ViewOptions } from './format.ts';
import { tableRows } from './table.ts';
import { type Mark, type TimelineRow, timelineRows } from './test-rows.ts';
import { beside, fold, hang } from './wrap.ts';

export interface TimelineView extends ViewOptions {
  /** The project's time zone, IANA. */
  zone: string;
  /** The place of the test in the files. */
  source: Range | undefined;
}

const signs: Record<Mark, string> = { given: '', same: '', different: '≠', missing: '−', unexpected: '+', aside: '' };

/** Renders a failed test: its events, expectations and results, side by side in order of time. */
export function renderFailure(result: TestResult, { source, zone, ...view }: TimelineView): string[] {
  const { test, problems } = result;
  const colors = pc.createColors(view.color);
  const title = test.title === undefined ? '' : ` ${quoted(printable(test.title))}`;
  const place = source ? [colors.cyan(placeOf(source))] : [];
  return [
    ...beside([`${colors.red('✗')} ${colors.bold(test.name)}${title}`, ...place], view.width),
    ...indent([
      colors.dim(t`${test.campaign}, from ${clockFormat(zone)(test.start)} (${zone})`),
      ...fold(
        problems.map((problem) => printable(translated(problem))),
        view.width - 2,
      ).map(colors.red),
      ...indent(timeline(printable(timelineRows(result)), view.width - 4, colors)),
      ...texts(result, view.width - 2).map((line) => colors.dim(line)),
    ]),
  ];
}

type Colors = ReturnType<typeof pc.createColors>;

/** Returns the rows of the timeline. A note that does not fit beside its row is on the next line. */
function timeline(rows: TimelineRow[], width: number, colors: Colors): string[] {
  if (rows.length === 0) return [];
  const columns = ['', '', '', t`expected`, t`actual`].map((title) => ({ title }));
  const cells = rows.map(({ mark, when, customer, expected, actual }) => [
    signs[mark],
    when,
    customer,
    expected,
    actual,
  ]);
  const [head = [], ...lines] = tableRows(columns, cells, width);
  const full = Math.max(...lines.flat().map((line) => stringWidth(line)));
  const paint: Record<Mark, (text: string) => string> = {
    given: colors.dim,
    same: (text) => text,
    different: colors.yellow,
    missing: colors.red,
    unexpected: colors.red,
    aside: colors.dim,
  };
  const body = rows.flatMap(({ mark, note }, i) => {
    const [first = '', ...rest] = lines[i] ?? [];
    const room = ' '.repeat(full - stringWidth(first) + 2);
    const beside = full + 2 + stringWidth(note) <= width;
    const below = note === '' || beside ? [] : hang('   ↳ ', note, width);
    const shown = [note !== '' && beside ? first + room + note : first, ...rest, ...below];
    return shown.map((part) => paint[mark](part));
  });
  return [...head.map(colors.dim), ...body];
}

/** Returns `campaigns/cart.crm.yaml:12`. */
export function placeOf({ file, start }: Range): string {
  return `${file}:${start.line}`;
}

const mostLines = 8;

/** Returns the texts of the messages that lack an expected one. */
function texts({ messages = [] }: TestResult, width: number): string[] {
  return messages.flatMap(({ actual, differences }) => {
    if (!actual || !differences.some((one) => one.in === 'text')) return [];
    const lines = printable(actual.text.split('\n'))
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const shown = lines.slice(0, mostLines).flatMap((line) => hang('| ', line, width));
    const more = lines.length > mostLines ? [`| … ${many(lines.length - mostLines, 'more line')}`] : [];
    return [t`${actual.channel} ${actual.template} to ${actual.customer} says:`, ...shown, ...more];
  });
}
