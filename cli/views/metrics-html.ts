import type { Cohort } from '../../engine/metrics/shop/cohorts.ts';
import type { Metrics } from '../../engine/metrics/shop/metrics.ts';
import { t } from '../../spec/words/t.ts';
import { barChart, chartStyle, intervalChart, type Whisker } from './charts.ts';
import { spentSoFar } from './cohort-parts.ts';
import { count, moneyFormat, percent } from './format.ts';
import { escapeHtml, htmlPage } from './html.ts';
import { curve, heatMap, metricsChartStyle, rowChart } from './metrics-charts.ts';
import { metricsPage as pageOf } from './metrics-parts.ts';
import { figure, partHtml } from './results-html.ts';
import { groupWords } from './rfm-parts.ts';

/** Renders the numbers of a shop as one page that needs nothing else: no script, no network. */
export function metricsPage(metrics: Metrics): string {
  const { title, until, parts, said } = pageOf(metrics);
  const drawn = charts(metrics);
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="dim">${escapeHtml(until)}</p>`,
    tiles(metrics),
    ...(drawn.length > 0 ? [`<div class="charts">\n${drawn.join('\n')}\n</div>`] : []),
    ...said.map((note) => `<p class="dim">${escapeHtml(note)}</p>`),
    ...parts.map(partHtml),
  ];
  return htmlPage(title, `${body.join('\n')}\n`, `${style}${chartStyle}${metricsChartStyle}`, 'closed');
}

const style = `
h3 { font-size: 15px; margin: 20px 0 4px; }
.tiles { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); margin: 16px 0; }
.tiles div { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 8px 12px; }
.tiles dt { color: var(--dim); font-size: 13px; }
.tiles dd { font-size: 18px; font-variant-numeric: tabular-nums; margin: 0; }
.charts { display: grid; gap: 16px 40px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); margin: 16px 0; }
.charts figure { min-width: 0; }
@media print {
  body { max-width: none; padding: 0; }
  .tiles { grid-template-columns: repeat(4, 1fr); }
  .charts { grid-template-columns: 1fr 1fr; }
  .heat { min-width: 0; }
  section, figure, .tiles div { break-inside: avoid; }
}
`;

/** Returns the figures that everybody looks for first. */
function tiles({ total, project, predicted }: Metrics): string {
  const { averageOrder, retention, churn, ltv } = total;
  const money = whole(project);
  const next = predicted?.revenue == null ? null : predicted.revenue / Math.max(1, predicted.customers);
  const shown: [name: string, value: string | null][] = [
    [t`revenue`, money(total.revenue)],
    [t`orders`, count(total.orders)],
    [t`buyers`, count(total.buyers)],
    [t`new customers`, count(total.newCustomers)],
    [t`average order`, averageOrder && money(averageOrder.estimate)],
    [t`retention`, retention && percent(retention.estimate)],
    [t`churn`, churn && percent(churn.estimate)],
    [t`LTV so far`, ltv && money(ltv.value.estimate)],
    [t`LTV of the next year`, next === null ? null : money(next)],
  ];
  const cells = shown.flatMap(([name, value]) =>
    value === null ? [] : [`<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`],
  );
  return `<dl class="tiles">${cells.join('')}</dl>`;
}

/** Returns a formatter of amounts without coins. */
function whole(project: Metrics['project']): (amount: number) => string {
  const money = moneyFormat(project);
  return (amount) => money(Math.round(amount)).replace(/[.,]00(?!\d)/, '');
}

function charts({ months, cohorts, retention, rfm, funnel, groups, project, total, by }: Metrics): string[] {
  const byMonth = (title: string, of: (month: Metrics['months'][number]) => number) =>
    months.some((one) => of(one) > 0)
      ? bars(
          title,
          months.map(({ month }) => month),
          months.map(of),
        )
      : null;
  const revenue = { labels: months.map(({ month }) => month), points: months.map((one) => one.revenue) };
  const known = groups.flatMap(({ value, others, retention: share }) =>
    share && !others ? [{ label: value ?? t`no value`, share }] : [],
  );
  const steps = (funnel?.steps ?? []).map(({ event, customers, ofPrevious }) => ({
    name: event,
    n: customers,
    share: ofPrevious?.estimate,
  }));
  const drawn: [title: string, chart: string | null][] = [
    [t`Revenue by month`, total.ltv && curve({ ...revenue, title: t`Revenue by month`, show: whole(project) })],
    [t`Orders by month`, byMonth(t`Orders by month`, ({ orders }) => orders)],
    [t`New customers by month`, byMonth(t`New customers by month`, ({ newCustomers }) => newCustomers)],
    [t`Funnel`, funnel?.steps[0]?.customers ? rowChart(t`Funnel`, steps) : null],
    [
      t`Retention by months since the first order, with 95% confidence`,
      intervals(retention.slice(1).map(({ since, share }) => ({ label: `+${since}`, share }))),
    ],
    [t`Retention by ${by ?? ''}, with 95% confidence`, intervals(known)],
    [
      t`Cohorts: the share that orders, by months since the first order`,
      cohortMap(
        cohorts,
        ({ months: mine }) => mine.map(({ retention: share }) => share?.estimate ?? 0),
        (n) => percent(n, 0),
      ),
    ],
    [
      t`Cohorts: what one customer has spent so far, in ${project.currency}, by months since the first order`,
      cohortMap(cohorts, spentSoFar, (n) => count(Math.round(n))),
    ],
    [t`RFM: customers by recency and frequency`, rfm.cells.length > 0 ? rfmMap(rfm.cells) : null],
    [
      t`RFM groups`,
      rfm.groups.length > 0
        ? rowChart(
            t`RFM groups`,
            rfm.groups.map(({ group, customers }) => ({ name: groupWords(group), n: customers })),
          )
        : null,
    ],
  ];
  return drawn.flatMap(([title, chart]) => (chart === null ? [] : [figure(title, chart)]));
}

function bars(title: string, labels: string[], after: number[]): string {
  return barChart({ title, labels, before: null, after });
}

function intervals(whiskers: Whisker[]): string | null {
  return whiskers.length > 1 ? intervalChart(t`with 95% confidence`, whiskers) : null;
}

/** Returns a heat map of the cohorts. The first month, in which all of a cohort order, says nothing of the shades of others. */
function cohortMap(cohorts: Cohort[], of: (cohort: Cohort) => number[], show: (n: number) => string): string | null {
  const longest = Math.max(0, ...cohorts.map(({ months }) => months.length));
  if (longest < 2) return null;
  const values = cohorts.map(of);
  const most = Math.max(...values.flatMap((own) => own.slice(1)), 1e-9);
  return heatMap({
    title: t`Cohorts`,
    columns: Array.from({ length: longest }, (_, i) => `+${i}`),
    rows: cohorts.map(({ month, customers }, row) => ({
      name: `${month} (${count(customers)})`,
      cells: (values[row] ?? []).map((n) => ({ text: show(n), share: n / most })),
    })),
  });
}

function rfmMap(cells: Metrics['rfm']['cells']): string {
  const scores = [1, 2, 3, 4, 5];
  const most = Math.max(...cells.map(({ customers }) => customers));
  return heatMap({
    title: 'RFM',
    columns: scores.map((frequency) => t`frequency ${frequency}`),
    rows: scores.toReversed().map((recency) => ({
      name: t`recency ${recency}`,
      cells: scores.map((frequency) => {
        const n = cells.find((one) => one.recency === recency && one.frequency === frequency)?.customers ?? 0;
        return { text: count(n), share: n / most };
      }),
    })),
  });
}
