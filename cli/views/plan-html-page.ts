import type { Plan } from '../../engine/plan/plan.ts';
import { t } from '../../spec/words/t.ts';
import { chartStyle, lineChart } from './charts.ts';
import { clockFormat, count, many } from './format.ts';
import { escapeHtml, htmlList, htmlPage, htmlSentence, htmlTable } from './html.ts';
import { signs, spoken } from './plan-change.ts';
import { movesLines, reachLines } from './plan-details.ts';
import { experimentLines } from './plan-experiments.ts';
import { flows, periodOf, type Shown } from './plan-forecast.ts';
import { campaignPart, changeText, dayChart } from './plan-html-campaign.ts';
import { insideLines, returningLines } from './plan-inside.ts';
import { isTouched, type Row, rowsOf } from './plan-markdown-table.ts';
import { messagePart, textsOf } from './plan-messages.ts';
import { moneyOf, words } from './plan-words.ts';

const HOUR = 3_600_000;

/**
 * Renders a plan below its head as one page that needs nothing else: no script, no network. A campaign is chosen by a link, which the styles
 * follow. `head`: HTML.
 */
export function pageOf(made: Plan, plan: Shown, title: string, head: string): string {
  const rows = rowsOf(plan);
  const touched = rows.filter(isTouched);
  const parts = [...new Map(touched.map((row) => [row.campaign, row])).values()];
  const idOf = (campaign: string) => {
    const at = parts.findIndex((row) => row.campaign === campaign);
    return at < 0 ? undefined : `campaign-${at + 1}`;
  };
  const others = plan.changes.filter(({ kind }) => kind !== 'campaign');
  const body = [
    `<header id="all">\n${head}\n</header>`,
    section(t`Campaigns`, campaignTable(plan, rows, idOf)),
    section(t`Messages`, `${legend(plan)}${dayChart(plan)}${hourCharts(plan)}`),
    section(t`Messages that change`, messagePart(plan, textsOf(made))),
    section(t`Customers taken up again`, htmlList(returningLines(plan))),
    section(t`Customers inside now`, insidePart(plan)),
    section(t`Audience`, audiencePart(plan)),
    section(
      t`Other changes`,
      others
        .map(
          (change) =>
            `<details${others.length > 40 ? '' : ' open'}><summary><b class="${change.action}">${signs[change.action]}</b> ${escapeHtml(spoken(change.address))}</summary>${changeText(change)}</details>`,
        )
        .join('\n'),
    ),
    ...parts.map((row) => campaignPart(plan, row, idOf(row.campaign) ?? '')),
  ];
  return htmlPage(title, body.join('\n'), style + chartStyle, 'closed');
}

function section(title: string, inner: string): string {
  return inner === '' ? '' : `<section>\n<h2>${escapeHtml(title)}</h2>\n${inner}\n</section>`;
}

/** Returns lines of small print. */
export function dimLines(lines: string[]): string {
  return lines.map((one) => `<p class="dim">${htmlSentence(one)}</p>`).join('\n');
}

function campaignTable(plan: Shown, rows: Row[], idOf: (campaign: string) => string | undefined): string {
  const right = (title: string) => ({ title, right: true });
  const period = periodOf(plan.effects);
  const byChannel = rows.some(({ channel }) => channel !== undefined);
  const columns = [
    ...[{ title: '' }, { title: t`campaign` }, ...(byChannel ? [{ title: t`channel` }] : [])],
    ...[right(t`messages in ${period}`), right(t`cost in ${period}`), right(t`enter within ${period}`)],
  ];
  const cells = ({ campaign, channel, action, sends, cost, entries }: Row) => {
    const id = idOf(campaign);
    const name = id === undefined ? escapeHtml(campaign) : `<a href="#${id}">${escapeHtml(campaign)}</a>`;
    return [
      ...[action === undefined ? '' : `<b class="${action}">${signs[action]}</b>`, name],
      ...(byChannel ? [escapeHtml(channel ?? '')] : []),
      ...[words(sends), words(cost, moneyOf(plan.project, cost)), words(entries)].map(escapeHtml),
    ];
  };
  const [news, stay] = [
    rows.filter((row) => idOf(row.campaign) !== undefined),
    rows.filter((row) => idOf(row.campaign) === undefined),
  ];
  const folded =
    stay.length > 0
      ? `<details><summary>${escapeHtml(t`${many(new Set(stay.map(({ campaign }) => campaign)).size, 'campaign')} unchanged`)}</summary>${htmlTable(columns, stay.map(cells))}</details>`
      : '';
  return htmlTable(columns, news.map(cells)) + folded;
}

function legend({ effects }: Shown): string {
  const compared = effects.forecast.details.days.some(({ before }) => before);
  return compared
    ? `<p class="legend"><i class="was"></i> ${escapeHtml(t`before`)} <i class="becomes"></i> ${escapeHtml(t`after`)}</p>\n`
    : '';
}

/** A chart of the hours of each channel, with what its rate lets leave. */
function hourCharts({ effects, project }: Shown): string {
  const { details, from } = effects.forecast;
  const clock = clockFormat(project.timezone);
  const first = Math.floor(from / HOUR) * HOUR;
  const charts = details.hours.map(({ channel, before, after }) => {
    const rate = details.peaks.find((one) => one.channel === channel)?.rate;
    const labels = after.map((_, i) => (i % 24 === 12 ? clock(first + (i - 12) * HOUR).slice(5, 10) : ''));
    const title = t`${channel} by hour`;
    const limit = rate === undefined ? {} : { limit: { at: rate, words: t`rate: ${count(rate)} in an hour` } };
    return `<div><h3>${escapeHtml(title)}</h3>\n${lineChart({ title, labels, before, after, ...limit })}</div>`;
  });
  return charts.length > 0 ? `<div class="charts">\n${charts.join('\n')}\n</div>` : '';
}

/** The customers inside each version, with those at its steps below it. */
function insidePart(plan: Shown): string {
  const lines = insideLines(plan);
  const heads = lines.flatMap((line, i) => (line.startsWith(' ') ? [] : [i]));
  return heads
    .map((start, nth) => {
      const [head = '', ...steps] = lines.slice(start, heads[nth + 1]);
      return `<p>${escapeHtml(head)}</p>\n${htmlList(steps.map((step) => step.trim()))}`;
    })
    .join('\n');
}

function audiencePart(plan: Shown): string {
  const { audiences } = plan.effects.forecast;
  const rows = [
    ...audiences.map((one) => ({
      ...one,
      what: one.address.startsWith('segment.') ? t`members at the start` : t`could enter at the start`,
    })),
    ...flows(plan.effects.forecast),
  ].map((one) => [spoken(one.address), one.what, words(one)].map(escapeHtml));
  const columns = [{ title: '' }, { title: '' }, { title: t`customers`, right: true }];
  const folded =
    rows.length > 0
      ? `<details${rows.length > 20 ? '' : ' open'}><summary>${escapeHtml(t`Sizes, entering and leaving`)}</summary>${htmlTable(columns, rows)}</details>`
      : '';
  return htmlList([...movesLines(plan), ...reachLines(plan), ...experimentLines(plan)]) + folded;
}

const style = `
h1 { font-size: 20px; line-height: 1.35; margin: 4px 0 12px; }
h3 { font-size: 14px; margin: 16px 0 4px; }
section, article.campaign { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; margin: 16px 0; padding: 4px 20px 16px; }
section h2, article.campaign h2 { margin: 12px 0 8px; overflow-wrap: anywhere; }
.diff { background: none; border: 0; overflow-x: auto; overflow-wrap: normal; padding: 0; white-space: pre; }
.back { display: none; }
article:target { outline: 2px solid var(--becomes); }
article:target .back { display: block; }
body:has(article:target) :is(article:not(:target), section) { display: none; }
.notice { border-left: 4px solid var(--warn); margin: 8px 0; padding: 4px 12px; }
.notice:is(.blocked, .guarded, .breaking) { border-color: var(--bad); }
.notice ul { margin: 4px 0; padding-left: 20px; }
.create { color: var(--good); }
.remove { color: var(--bad); }
.side > p { margin: 4px 0; max-width: 390px; overflow-wrap: anywhere; }
.charts { display: grid; gap: 0 32px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); }
.legend i { display: inline-block; height: 10px; width: 14px; }
.legend .was { background: var(--was); }
.legend .becomes { background: var(--becomes); margin-left: 12px; }
details { margin: 8px 0; }
summary { cursor: pointer; }
@media print {
  body { max-width: none; padding: 0; }
  section, article.campaign { border: 0; break-inside: avoid-page; padding: 0; }
  .back { display: none !important; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
}
`;
