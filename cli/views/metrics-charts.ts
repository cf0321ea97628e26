import { below } from './charts.ts';
import { count, percent } from './format.ts';
import { escapeHtml } from './html.ts';

/** A cell of a heat map: its text, and how dark it is, 0 to 1; null: there is none. */
export interface HeatCell {
  text: string;
  share: number;
}

/** Numbers in rows and columns, the greater the darker. */
export interface HeatMap {
  title: string;
  columns: string[];
  rows: { name: string; cells: (HeatCell | null)[] }[];
}

/** A line through points, one for each label. */
export interface Line {
  title: string;
  labels: string[];
  points: number[];
  show: (n: number) => string;
}

const WIDTH = 720;
const CELL = 26;
const NAMES = 130;

/** The styles of these charts, beside those of all. */
export const metricsChartStyle = `
.heat { min-width: 560px; }
.heat rect, .rows rect { fill: var(--becomes); }
.chart.heat text, .chart.rows text { fill: var(--ink); font-size: 12px; }
.chart.heat .name, .chart.rows .name { fill: var(--dim); }
.chart .line { fill: none; stroke: var(--becomes); stroke-width: 2; }
@media (max-width: 640px) { .chart.rows text { font-size: 18px; } }
`;

/** Returns a heat map as an SVG picture of its own; on a narrow page it scrolls. */
export function heatMap({ title, columns, rows }: HeatMap): string {
  const width = (WIDTH - NAMES) / Math.max(1, columns.length);
  const x = (i: number) => NAMES + width * i;
  const heads = columns.map((name, i) => text(name, x(i) + width / 2, 14, 'middle', 'name'));
  const lines = rows.flatMap(({ name, cells }, row) => {
    const y = 20 + row * CELL;
    const drawn = cells.map((cell, i) => {
      if (!cell) return '';
      // Also the darkest leaves its number readable, by day and by night.
      const shade = (0.05 + 0.5 * Math.max(0, Math.min(1, cell.share))).toFixed(2);
      const told = `${name}, ${columns[i] ?? ''}: ${cell.text}`;
      const area = `<rect x="${px(x(i) + 1)}" y="${y}" width="${px(width - 2)}" height="${CELL - 2}" fill-opacity="${shade}"><title>${escapeHtml(told)}</title></rect>`;
      return `${area}${text(cell.text, x(i) + width / 2, y + CELL / 2 + 3, 'middle')}`;
    });
    return [text(name, NAMES - 8, y + CELL / 2 + 3, 'end', 'name'), ...drawn];
  });
  return picture('heat', title, 24 + rows.length * CELL, [...heads, ...lines]);
}

/** Returns bars one below the other, each with its name and its number above, and the longest as wide as the picture: a funnel, or groups. */
export function rowChart(title: string, rows: { name: string; n: number; share?: number | undefined }[]): string {
  const [height, most] = [48, Math.max(1, ...rows.map(({ n }) => n))];
  const drawn = rows.flatMap(({ name, n, share }, i) => {
    const width = Math.max(2, (WIDTH * n) / most);
    const numbers = share === undefined ? count(n) : `${count(n)} (${percent(share)})`;
    const y = i * height;
    return [
      text(name, 0, y + 18, 'start', 'name'),
      text(numbers, WIDTH, y + 18, 'end'),
      `<rect x="0" y="${y + 25}" width="${px(width)}" height="16" rx="3"><title>${escapeHtml(`${name} ${numbers}`)}</title></rect>`,
    ];
  });
  return picture('rows', title, rows.length * height, drawn);
}

/** Returns a line with a dot at each point, as an SVG picture of its own. */
export function curve({ title, labels, points, show }: Line): string {
  const [top, floor, height] = [28, 124, 150];
  const most = Math.max(1e-9, ...points);
  const step = WIDTH / Math.max(1, points.length);
  const x = (i: number) => step * (i + 0.5);
  const y = (n: number) => floor - (n / most) * (floor - top);
  const every = Math.ceil((labels.length * 90) / WIDTH);
  const path = points.map((n, i) => `${i === 0 ? 'M' : 'L'}${px(x(i))} ${px(y(n))}`).join('');
  return picture('curve', title, height, [
    `<path class="frame" d="M0 ${top}H${WIDTH}M0 ${floor}H${WIDTH}"/>`,
    text(show(most), 0, top - 8, 'start'),
    `<path class="line" d="${path}"/>`,
    ...points.map((n, i) => {
      const told = `<title>${escapeHtml(`${labels[i] ?? ''} ${show(n)}`)}</title>`;
      return `<circle class="becomes" cx="${px(x(i))}" cy="${px(y(n))}" r="4">${told}</circle>`;
    }),
    ...labels.map((label, i) =>
      i % every === 0 ? `<text ${below(label, x(i))} y="${height - 6}">${escapeHtml(label)}</text>` : '',
    ),
  ]);
}

function picture(kind: string, title: string, height: number, drawn: string[]): string {
  return `<svg class="chart ${kind}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img"><title>${escapeHtml(title)}</title>${drawn.join('')}</svg>`;
}

function text(words: string, x: number, y: number, anchor: 'start' | 'middle' | 'end', kind?: string): string {
  const style = kind === undefined ? '' : ` class="${kind}"`;
  return `<text${style} x="${px(x)}" y="${px(y)}" text-anchor="${anchor}">${escapeHtml(words)}</text>`;
}

/** At most one decimal: files stay small, and pictures the same everywhere. */
function px(n: number): string {
  return String(Math.round(n * 10) / 10);
}
