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

/** Days as columns where they fit, else as rows; then channels as columns. */
export function renderDays({ rows }: Summary, view: ViewOptions): string[] {
  const sent = rows.filter((row) => row.sent > 0);
  const days = [...new Set(sent.map((row) => row.day))].sort();
  if (days.length === 0) return [];
  const across = group(sent, (row) => [row.campaign, row.channel]);
  const columns: Column[] = [
    { title: 'campaign' },
    { title: 'channel' },
    ...days.map((day) => ({ title: day.slice(5), right: true })),
  ];
  const lines = once(across.map(({ names, list }) => [...names, ...days.map((day) => figure(list, day))]));
  if (tableWidth(columns, lines) <= view.width - 2) return table(columns, lines, view.width - 2);
  const channels = group(sent, (row) => [row.channel]);
  return table(
    [
      { title: 'day' },
      ...channels.map(({ names }) => ({ title: names.join(), right: true })),
      { title: 'all', right: true },
    ],
    days.map((day) => [day, ...channels.map(({ list }) => figure(list, day)), figure(sent, day)]),
    view.width - 2,
  );
}

/** What each campaign, and each arm of a split, came to. */
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
    { title: 'left because' },
  ];
  const lines = campaigns.map(({ campaign, arm, entered, active, conversions, value, exits }) => [
    campaign,
    arm ?? '',
    count(entered),
    count(active),
    entered > 0 ? `${count(conversions)} (${((conversions / entered) * 100).toFixed(1)}%)` : count(conversions),
    money(value),
    Object.entries(exits)
      .map(([reason, n]) => `${exitWords(reason)} ${count(n)}`)
      .join(', '),
  ]);
  return table(columns, once(lines, 1), view.width - 2);
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

type Figure = Exclude<keyof Counts, 'reasons'>;

function sum(list: SummaryRow[], figure: Figure): number {
  const total = list.reduce((all, row) => all + row[figure], 0);
  return Math.round(total * 10_000) / 10_000;
}

function figure(list: SummaryRow[], day: string): string {
  const n = list.filter((row) => row.day === day).reduce((all, row) => all + row.sent, 0);
  return n === 0 ? '·' : count(n);
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
