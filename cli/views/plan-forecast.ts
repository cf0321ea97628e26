import type { Delta, SendForecast } from '../../engine/plan/effects.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import type { Project } from '../../spec/model/model.ts';
import { change, count, moneyFormat, type ViewOptions } from './format.ts';
import { type Column, table, tableWidth } from './table.ts';

/** What the views show of a plan: all but the program that it carries. */
export type Shown = Omit<Plan, 'program'> & { project: Project };

/** Messages by channel, then by campaign; before → after where the plan changes them. */
export function renderSends({ effects, project }: Shown, view: ViewOptions): string[] {
  const { sends } = effects.forecast;
  if (sends.length === 0) return ['none'];
  const money = moneyFormat(project);
  const columns: Column[] = [
    { title: 'channel' },
    { title: 'campaign' },
    { title: '24 hours', right: true },
    { title: '7 days', right: true },
    { title: 'cost in 7 days', right: true },
    { title: 'in 24 hours', right: true },
  ];
  const row = (channel: string, campaign: string, list: SendForecast[]) => [
    channel,
    campaign,
    change(sum(list, (one) => one.day)),
    change(sum(list, (one) => one.week)),
    change(
      sum(list, (one) => one.weekCost),
      money,
    ),
    change(
      sum(list, (one) => one.dayCost),
      money,
    ),
  ];
  const channels = [...new Set(sends.map((one) => one.channel))].sort();
  const each = channels.flatMap((channel) => {
    const mine = sends.filter((one) => one.channel === channel);
    const apart = mine.map((one) => row('', one.campaign, [one]));
    return mine.length === 1 ? [row(channel, mine[0]?.campaign ?? '', mine)] : [row(channel, 'all', mine), ...apart];
  });
  const rows = channels.length > 1 ? [...each, row('all', '', sends)] : each;
  const width = view.width - 2;
  // Where not all fits, the day's cost is what can best be done without.
  return tableWidth(columns, rows) <= width ? table(columns, rows, width) : table(columns.slice(0, -1), rows, width);
}

/** Members of segments, and how many enter each campaign. */
export function renderAudience({ effects }: Shown, view: ViewOptions): string[] {
  const { audiences, entries } = effects.forecast;
  const rows = [
    ...audiences.map((one) => [
      one.address.replace('.', ' '),
      one.address.startsWith('segment.') ? 'members at the start' : 'could enter at the start',
      change(one, count),
    ]),
    ...entries.map((one) => [`campaign ${one.campaign}`, 'enter within 7 days', change(one, count)]),
  ];
  if (rows.length === 0) return [];
  return table([{ title: '' }, { title: '' }, { title: 'customers', right: true }], rows, view.width - 2);
}

/** Unknown before stays unknown: nothing is applied. */
function sum(list: SendForecast[], of: (one: SendForecast) => Delta): Delta {
  const total = (side: 'before' | 'after') =>
    list.some((one) => of(one)[side] !== null) ? list.reduce((all, one) => all + (of(one)[side] ?? 0), 0) : null;
  return { before: total('before'), after: total('after') };
}
