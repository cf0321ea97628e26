import type { Change } from '../../engine/plan/change.ts';
import type { Delta } from '../../engine/plan/effects.ts';
import { t } from '../../spec/words/t.ts';
import { barChart } from './charts.ts';
import { clockFormat } from './format.ts';
import { escapeHtml, htmlTable } from './html.ts';
import { renderChange, signs } from './plan-change.ts';
import { periodOf, type Shown } from './plan-forecast.ts';
import type { Row } from './plan-markdown-table.ts';
import { moneyOf, words } from './plan-words.ts';
import { exitWords, refusalWords } from './words.ts';

const DAY = 86_400_000;

/** Everything that a plan tells about one campaign, as a part of the page. `id`: of the part. */
export function campaignPart(plan: Shown, { campaign, action }: Row, id: string): string {
  const { changes, effects } = plan;
  const change = changes.find(({ address }) => address === `campaign.${campaign}`);
  const { details } = effects.forecast;
  const period = periodOf(effects);
  const mine = <T extends { campaign: string }>(list: T[]) => list.filter((one) => one.campaign === campaign);
  const row = (name: string, delta: Delta) => [escapeHtml(name), escapeHtml(words(delta))];
  const ways = [
    ...mine(effects.forecast.entries).map((one) => row(t`enter within ${period}`, one)),
    ...mine(details.leaving).map((one) => row(t`leave within ${period}`, one)),
    ...mine(details.exits).map((one) => row(`– ${exitWords(one.reason)}`, one)),
  ];
  const refused = mine(details.refusals).map((one) => [
    escapeHtml(one.channel),
    escapeHtml(refusalWords(one.reason)),
    escapeHtml(words(one)),
  ]);
  const steps = mine(details.steps).map(({ step, channel, day, week, weekCost }) =>
    [step, channel, words(day), words(week), words(weekCost, moneyOf(plan.project, weekCost))].map(escapeHtml),
  );
  const right = (title: string) => ({ title, right: true });
  const parts = [
    change ? changeText(change) : '',
    dayChart(plan, campaign),
    htmlTable(
      [{ title: t`step` }, { title: t`channel` }, right(t`24 hours`), right(period), right(t`cost in ${period}`)],
      steps,
    ),
    htmlTable([{ title: '' }, right(t`customers`)], ways),
    htmlTable([{ title: t`channel` }, { title: t`not sent, because` }, right(t`messages`)], refused),
  ];
  const sign = action === undefined ? '' : `<b class="${action}">${signs[action]}</b> `;
  const title = change?.title === undefined ? '' : ` <span class="dim">${escapeHtml(change.title)}</span>`;
  return `<article class="campaign" id="${id}">
<h2>${sign}${escapeHtml(campaign)}${title}</h2>
<p class="back"><a href="#all">${escapeHtml(t`Only this campaign is shown. Show all`)}</a></p>
${parts.filter((part) => part !== '').join('\n')}
</article>
`;
}

/** Returns the change as the terminal shows it. */
export function changeText(change: Change): string {
  return `<pre class="diff">${escapeHtml(renderChange(change, { color: false, width: 100 }).join('\n'))}</pre>`;
}

/** Returns the messages in each of the days, of a campaign or of all. */
export function dayChart({ effects, project }: Shown, campaign?: string): string {
  const { details, from } = effects.forecast;
  const mine = details.days.filter((one) => campaign === undefined || one.campaign === campaign);
  if (mine.length === 0) return '';
  const clock = clockFormat(project.timezone);
  const sum = (side: 'before' | 'after') =>
    Array.from({ length: mine[0]?.after.length ?? 0 }, (_, i) => mine.reduce((n, one) => n + (one[side]?.[i] ?? 0), 0));
  const title = campaign === undefined ? t`Messages by day` : t`Messages of ${campaign} by day`;
  const labels = sum('after').map((_, i) => clock(from + i * DAY).slice(5, 10));
  return barChart({
    title,
    labels,
    before: mine.some(({ before }) => before) ? sum('before') : null,
    after: sum('after'),
  });
}
