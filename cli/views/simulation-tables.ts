import { DateTime } from 'luxon';
import type { MessageCounts, MessageRow } from '../../engine/metrics/messages.ts';
import type { Summary } from '../../engine/report/summary.ts';
import { t } from '../../spec/words/t.ts';
import { count, many, moneyFormat, percent, type ViewOptions } from './format.ts';
import { type Column, table, tableWidth } from './table.ts';
import { exitWords, refusalWords } from './words.ts';
import { hang } from './wrap.ts';

/** Returns a row for each step and channel; a repeated name is written once. */
export function renderSteps({ rows, project }: Summary, view: ViewOptions): string[] {
  const money = moneyFormat(project);
  const groups = groupRows(rows, (row) => [row.campaign, row.step, row.channel]);
  if (groups.length === 0) return [t`No message was decided.`];
  const figures: [string, (list: MessageRow[]) => string, boolean][] = [
    [t`decided`, (list) => count(sum(list, 'decided')), true],
    [t`sent`, (list) => count(sum(list, 'sent')), true],
    [t`refused`, (list) => count(sum(list, 'refused')), true],
    [t`failed`, (list) => count(sum(list, 'failed')), sum(rows, 'failed') > 0],
    [t`in doubt`, (list) => count(sum(list, 'unknown')), sum(rows, 'unknown') > 0],
    [t`waiting`, (list) => count(sum(list, 'waiting')), sum(rows, 'waiting') > 0],
    [t`cost`, (list) => money(sum(list, 'cost')), true],
  ];
  const shown = figures.filter(([, , wanted]) => wanted);
  const columns: Column[] = [
    ...[t`campaign`, t`step`, t`channel`].map((title) => ({ title })),
    ...shown.map(([title]) => ({ title, right: true })),
  ];
  const lines = groups.map(({ names, list }) => [...names, ...shown.map(([, of]) => of(list))]);
  return table(columns, [...blankRepeats(lines), [t`all`, '', '', ...shown.map(([, of]) => of(rows))]], view.width - 2);
}

/** Returns the table of days, and the number of those that it leaves out because nothing was sent. */
export function renderDays(summary: Summary, view: ViewOptions): string[] {
  const days = new Set(summary.rows.flatMap((row) => (row.sent > 0 ? [row.day] : [])));
  const lines = dayTable(summary, view);
  const { from, to, project } = summary;
  const dayOf = (at: number) => DateTime.fromMillis(at, { zone: project.timezone }).startOf('day');
  const without = Math.round(dayOf(to - 1).diff(dayOf(from), 'days').days) + 1 - days.size;
  if (lines.length === 0 || without <= 0) return lines;
  return [...lines, ...hang('', t`Without messages: ${many(without, 'day')}.`, view.width - 2)];
}

/** Returns days as columns if they fit, else as rows with a column for each channel; a long run is shown by months. */
function dayTable({ rows }: Summary, view: ViewOptions): string[] {
  const sent = rows.filter((row) => row.sent > 0);
  const long = new Set(sent.map((row) => row.day)).size > mostDays;
  const period = (row: MessageRow) => (long ? row.day.slice(0, 7) : row.day);
  const periods = [...new Set(sent.map(period))].sort();
  if (periods.length === 0) return [];
  const figure = (list: MessageRow[], which: string) => {
    const n = sum(
      list.filter((row) => period(row) === which),
      'sent',
    );
    return n === 0 ? '·' : count(n);
  };
  const across = groupRows(sent, (row) => [row.campaign, row.channel]);
  const columns: Column[] = [
    { title: t`campaign` },
    { title: t`channel` },
    ...periods.map((one) => ({ title: long ? one : one.slice(5), right: true })),
  ];
  const lines = blankRepeats(across.map(({ names, list }) => [...names, ...periods.map((one) => figure(list, one))]));
  if (tableWidth(columns, lines) <= view.width - 2) return table(columns, lines, view.width - 2);
  const channels = groupRows(sent, (row) => [row.channel]);
  const right = (title: string) => ({ title, right: true });
  return table(
    [{ title: long ? t`month` : t`day` }, ...channels.map(({ names }) => right(names.join())), right(t`all`)],
    periods.map((one) => [one, ...channels.map(({ list }) => figure(list, one)), figure(sent, one)]),
    view.width - 2,
  );
}

/**
 * Returns the results of each campaign, and how many customers each arm of a split had. Goals are the whole campaign's alone: the data
 * files hold them whatever a customer was sent, so that they compare no arms.
 */
export function renderArms({ campaigns, project }: Summary, view: ViewOptions): string[] {
  if (campaigns.length === 0) return [];
  const money = moneyFormat(project);
  const columns: Column[] = [
    { title: t`campaign` },
    { title: t`arm` },
    { title: t`entered`, right: true },
    { title: t`inside`, right: true },
    { title: t`reached the goal`, right: true },
    { title: t`worth`, right: true },
  ];
  const lines = [...Map.groupBy(campaigns, ({ campaign }) => campaign)].flatMap(([campaign, mine]) => {
    const all = (of: (one: CampaignResult) => number) => mine.reduce((so, one) => so + of(one), 0);
    const entered = all((one) => one.entered);
    const reached = all((one) => one.conversions);
    const share = entered > 0 ? `${count(reached)} (${percent(reached / entered)})` : count(reached);
    const goal = mine.some((one) => one.goal) ? [share, money(all((one) => one.value))] : [t`no goal`, ''];
    const whole = [count(entered), count(all((one) => one.active)), ...goal];
    const split = mine.some(({ arm }) => arm !== null);
    const arms = split ? mine.map((one) => [one.arm ?? t`not drawn yet`, count(one.entered), count(one.active)]) : [];
    return [[campaign, t`everybody`, ...whole], ...arms.map((arm) => [campaign, ...arm, '', ''])];
  });
  const split = campaigns.some(({ arm }) => arm !== null);
  const note = t`Goals are those of the data files, whatever a customer was sent: they say nothing about which arm is better.`;
  return [...table(columns, blankRepeats(lines, 1), view.width - 2), ...(split ? hang('', note, view.width - 2) : [])];
}

type CampaignResult = Summary['campaigns'][number];

/** Returns the reasons for which customers left, by campaign, the most frequent first. */
export function renderExits({ campaigns }: Summary, view: ViewOptions): string[] {
  const names = [...new Set(campaigns.map((one) => one.campaign))];
  const lines = names.flatMap((name) => {
    const reasons = new Map<string, number>();
    for (const { campaign, exits } of campaigns)
      for (const [reason, n] of Object.entries(campaign === name ? exits : {}))
        reasons.set(reason, (reasons.get(reason) ?? 0) + n);
    return [...reasons].sort(([, a], [, b]) => b - a).map(([reason, n]) => [name, reason, count(n), exitWords(reason)]);
  });
  if (lines.length === 0) return [];
  const columns = [
    { title: t`campaign` },
    { title: t`reason` },
    { title: t`customers`, right: true },
    { title: t`which means` },
  ];
  return table(columns, blankRepeats(lines), view.width - 2);
}

export function renderReasons({ rows }: Summary, view: ViewOptions): string[] {
  const lines = groupRows(rows, (row) => [row.channel]).flatMap(({ names: [channel = ''], list }) => {
    const reasons = new Map<string, number>();
    for (const row of list)
      for (const [reason, n] of Object.entries(row.reasons)) reasons.set(reason, (reasons.get(reason) ?? 0) + n);
    return [...reasons].map(([reason, n]) => [channel, reason, count(n), refusalWords(reason, { channel })]);
  });
  if (lines.length === 0) return [];
  const columns = [
    { title: t`channel` },
    { title: t`reason` },
    { title: t`messages`, right: true },
    { title: t`which means` },
  ];
  return table(columns, blankRepeats(lines, 1), view.width - 2);
}

/** The maximum number of days shown; a longer run is shown by months. */
const mostDays = 45;

type Figure = Exclude<keyof MessageCounts, 'reasons'>;

function sum(list: MessageRow[], figure: Figure): number {
  const total = list.reduce((all, row) => all + row[figure], 0);
  return Math.round(total * 10_000) / 10_000;
}

/** Groups rows, in the order in which each group first occurs. */
function groupRows(rows: MessageRow[], by: (row: MessageRow) => string[]): { names: string[]; list: MessageRow[] }[] {
  const groups = new Map<string, { names: string[]; list: MessageRow[] }>();
  for (const row of rows) {
    const names = by(row);
    const found = groups.get(names.join('\n')) ?? { names, list: [] };
    found.list.push(row);
    groups.set(names.join('\n'), found);
  }
  return [...groups.values()];
}

/** Blanks the cells in the first `upTo` columns that repeat the line above. */
function blankRepeats(lines: string[][], upTo = 1): string[][] {
  return lines.map((line, i) => line.map((cell, c) => (c < upTo && cell === lines[i - 1]?.[c] ? '' : cell)));
}
