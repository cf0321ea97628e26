import type { Change } from '../../engine/plan/change.ts';
import type { Delta } from '../../engine/plan/effects.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { t, translated } from '../../spec/words/t.ts';
import { planDrift } from './by-hand.ts';
import { isPart, sampleLines } from './estimates.ts';
import { all, clockFormat, count, many, minus, percent } from './format.ts';
import { forecastLosses } from './losses.ts';
import { code, fence, html, line } from './markdown.ts';
import {
  approvalLines,
  behindWords,
  isPast,
  noticeLevels,
  type Planned,
  partLines,
  planCounts,
  planTitle,
  startOf,
} from './plan.ts';
import { className, renderChange, signs, spoken } from './plan-change.ts';
import { movesLines, reachLines, renderSteps } from './plan-details.ts';
import { renderEstimatedAudience } from './plan-estimates.ts';
import { renderAudience, type Shown, shownOf, sum } from './plan-forecast.ts';
import { insideLines, movingCustomers } from './plan-inside.ts';
import { campaignsOf, isTouched, rowsOf, table } from './plan-markdown-table.ts';
import { messageMarkdown, textsOf } from './plan-messages.ts';
import { moneyOf, words } from './plan-words.ts';
import { isBlocked, wayPastNotice } from './way-past.ts';

/** The longest comment that GitHub and GitLab both take, in characters, with room for what others add. */
export const COMMENT = 60_000;

/** The number of warnings that are shown, the worst first: the head is never cut, and must leave room. */
const NOTICES = 20;

/**
 * A plan for a pull request, in Markdown of at most `budget` characters. The head says the effect in one sentence, then what is blocked
 * or cannot be undone; the tail names the commands that execute it. The middle is shortened by steps: first the messages go, then the campaigns that stay as they are, then changes from the last one on, then rows from the end of the table, and the text counts them. Head and tail are never cut.
 */
export function renderMarkdown(made: Plan, planned: Planned, budget = COMMENT): string {
  const { model } = planned;
  const plan = shownOf(made, model.project);
  const rows = rowsOf(plan);
  const touched = rows.filter(isTouched);
  const folds = plan.changes.map((one) => fold(one, renderChange(one, { color: false, width: 100 })));
  const [head, tail] = [headOf(plan), tailOf(plan)];
  const page = (parts: string[]) => `${[head, ...parts, tail].filter((part) => part !== '').join('\n\n')}\n`;
  const changing = new Set(touched.map(({ campaign }) => campaign));
  const stay = rows.filter(({ campaign }) => !changing.has(campaign));
  const unchanged = stay.length > 0 ? t`${many(campaignsOf(stay), 'campaign')} unchanged` : '';
  const stays = unchanged && `${unchanged}.`;
  const shown = code(planCommand(plan));
  const reach = reachLines(plan)
    .map((one) => `- ${line(one)}`)
    .join('\n');
  const withFolds = (most: number) =>
    page([
      table(touched, plan),
      reach,
      stays,
      changesOf(folds.slice(0, most)),
      most < folds.length ? t`${many(folds.length - most, 'change')} left out here: ${shown} shows them.` : '',
    ]);
  const withRows = (most: number) =>
    page([
      table(touched.slice(0, most), plan),
      most > 0
        ? t`${many(campaignsOf(touched.slice(most)), 'campaign')} more, which change less: ${shown} shows them.`
        : t`${many(campaignsOf(touched), 'campaign')} with changes: ${shown} shows them.`,
      stays,
    ]);
  const view = { color: false, width: 100 };
  const audience = [
    ...(isPart(plan.effects.forecast.sample) ? renderEstimatedAudience(plan, view) : renderAudience(plan, view)),
    ...movesLines(plan),
  ];
  const steps = renderSteps(plan, view);
  const samples = messageMarkdown(plan, textsOf(made));
  const inside = insideLines(plan);
  const wholeWith = (messages: string) =>
    page([
      table(touched, plan),
      reach,
      messages === '' ? '' : folded(t`Messages that change`, messages),
      stay.length > 0 ? folded(unchanged, table(stay, plan)) : '',
      steps.length > 0 ? folded(t`Messages by step, where they change`, fence(steps)) : '',
      inside.length > 0 ? folded(t`Customers inside now`, fence(inside)) : '',
      audience.length > 0 ? folded(t`Audience`, fence(audience)) : '',
      changesOf(folds),
    ]);
  for (const whole of [wholeWith(samples), wholeWith('')]) if (whole.length <= budget) return whole;
  const least = withFolds(0);
  if (least.length <= budget) return withFolds(most(folds.length, (n) => withFolds(n).length <= budget));
  return withRows(most(touched.length - 1, (n) => withRows(n).length <= budget));
}

/** Returns the greatest number up to `limit` that fits, by bisection; 0 where none does. A greater number never takes less room. */
function most(limit: number, fits: (n: number) => boolean): number {
  let [low, high] = [0, Math.max(0, limit)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The call that makes this plan again. */
function planCommand({ against, environment }: Shown): string {
  const words = [...(against ? ['--base', against.name] : []), ...envWords(environment)];
  return ['crm plan', ...words.map(word)].join(' ');
}

function envWords(environment: string | undefined): string[] {
  return environment === undefined ? [] : ['--env', environment];
}

/** Returns a word as a shell reads it. */
function word(text: string): string {
  return /^[\w./@~^:=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** `Next 7 days: email 41,200 → 39,800; cost 31,400 ₽ → 8,900 ₽ (−72%); 12,480 customers inside; 1 blocked.` */
export function effectSentence({ effects, notices, project, changes, createdAt }: Shown): string {
  const { sends, sample } = effects.forecast;
  const channels = [...new Set(sends.map(({ channel }) => channel))].sort();
  const totalOf = (channel: string | null, field: 'week' | 'weekCost'): Delta => {
    const estimated = isPart(sample) && sample.totals.find((one) => one.channel === channel)?.[field];
    return (
      estimated ||
      sum(
        sends.filter((one) => channel === null || one.channel === channel),
        (one) => one[field],
      )
    );
  };
  const week = channels.map((channel) => `${channel} ${words(totalOf(channel, 'week'))}`);
  const cost = totalOf(null, 'weekCost');
  const moving = movingCustomers({ effects });
  const inside = effects.inFlight.reduce((n, { active }) => n + active, 0);
  const moved = effects.inFlight.filter(({ campaign, version }) =>
    changes.some((one) => one.address === `campaign.${campaign}` && one.after !== version),
  );
  const of = (level: string) => notices.filter((notice) => notice.level === level).length;
  const breaking = changes.filter((change) => change.class === 'breaking').length;
  const parts = [
    ...(week.length > 0 ? [all(week), t`cost ${words(cost, moneyOf(project, cost))}${share(cost)}`] : [t`no messages`]),
    ...(inside > 0 ? [t`${many(inside, 'customer')} inside`] : []),
    ...(moving > 0 ? [t`${count(moving)} of them move`] : []),
    ...(moved.length > 0
      ? [t`${count(moved.reduce((n, { active }) => n + active, 0))} of them in campaigns that change`]
      : []),
    ...(of('blocked') > 0 ? [t`${count(of('blocked'))} blocked`] : []),
    ...(breaking > 0 ? [t`${count(breaking)} breaking`] : []),
    ...(of('destructive') > 0 ? [t`${count(of('destructive'))} cannot be undone`] : []),
  ];
  return isPast({ effects, createdAt })
    ? t`In 7 days of the data: ${parts.join('; ')}.`
    : t`Next 7 days: ${parts.join('; ')}.`;
}

function headOf(plan: Shown): string {
  const { effects, notices, project } = plan;
  const { forecast } = effects;
  const clock = clockFormat(project.timezone);
  const period =
    forecast.basis === 'store'
      ? t`Forecast from ${clock(forecast.from)} to ${clock(forecast.to)} (${project.timezone}), on from the present state.`
      : t`Forecast from ${clock(forecast.from)} to ${clock(forecast.to)} (${project.timezone}), from the data files alone.`;
  const losses = forecastLosses(forecast);
  const all = noticeLevels().flatMap(([level, title]) =>
    notices
      .filter((notice) => notice.level === level)
      .map((notice) =>
        [
          `> **${title}:** ${line(translated(notice.message))} ${line(translated(notice.help))}`,
          ...wayPastNotice(notice, plan).map(code),
        ].join(' '),
      ),
  );
  const more = all.length - NOTICES;
  const warnings = [
    ...all.slice(0, NOTICES),
    ...(more > 0 ? [`> ${t`${many(more, 'warning')} more: ${code(planCommand(plan))} shows them.`}`] : []),
  ];
  return [
    `**${line(effectSentence(plan))}**`,
    line(`${planTitle(plan)} (${startOf(plan)}). ${planCounts(plan)}.`),
    ...[...partLines(plan), ...behindWords(plan)].map(line),
    line(isPast(plan) ? `${period} ${t`These are not the coming days.`}` : period),
    ...(forecast.sample && isPart(forecast.sample) ? [sampleLines(forecast.sample, 10_000).map(line).join(' ')] : []),
    ...(losses.length > 0 ? [losses.map((one) => `- ${line(one)}`).join('\n')] : []),
    ...approvalLines(plan).map((one) => `> **${t`Needs approval`}:** ${line(one)}`),
    ...planDrift(effects.drift, clock).map(({ title, lines }) =>
      [`> **${title}**`, '>', ...lines.map((one) => `> - ${line(one)}`)].join('\n'),
    ),
    ...(warnings.length > 0 ? [warnings.join('\n>\n')] : []),
  ].join('\n\n');
}

/** The last line: the commands that execute the plan. */
function tailOf(plan: Shown): string {
  const { changes, approvals, against, environment } = plan;
  if (changes.length === 0) return t`Nothing to change.`;
  if (isBlocked(plan)) return t`An apply refuses what is blocked.`;
  const flags = plan.allow.flatMap((one) => ['--allow', one]);
  const call = (words: string[]) => code(['crm', ...words, ...envWords(environment)].map(word).join(' '));
  if (approvals)
    return t`To apply it: ${call(['plan', '--out', 'plan.json'])}, then ${call(['approve', 'plan.json'])} by an approver, then ${call(['apply', 'plan.json', ...flags])}.`;
  return against
    ? t`Once merged: ${call(['plan', '--out', 'plan.json'])}, then ${call(['apply', 'plan.json', ...flags])}.`
    : t`To apply it: ${call(['apply', ...flags])}.`;
}

function changesOf(folds: string[]): string {
  return folds.length === 0 ? '' : [`### ${t`Changes`}`, ...folds].join('\n\n');
}

function fold(change: Change, lines: string[]): string {
  const named = ['project', 'policies', 'variables'].includes(change.kind) ? change.kind : change.address;
  return folded(
    `${signs[change.action]} ${spoken(named)}${change.class === 'additive' ? '' : ` · ${className(change.class)}`}`,
    fence(lines),
  );
}

function folded(title: string, inner: string): string {
  return `<details><summary>${html(title)}</summary>\n\n${inner}\n\n</details>`;
}

/** ` (−72%)`; empty where nothing can be compared. */
function share({ before, after, sampled }: Delta): string {
  if (sampled || !before || after === null || before === after) return '';
  const by = (after - before) / before;
  if (Math.abs(by) < 0.0005) return '';
  return ` (${by > 0 ? '+' : ''}${minus(percent(by, Math.abs(by) < 0.01 ? 1 : 0))})`;
}
