import type { Ran } from '../../engine/metrics/ran.ts';
import type { CampaignResults, Results } from '../../engine/metrics/results.ts';
import { t } from '../../spec/words/t.ts';
import { barChart, chartStyle, intervalChart, thinned } from './charts.ts';
import type { Part } from './grid.ts';
import { escapeHtml, htmlPage, htmlTable } from './html.ts';
import { detail, headWords, notes, nothingWords, overview } from './results-parts.ts';
import { isUntold, titleOf } from './results-tables.ts';

const DAY = 86_400_000;

/** Renders results as one page that needs nothing else: no script, no network. Of all campaigns, it has each in full, too. */
export function resultsPage(results: Results, ran: Ran[], one: string | undefined): string {
  const { title, until } = headWords(results, one);
  const { campaigns } = results;
  const said = campaigns.length > 0 ? notes(results, one !== undefined) : nothingWords(results, ran);
  const body = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="dim">${escapeHtml(until)}</p>`,
    ...said.map((note) => `<p class="dim">${escapeHtml(note)}</p>`),
    ...(one === undefined && campaigns.length > 0 ? overview(results).map(partHtml) : []),
    ...campaigns.map((each) => campaignHtml(each, results, one !== undefined)),
  ];
  return htmlPage(title, `${body.join('\n')}\n`, `${style}${chartStyle}`, 'closed');
}

const style = `
details > summary { cursor: pointer; font-size: 17px; margin: 24px 0 8px; }
h3 { font-size: 15px; margin: 20px 0 4px; }
`;

function campaignHtml(one: CampaignResults, results: Results, alone: boolean): string {
  const inner = [charts(one), ...detail(one, results).map(partHtml)].join('\n');
  return alone ? inner : `<details open><summary>${escapeHtml(one.campaign)}</summary>\n${inner}\n</details>`;
}

export function partHtml({ title, content }: Part): string {
  const inner = content.map((each) =>
    typeof each === 'string'
      ? `<p>${escapeHtml(each)}</p>`
      : htmlTable(
          each.columns,
          each.rows.map((row) => row.map(escapeHtml)),
        ),
  );
  return `<section>\n<h3>${escapeHtml(title)}</h3>\n${inner.join('\n')}\n</section>`;
}

/** Returns pictures of the days, of the way of messages, and of the share that reached the goal, by day and by arm. */
function charts({ days, arms, total }: CampaignResults): string {
  const all = everyDay(days);
  const labels = thinned(all.map(({ day }) => day.slice(5)));
  const bars = (title: string, names: string[], after: number[]) =>
    after.some((n) => n > 0) ? figure(title, barChart({ title, labels: names, before: null, after })) : '';
  const shares = (
    title: string,
    list: { label: string; rate: CampaignResults['total']['enrolments']['rates']['converted'] }[],
  ) => {
    const known = list.flatMap(({ label, rate }) => (rate ? [{ label, share: rate }] : []));
    return known.length > 0 ? figure(title, intervalChart(title, known)) : '';
  };
  const way = (['decided', 'sent', 'delivered', 'opened', 'clicked'] as const).filter(
    (name) => !isUntold(total.messages, name),
  );
  return [
    bars(
      t`Customers who entered, by day`,
      labels,
      all.map(({ found }) => found?.enrolments.entered ?? 0),
    ),
    shares(
      t`Share that reached the goal, by day of entry`,
      days.map(({ day, enrolments }) => ({ label: day.slice(5), rate: enrolments.rates.converted })),
    ),
    shares(
      t`Share that reached the goal, by arm`,
      arms.flatMap(({ arm, enrolments }) => (arm === null ? [] : [{ label: arm, rate: enrolments.rates.converted }])),
    ),
    bars(
      t`Messages sent, by day`,
      labels,
      all.map(({ found }) => found?.messages.sent ?? 0),
    ),
    bars(
      t`The way of the messages`,
      way.map(titleOf),
      way.map((name) => total.messages[name]),
    ),
  ]
    .filter((chart) => chart !== '')
    .join('\n');
}

export function figure(title: string, chart: string): string {
  return `<figure><figcaption>${escapeHtml(title)}</figcaption>${chart}</figure>`;
}

/** Returns all days from the first to the last, also those on which nothing happened. */
function everyDay(
  days: CampaignResults['days'],
): { day: string; found: CampaignResults['days'][number] | undefined }[] {
  const at = (day: string | undefined) => Date.parse(`${day}T00:00:00Z`);
  const first = at(days[0]?.day);
  const count = days.length === 0 ? 0 : Math.round((at(days.at(-1)?.day) - first) / DAY) + 1;
  return Array.from({ length: count }, (_, i) => {
    const day = new Date(first + i * DAY).toISOString().slice(0, 10);
    return { day, found: days.find((one) => one.day === day) };
  });
}
