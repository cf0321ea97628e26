import type { Counts, Summary, SummaryRow } from '../../engine/report/summary.ts';
import { count, moneyFormat, type ViewOptions } from './format.ts';
import { type Column, table, tableWidth } from './table.ts';
import { exitWords, refusalWords } from './words.ts';

/** A row a step and channel; each repeated name is written once. */
export function renderSteps({ rows, project }: Summary, view: ViewOptions): string[] {
  const money = moneyFormat(project);
  const groups = group(rows, (row) => [row.campaign, row.step, row.channel]);
  if (groups.length === 0) return ['No message was decided.'];
  const figures: [string, (list: SummaryRow[]) => string, boolean][] = [
    ['decided', (list) => count(sum(list, 'decided')), true],
    ['sent', (list) => count(sum(list, 'sent')), true],
    ['refused', (list) => count(sum(list, 'refused')), true],
    ['failed', (list) => count(sum(list, 'failed')), sum(rows, 'failed') > 0],
    ['unknown', (list) => count(sum(list, 'unknown')), sum(rows, 'unknown') > 0],
    ['waiting', (list) => count(sum(list, 'waiting')), sum(rows, 'waiting') > 0],
    ['cost', (list) => money(sum(list, 'cost')), true],
  ];
  const shown = figures.filter(([, , wanted]) => wanted);
  const columns: Column[] = [
    ...['campaign', 'step', 'channel'].map((title) => ({ title })),
    ...shown.map(([title]) => ({ title, right: true })),
  ];
  const lines = groups.map(({ names, list }) => [...names, ...shown.map(([, of]) => of(list))]);
  return table(columns, [...once(lines), ['all', '', '', ...shown.map(([, of]) => of(rows))]], view.width - 2);
}

/** Days as columns where they fit, else as rows with a column a channel; of a long run, months. */
export function renderDays({ rows }: Summary, view: ViewOptions): string[] {
  const sent = rows.filter((row) => row.sent > 0);
  const long = new Set(sent.map((row) => row.day)).size > mostDays;
  const period = (row: SummaryRow) => (long ? row.day.slice(0, 7) : row.day);
  const periods = [...new Set(sent.map(period))].sort();
  if (periods.length === 0) return [];
  const figure = (list: SummaryRow[], which: string) => {
    const n = sum(
      list.filter((row) => period(row) === which),
      'sent',
    );
    return n === 0 ? '·' : count(n);
  };
  const across = group(sent, (row) => [row.campaign, row.channel]);
  const columns: Column[] = [
    { title: 'campaign' },
    { title: 'channel' },
    ...periods.map((one) => ({ title: long ? one : one.slice(5), right: true })),
  ];
  const lines = once(across.map(({ names, list }) => [...names, ...periods.map((one) => figure(list, one))]));
  if (tableWidth(columns, lines) <= view.width - 2) return table(columns, lines, view.width - 2);
  const channels = group(sent, (row) => [row.channel]);
  const right = (title: string) => ({ title, right: true });
  return table(
    [{ title: long ? 'month' : 'day' }, ...channels.map(({ names }) => right(names.join())), right('all')],
    periods.map((one) => [one, ...channels.map(({ list }) => figure(list, one)), figure(sent, one)]),
    view.width - 2,
  );
}

/** Returns the results of each campaign, and of each arm of a split. */
export function renderArms({ campaigns, project }: Summary, view: ViewOptions): string[] {
  if (campaigns.length === 0) return [];
  const money = moneyFormat(project);
  const columns: Column[] = [
    { title: 'campaign' },
    { title: 'arm' },
    { title: 'entered', right: true },
    { title: 'inside', right: true },
    { title: 'reached the goal', right: true },
    { title: 'worth', right: true },
  ];
  const lines = campaigns.map(({ campaign, arm, entered, active, conversions, value }) => [
    campaign,
    arm ?? '',
    count(entered),
    count(active),
    entered > 0 ? `${count(conversions)} (${((conversions / entered) * 100).toFixed(1)}%)` : count(conversions),
    money(value),
  ]);
  return table(columns, once(lines, 1), view.width - 2);
}

/** The reasons for which customers left, by campaign; the commonest reason first. */
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
    { title: 'campaign' },
    { title: 'reason' },
    { title: 'customers', right: true },
    { title: 'which means' },
  ];
  return table(columns, once(lines), view.width - 2);
}

export function renderReasons({ rows }: Summary, view: ViewOptions): string[] {
  const lines = group(rows, (row) => [row.channel]).flatMap(({ names: [channel = ''], list }) => {
    const reasons = new Map<string, number>();
    for (const row of list)
      for (const [reason, n] of Object.entries(row.reasons)) reasons.set(reason, (reasons.get(reason) ?? 0) + n);
    return [...reasons].map(([reason, n]) => [channel, reason, count(n), refusalWords(reason, { channel })]);
  });
  if (lines.length === 0) return [];
  const columns = [
    { title: 'channel' },
    { title: 'reason' },
    { title: 'messages', right: true },
    { title: 'which means' },
  ];
  return table(columns, once(lines, 1), view.width - 2);
}

/** More of them are shown by month. */
const mostDays = 45;

type Figure = Exclude<keyof Counts, 'reasons'>;

function sum(list: SummaryRow[], figure: Figure): number {
  const total = list.reduce((all, row) => all + row[figure], 0);
  return Math.round(total * 10_000) / 10_000;
}

/** In the order in which each group first occurs. */
function group(rows: SummaryRow[], by: (row: SummaryRow) => string[]): { names: string[]; list: SummaryRow[] }[] {
  const groups = new Map<string, { names: string[]; list: SummaryRow[] }>();
  for (const row of rows) {
    const names = by(row);
    const found = groups.get(names.join('\n')) ?? { names, list: [] };
    found.list.push(row);
    groups.set(names.join('\n'), found);
  }
  return [...groups.values()];
}

/** Blanks what the line above says too, in the first `upTo` columns. */
function once(lines: string[][], upTo = 1): string[][] {
  return lines.map((line, i) => line.map((cell, c) => (c < upTo && cell === lines[i - 1]?.[c] ? '' : cell)));
}
