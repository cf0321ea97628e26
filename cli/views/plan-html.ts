import type { Plan } from '../../engine/plan/plan.ts';
import type { Model } from '../../spec/model/model.ts';
import { t, translated } from '../../spec/words/t.ts';
import { planDrift } from './by-hand.ts';
import { chartStyle, lineChart } from './charts.ts';
import { isPart, sampleLines } from './estimates.ts';
import { clockFormat, count, many } from './format.ts';
import { escapeHtml, htmlPage, htmlTable } from './html.ts';
import { forecastLosses } from './losses.ts';
import {
  approvalLines,
  behindWords,
  forecastTitle,
  isPast,
  noticeLevels,
  partLines,
  planCounts,
  planTitle,
  startOf,
} from './plan.ts';
import { signs, spoken } from './plan-change.ts';
import { movesLines, reachLines } from './plan-details.ts';
import { flows, type Shown, shownOf } from './plan-forecast.ts';
import { campaignPart, changeText, dayChart } from './plan-html-campaign.ts';
import { effectSentence } from './plan-markdown.ts';
import { isTouched, type Row, rowsOf } from './plan-markdown-table.ts';
import { messagePart, textsOf } from './plan-messages.ts';
import { waitingLines } from './plan-waiting.ts';
import { moneyOf, words } from './plan-words.ts';
import { wayPastNotice } from './way-past.ts';

const HOUR = 3_600_000;

/** Renders the whole plan as one page that needs nothing else: no script, no network. A campaign is chosen by a link, which the styles follow. */
export function planPage(made: Plan, model: Model): string {
  const plan = shownOf(made, model.project);
  const rows = rowsOf(plan);
  const touched = rows.filter(isTouched);
  const parts = [...new Map(touched.map((row) => [row.campaign, row])).values()];
  const idOf = (campaign: string) => {
    const at = parts.findIndex((row) => row.campaign === campaign);
    return at < 0 ? undefined : `campaign-${at + 1}`;
  };
  const others = plan.changes.filter(({ kind }) => kind !== 'campaign');
  const body = [
    headPart(plan, made, model),
    section(t`Campaigns`, campaignTable(plan, rows, idOf)),
    section(t`Messages`, `${legend(plan)}${dayChart(plan)}${hourCharts(plan)}`),
    section(t`Messages that change`, messagePart(plan, textsOf(made))),
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
  return htmlPage(planTitle(plan), body.join('\n'), style + chartStyle, 'closed');
}

function section(title: string, inner: string): string {
  return inner === '' ? '' : `<section>\n<h2>${escapeHtml(title)}</h2>\n${inner}\n</section>`;
}

const approvalPart = (text: string) =>
  `<p class="notice guarded"><b>${escapeHtml(t`Needs approval`)}:</b> ${escapeHtml(text)}</p>`;

function headPart(plan: Shown, made: Plan, model: Model): string {
  const { forecast, drift } = plan.effects;
  const clock = clockFormat(plan.project.timezone);
  const changed = planDrift(drift, clock).map(
    ({ edited, title, lines }) =>
      `<div class="notice${edited ? ' guarded' : ''}"><b>${escapeHtml(title)}</b>${list(lines)}</div>`,
  );
  const warnings = noticeLevels().flatMap(([level, title]) =>
    plan.notices
      .filter((notice) => notice.level === level)
      .map(
        (notice) =>
          `<p class="notice ${level}"><b>${escapeHtml(title)}:</b> ${escapeHtml(translated(notice.message))} ${escapeHtml(translated(notice.help))}${wayPastNotice(
            notice,
            plan,
          )
            .map((way) => ` <code>${escapeHtml(way)}</code>`)
            .join('')}</p>`,
      ),
  );
  const lines = [
    `${planCounts(plan)}.`,
    ...partLines(plan),
    ...behindWords(plan),
    `${forecastTitle(plan)}.`,
    ...(isPast(plan) ? [t`These are not the coming days.`] : []),
    ...(isPart(forecast.sample) ? sampleLines(forecast.sample, 10_000) : []),
    ...forecastLosses(forecast),
    ...waitingLines(made, model),
  ];
  const origin = t`Made ${clock(plan.createdAt)}; plan ${plan.planHash}.`;
  return `<header id="all">
<p class="dim">${escapeHtml(`${planTitle(plan)} (${startOf(plan)})`)}</p>
<h1>${escapeHtml(effectSentence(plan))}</h1>
${[...approvalLines(plan).map(approvalPart), ...changed, ...warnings].join('\n')}
${lines.map((one) => `<p class="dim">${escapeHtml(one)}</p>`).join('\n')}
<p class="dim">${escapeHtml(origin)}</p>
</header>`;
}

function campaignTable(plan: Shown, rows: Row[], idOf: (campaign: string) => string | undefined): string {
  const right = (title: string) => ({ title, right: true });
  const byChannel = rows.some(({ channel }) => channel !== undefined);
  const columns = [
    ...[{ title: '' }, { title: t`campaign` }, ...(byChannel ? [{ title: t`channel` }] : [])],
    ...[right(t`messages in 7 days`), right(t`cost in 7 days`), right(t`enter within 7 days`)],
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

function list(lines: string[]): string {
  return lines.length > 0 ? `<ul>${lines.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul>\n` : '';
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
  return list([...movesLines(plan), ...reachLines(plan)]) + folded;
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
