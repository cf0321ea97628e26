import { count, percent } from './format.ts';
import { escapeHtml } from './html.ts';

/** Numbers side by side; `before` is null where there is nothing to compare with. */
export interface Chart {
  title: string;
  /** One for each number, or for some: an empty one is not written. */
  labels: string[];
  before: number[] | null;
  after: number[];
  /** A level that is drawn across. */
  limit?: { at: number; words: string };
}

const WIDTH = 720;
const HEIGHT = 150;
/** The room of the 0 beside the floor, also with the larger letters of a narrow page. */
const LEFT = 24;
const TOP = 22;
const BOTTOM = 26;
/** The width of a letter of a label, rather too large. */
const LETTER = 9;
/** The room of a label. */
const LABEL = 72;
/** The width of a letter on a narrow page, rather too large. */
const NARROW = 12;

/** The styles of charts, in the colours of a page. */
export const chartStyle = `
.chart { display: block; height: auto; max-width: 720px; width: 100%; }
.chart text { fill: var(--dim); font: 11px system-ui, sans-serif; }
.chart .frame { stroke: var(--line); }
.chart .was { fill: var(--was); }
.chart .becomes { fill: var(--becomes); }
.chart path.was, .chart path.becomes { fill: none; stroke-width: 1.5; }
.chart path.was { stroke: var(--was); }
.chart path.becomes { stroke: var(--becomes); }
.chart .whisker { stroke: var(--becomes); stroke-width: 2; }
.chart .limit { stroke: var(--warn); stroke-dasharray: 4 3; }
/* A picture shrinks with its page, and what is written in it must stay readable. */
@media (max-width: 640px) { .chart text { font-size: 18px; } .chart path.was, .chart path.becomes { stroke-width: 2.5; } }
`;

/** Returns a bar for each number, as an SVG picture of its own; each bar tells its number to a pointer. */
export function barChart(chart: Chart): string {
  const { labels, before, after } = chart;
  const { y, step, top } = scale(chart);
  const sides = before ? 2 : 1;
  const width = Math.max(2, Math.min(28, (step * 0.8) / sides));
  const bar = (side: 'was' | 'becomes', n: number, i: number) => {
    const x = LEFT + step * i + step / 2 - (width * sides) / 2 + (side === 'becomes' && before ? width : 0);
    const height = HEIGHT - BOTTOM - y(n);
    const told = `<title>${escapeHtml(`${labels[i] ?? ''} ${count(n)}`)}</title>`;
    return `<rect class="${side}" x="${px(x)}" y="${px(y(n))}" width="${px(width - 1)}" height="${px(height)}">${told}</rect>`;
  };
  const bars = after.flatMap((n, i) => [...(before ? [bar('was', before[i] ?? 0, i)] : []), bar('becomes', n, i)]);
  return picture(chart, top, bars);
}

/** Returns a stepped line through many numbers, as an SVG picture of its own. */
export function lineChart(chart: Chart): string {
  const { before, after } = chart;
  const { y, step, top } = scale(chart);
  const line = (side: 'was' | 'becomes', numbers: number[]) => {
    const points = numbers.map(
      (n, i) => `${i === 0 ? 'M' : 'L'}${px(LEFT + step * i)} ${px(y(n))}H${px(LEFT + step * (i + 1))}`,
    );
    return `<path class="${side}" d="${points.join('')}"/>`;
  };
  return picture(chart, top, [...(before ? [line('was', before)] : []), line('becomes', after)]);
}

/** `y`: of a number; `step`: the width of one number; `top`: the number at the top. */
function scale({ before, after, limit }: Chart): { y: (n: number) => number; step: number; top: number } {
  const most = Math.max(1, ...(before ?? []), ...after);
  // A limit far above would flatten all below it.
  const top = limit && limit.at <= most * 3 ? Math.max(most, limit.at) : most;
  const room = HEIGHT - TOP - BOTTOM;
  return {
    y: (n) => HEIGHT - BOTTOM - (n / top) * room,
    step: (WIDTH - LEFT) / Math.max(1, after.length),
    top,
  };
}

function picture({ title, labels, after, limit }: Chart, top: number, drawn: string[], show = count): string {
  const step = (WIDTH - LEFT) / Math.max(1, after.length);
  const floor = HEIGHT - BOTTOM;
  const written = labels.flatMap((label, i) => (label === '' ? [] : [i]));
  const every = Math.ceil((written.length * LABEL) / (WIDTH - LEFT));
  const fits = (i: number) => LEFT + step * (i + 0.5) + LABEL / 2 <= WIDTH;
  const shown = new Set(written.filter((i, n) => n % every === 0 && fits(i)));
  const names = labels.map((label, i) =>
    !shown.has(i) ? '' : `<text ${below(label, LEFT + step * (i + 0.5))} y="${HEIGHT - 6}">${escapeHtml(label)}</text>`,
  );
  const at = limit && limit.at <= top ? floor - (limit.at / top) * (floor - TOP) : undefined;
  return [
    `<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">`,
    `<title>${escapeHtml(title)}</title>`,
    `<path class="frame" d="M0 ${TOP}H${WIDTH}M${LEFT} ${floor}H${WIDTH}"/>`,
    // A number of any length has room above the line, and no margin would have it on a narrow page.
    `<text x="0" y="${TOP - 6}" text-anchor="start">${escapeHtml(show(top))}</text>`,
    `<text x="${LEFT - 6}" y="${floor + 4}" text-anchor="end">0</text>`,
    ...drawn,
    ...(limit && at !== undefined
      ? [
          `<path class="limit" d="M${LEFT} ${px(at)}H${WIDTH}"/>`,
          `<text x="${WIDTH}" y="${px(at - 3)}" text-anchor="end">${escapeHtml(limit.words)}</text>`,
        ]
      : []),
    ...names,
    '</svg>',
  ].join('');
}

/** Returns the place of a label below `x`: a picture has nothing left of it or right of it where letters would be seen. */
export function below(label: string, x: number): string {
  const half = (label.length * NARROW) / 2;
  if (x < half) return 'x="0" text-anchor="start"';
  return x + half > WIDTH ? `x="${WIDTH}" text-anchor="end"` : `x="${px(x)}" text-anchor="middle"`;
}

/** At most one decimal: files stay small, and pictures the same everywhere. */
function px(n: number): string {
  return String(Math.round(n * 10) / 10);
}

/** A share with its interval, by the name of what it is of. */
export interface Whisker {
  label: string;
  share: { estimate: number; low: number; high: number };
}

/** Returns a point with its interval for each share, as an SVG picture of its own. */
export function intervalChart(title: string, whiskers: Whisker[]): string {
  const most = Math.max(0.01, ...whiskers.map(({ share }) => share.high));
  const top = most < 0.1 ? most : Math.ceil(most * 100) / 100;
  const step = (WIDTH - LEFT) / Math.max(1, whiskers.length);
  const floor = HEIGHT - BOTTOM;
  const y = (share: number) => floor - (share / top) * (floor - TOP);
  const drawn = whiskers.map(({ label, share }, i) => {
    const x = px(LEFT + step * (i + 0.5));
    const told = `${label} ${percent(share.estimate)} (${percent(share.low)}–${percent(share.high)})`;
    return `<g><title>${escapeHtml(told)}</title><path class="whisker" d="M${x} ${px(y(share.low))}V${px(y(share.high))}"/><circle class="becomes" cx="${x}" cy="${px(y(share.estimate))}" r="4"/></g>`;
  });
  const labels = whiskers.map(({ label }) => label);
  return picture({ title, labels: thinned(labels), before: null, after: whiskers.map(() => 0) }, top, drawn, (n) =>
    percent(n, n < 0.1 ? 1 : 0),
  );
}

/** Returns labels of which only as many are written as have room beside each other. */
export function thinned(labels: string[]): string[] {
  const longest = Math.max(1, ...labels.map((label) => label.length));
  const every = Math.ceil((labels.length * longest * LETTER) / (WIDTH - LEFT));
  return labels.map((label, i) => (i % every === 0 ? label : ''));
}
