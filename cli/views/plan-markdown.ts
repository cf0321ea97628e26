import type { Change } from '../../engine/plan/change.ts';
import type { Delta } from '../../engine/plan/effects.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { t, translated } from '../../spec/words/t.ts';
import { isPart, sampleLines } from './estimates.ts';
import { all, change, clockFormat, count, many, moneyFormat, percent, printable } from './format.ts';
import { lossLines } from './losses.ts';
import { code, fence, html, line } from './markdown.ts';
import { behindWords, isPast, type Planned, planCounts, planTitle, startOf } from './plan.ts';
import { printableChange, renderChange, signs, spoken } from './plan-change.ts';
import { type Shown, stays as staysSame, sum } from './plan-forecast.ts';

/** The longest comment that GitHub and GitLab both take, in characters, with room for what others add. */
export const COMMENT = 60_000;

/** The number of warnings that are shown, the worst first: the head is never cut, and must leave room. */
const NOTICES = 20;

/** A line of the table: what a plan does to one campaign. */
interface Row {
  campaign: string;
  action: Change['action'] | undefined;
  sends: Delta;
  cost: Delta;
  entries: Delta;
}

/**
 * A plan for a pull request, in Markdown of at most `budget` characters. The head says the effect in one sentence, then what is blocked
 * or cannot be undone; the tail names the commands that execute it. The middle is shortened by steps: first the campaigns that stay as they are
 * go, then changes from the last one on, then rows from the end of the table, and the text counts them. Head and tail are never cut.
 */
export function renderMarkdown(made: Plan, planned: Planned, budget = COMMENT): string {
  const { model, origins } = planned;
  const { document: _, ...rest } = made;
  const plan: Shown = {
    ...printable(rest),
    changes: rest.changes.map(printableChange),
    project: printable(model.project),
  };
  const rows = rowsOf(plan);
  const touched = rows.filter(isTouched);
  const folds = plan.changes.map((one) => fold(one, renderChange(one, origins, { color: false, width: 100 })));
  const [head, tail] = [headOf(plan, planned), tailOf(plan, planned)];
  const page = (parts: string[]) => `${[head, ...parts, tail].filter((part) => part !== '').join('\n\n')}\n`;
  const stay = rows.filter((row) => !isTouched(row));
  const unchanged = stay.length > 0 ? t`${many(stay.length, 'campaign')} unchanged` : '';
  const stays = unchanged && `${unchanged}.`;
  const shown = code(planCommand(plan, planned));
  const withFolds = (most: number) =>
    page([
      table(touched, plan),
      stays,
      changesOf(folds.slice(0, most)),
      most < folds.length ? t`${many(folds.length - most, 'change')} left out here: ${shown} shows them.` : '',
    ]);
  const withRows = (most: number) =>
    page([
      table(touched.slice(0, most), plan),
      most > 0
        ? t`${many(touched.length - most, 'campaign')} more, which change less: ${shown} shows them.`
        : t`${many(touched.length, 'campaign')} with changes: ${shown} shows them.`,
      stays,
    ]);
  const whole = page([
    table(touched, plan),
    stay.length > 0 ? folded(unchanged, table(stay, plan)) : '',
    changesOf(folds),
  ]);
  if (whole.length <= budget) return whole;
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
function planCommand({ against }: Shown, { environment }: Planned): string {
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

/** `Next 7 days: email 41,200 → 39,800; cost 31,400 ₽ → 8,900 ₽ (-72%); 12,480 customers inside; 1 blocked.` */
export function effectSentence({ effects, notices, project, changes, createdAt }: Shown): string {
  const { sends } = effects.forecast;
  const money = moneyFormat(project);
  const channels = [...new Set(sends.map(({ channel }) => channel))].sort();
  const week = channels.map(
    (channel) =>
      `${channel} ${change(
        sum(
          sends.filter((one) => one.channel === channel),
          ({ week }) => week,
        ),
      )}`,
  );
  const cost = sum(sends, ({ weekCost }) => weekCost);
  const inside = effects.inFlight.reduce((n, { active }) => n + active, 0);
  const moved = effects.inFlight.filter(({ campaign, version }) =>
    changes.some((one) => one.address === `campaign.${campaign}` && one.after !== version),
  );
  const of = (level: string) => notices.filter((notice) => notice.level === level).length;
  const parts = [
    week.length > 0 ? all(week) : t`no messages`,
    t`cost ${change(cost, money)}${share(cost)}`,
    ...(inside > 0 ? [t`${many(inside, 'customer')} inside`] : []),
    ...(moved.length > 0
      ? [t`${count(moved.reduce((n, { active }) => n + active, 0))} of them in campaigns that change`]
      : []),
    ...(of('blocked') > 0 ? [t`${count(of('blocked'))} blocked`] : []),
    ...(of('destructive') > 0 ? [t`${count(of('destructive'))} cannot be undone`] : []),
  ];
  return isPast({ effects, createdAt })
    ? t`In 7 days of the data: ${parts.join('; ')}.`
    : t`Next 7 days: ${parts.join('; ')}.`;
}

function headOf(plan: Shown, planned: Planned): string {
  const { model, environment } = planned;
  const { effects, notices, project } = plan;
  const { forecast } = effects;
  const clock = clockFormat(project.timezone);
  const period =
    forecast.basis === 'store'
      ? t`Forecast from ${clock(forecast.from)} to ${clock(forecast.to)}, on from the present state.`
      : t`Forecast from ${clock(forecast.from)} to ${clock(forecast.to)}, from the data files alone.`;
  const titles = { blocked: t`Blocked`, destructive: t`Cannot be undone`, reversible: t`Can be undone for a time` };
  const all = (['blocked', 'destructive', 'reversible'] as const).flatMap((level) =>
    notices
      .filter((notice) => notice.level === level)
      .map(({ message, help }) => `> **${titles[level]}:** ${line(translated(message))} ${line(translated(help))}`),
  );
  const more = all.length - NOTICES;
  const warnings = [
    ...all.slice(0, NOTICES),
    ...(more > 0 ? [`> ${t`${many(more, 'warning')} more: ${code(planCommand(plan, planned))} shows them.`}`] : []),
  ];
  return [
    `**${line(effectSentence(plan))}**`,
    line(`${planTitle(model.project.name, environment)} (${startOf(plan)}). ${planCounts(plan.changes)}.`),
    ...behindWords(plan).map(line),
    line(isPast(plan) ? `${period} ${t`These are not the coming days.`}` : period),
    ...(forecast.sample && isPart(forecast.sample) ? [sampleLines(forecast.sample, 10_000).map(line).join(' ')] : []),
    ...(forecast.losses.length > 0
      ? [
          lossLines(forecast.losses)
            .map((one) => `- ${line(one)}`)
            .join('\n'),
        ]
      : []),
    ...(warnings.length > 0 ? [warnings.join('\n>\n')] : []),
  ].join('\n\n');
}

/** The last line: the commands that execute the plan. */
function tailOf({ changes, notices, against }: Shown, { environment }: Planned): string {
  if (changes.length === 0) return t`Nothing to change.`;
  if (notices.some(({ level }) => level === 'blocked')) return t`An apply refuses what is blocked.`;
  const call = (words: string[]) => code(['crm', ...words, ...envWords(environment)].map(word).join(' '));
  return against
    ? t`Once merged: ${call(['plan', '--out', 'plan.json'])}, then ${call(['apply', 'plan.json'])}.`
    : t`To apply it: ${call(['apply'])}.`;
}

/** Returns a row for each campaign: removed ones first, then by the difference of costs, of messages, and of entries. */
function rowsOf({ effects, changes }: Shown): Row[] {
  const { sends, entries } = effects.forecast;
  const actions = new Map(
    changes.flatMap(({ kind, name, action }) => (kind === 'campaign' ? [[name, action] as const] : [])),
  );
  const names = [
    ...new Set([
      ...actions.keys(),
      ...sends.map(({ campaign }) => campaign),
      ...entries.map(({ campaign }) => campaign),
    ]),
  ];
  const rows = names.map((campaign): Row => {
    const mine = sends.filter((one) => one.campaign === campaign);
    const found = entries.find((one) => one.campaign === campaign);
    return {
      campaign,
      action: actions.get(campaign),
      sends: sum(mine, ({ week }) => week),
      cost: sum(mine, ({ weekCost }) => weekCost),
      entries: { before: found?.before ?? null, after: found?.after ?? null },
    };
  });
  const rank = ({ action }: Row) => (action === 'remove' ? 0 : action === undefined ? 2 : 1);
  const by = ({ before, after }: Delta) => Math.abs((after ?? 0) - (before ?? 0));
  return rows.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      by(b.cost) - by(a.cost) ||
      by(b.sends) - by(a.sends) ||
      by(b.entries) - by(a.entries) ||
      (a.campaign < b.campaign ? -1 : 1),
  );
}

function isTouched({ action, sends, cost, entries }: Row): boolean {
  return (
    action !== undefined ||
    ![sends, cost, entries].every((one) => staysSame(one) || (one.before === null && one.after === null))
  );
}

function table(rows: Row[], { project }: Shown): string {
  if (rows.length === 0) return '';
  const money = moneyFormat(project);
  const cells = rows.map(({ campaign, action, sends, cost, entries }) => [
    action === undefined ? '' : signs[action],
    code(campaign),
    change(sends),
    change(cost, money),
    change(entries),
  ]);
  const titles = ['', t`campaign`, t`messages in 7 days`, t`cost in 7 days`, t`enter within 7 days`];
  const row = (parts: string[]) => `| ${parts.join(' | ')} |`;
  return [row(titles), '| --- | --- | ---: | ---: | ---: |', ...cells.map(row)].join('\n');
}

function changesOf(folds: string[]): string {
  return folds.length === 0 ? '' : [`### ${t`Changes`}`, ...folds].join('\n\n');
}

function fold(change: Change, lines: string[]): string {
  const named = ['project', 'policies', 'variables'].includes(change.kind) ? change.kind : change.address;
  return folded(`${signs[change.action]} ${spoken(named)}`, fence(lines));
}

function folded(title: string, inner: string): string {
  return `<details><summary>${html(title)}</summary>\n\n${inner}\n\n</details>`;
}

/** ` (-72%)`; empty where nothing can be compared. */
function share({ before, after }: Delta): string {
  if (!before || after === null || before === after) return '';
  const by = (after - before) / before;
  return ` (${by > 0 ? '+' : ''}${percent(by, 0)})`;
}
