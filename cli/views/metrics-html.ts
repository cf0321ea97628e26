import type { Metrics } from '../../engine/metrics/shop/metrics.ts';
import { t } from '../../spec/words/t.ts';
import { barChart, chartStyle } from './charts.ts';
import { escapeHtml, htmlPage } from './html.ts';
import { metricsPage as pageOf } from './metrics-parts.ts';
import { figure, partHtml } from './results-html.ts';

/** Renders the numbers of a shop as one page that needs nothing else: no script, no network. */
export function metricsPage(metrics: Metrics): string {
  const { title, until, parts, said } = pageOf(metrics);
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="dim">${escapeHtml(until)}</p>`,
    ...said.map((note) => `<p class="dim">${escapeHtml(note)}</p>`),
    ...charts(metrics),
    ...parts.map(partHtml),
  ];
  return htmlPage(title, `${body.join('\n')}\n`, `${style}${chartStyle}`, 'closed');
}

const style = `
h3 { font-size: 15px; margin: 20px 0 4px; }
@media print { section { break-inside: avoid; } }
`;

function charts({ months }: Metrics): string[] {
  const bars = (title: string, of: (month: Metrics['months'][number]) => number) =>
    months.some((one) => of(one) > 0)
      ? [
          figure(
            title,
            barChart({ title, labels: months.map(({ month }) => month), before: null, after: months.map(of) }),
          ),
        ]
      : [];
  return [
    ...bars(t`Revenue by month`, ({ revenue }) => revenue),
    ...bars(t`Orders by month`, ({ orders }) => orders),
    ...bars(t`New customers by month`, ({ newCustomers }) => newCustomers),
  ];
}
