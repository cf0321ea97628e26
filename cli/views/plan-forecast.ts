import type { Delta, Forecast, SendForecast } from '../../engine/plan/effects.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import type { Project } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { all, change, count, duration, many, moneyFormat, printable, type ViewOptions } from './format.ts';
import { printableChange, spoken } from './plan-change.ts';
import { type Column, table, tableWidth } from './table.ts';

/** The part of a plan that the views show: all but its document. */
export type Shown = Omit<Plan, 'document'> & { project: Project };

/** Returns that part of a plan without the signs that would command a terminal. */
export function shownOf({ document: _, ...rest }: Plan, project: Project): Shown {
  return { ...printable(rest), changes: rest.changes.map(printableChange), project: printable(project) };
}

/** Returns the length of a forecast in words: `7 days`, `7 days 18 hours`. */
export function periodOf({ forecast: { from, to } }: { forecast: Pick<Forecast, 'from' | 'to'> }): string {
  const unit = to - from < DAY ? MINUTE : HOUR;
  return duration(Math.round((to - from) / unit) * unit);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Messages by channel, then by campaign; before → after where the plan changes them. What stays is one row a channel. */
export function renderSends({ effects, project, changes }: Shown, view: ViewOptions): string[] {
  const touched = new Set(changes.map(({ address }) => address));
  const { sends } = effects.forecast;
  if (sends.length === 0) return [t`none`];
  const money = moneyFormat(project);
  const columns: Column[] = [
    { title: t`channel` },
    { title: t`campaign` },
    { title: t`24 hours`, right: true },
    { title: periodOf(effects), right: true },
    { title: t`cost in ${periodOf(effects)}`, right: true },
    { title: t`cost in 24 hours`, right: true },
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
    if (mine.length === 1) return [row(channel, mine[0]?.campaign ?? '', mine)];
    const { news, rest } = parted(mine, (one) => {
      return !touched.has(`campaign.${one.campaign}`) && [one.day, one.week, one.dayCost, one.weekCost].every(stays);
    });
    const apart = news.map((one) => row('', one.campaign, [one]));
    // If every row stays, the sum is enough.
    const folded = rest.length > 0 && news.length > 0 ? [row('', t`${rest.length} unchanged`, rest)] : [];
    return [row(channel, t`all`, mine), ...apart, ...folded];
  });
  const rows = channels.length > 1 ? [...each, row(t`all`, '', sends)] : each;
  const width = view.width - 2;
  // If not all fits, the day's cost is what can best be done without.
  return tableWidth(columns, rows) <= width ? table(columns, rows, width) : table(columns.slice(0, -1), rows, width);
}

/** Members of segments, and how many enter each campaign. Those for which nothing changes are counted in the last line. */
export function renderAudience({ effects, changes }: Shown, view: ViewOptions): string[] {
  const { audiences } = effects.forecast;
  const figures = [
    ...audiences.map((one) => ({
      ...one,
      what: one.address.startsWith('segment.') ? t`members at the start` : t`could enter at the start`,
    })),
    ...flows(effects.forecast),
  ];
  const shown = new Set([
    ...changes.map(({ address }) => address),
    ...figures.filter((one) => !stays(one)).map(({ address }) => address),
  ]);
  const { news, rest } = parted(figures, ({ address }) => !shown.has(address));
  const rows = news.map((one) => [spoken(one.address), one.what, change(one, count)]);
  const columns = [{ title: '' }, { title: '' }, { title: t`customers`, right: true }];
  return [...(rows.length > 0 ? table(columns, rows, view.width - 2) : []), ...unchanged(rest)];
}

/** Returns how many enter and leave each campaign. */
export function flows(forecast: Forecast): (Delta & { address: string; what: string })[] {
  const { entries, details } = forecast;
  const period = periodOf({ forecast });
  const of = (list: ({ campaign: string } & Delta)[], what: string) =>
    list.map(({ campaign, ...one }) => ({ ...one, address: `campaign.${campaign}`, what }));
  return [...of(entries, t`enter within ${period}`), ...of(details.leaving, t`leave within ${period}`)].sort((a, b) =>
    a.address < b.address ? -1 : a.address > b.address ? 1 : 0,
  );
}

/** `16 campaigns and 1 segment unchanged` */
export function unchanged(figures: { address: string }[]): string[] {
  const addresses = [...new Set(figures.map(({ address }) => address))];
  const of = (kind: string) => addresses.filter((address) => address.startsWith(`${kind}.`)).length;
  const parts = [
    ...(of('campaign') > 0 ? [many(of('campaign'), 'campaign')] : []),
    ...(of('segment') > 0 ? [many(of('segment'), 'segment')] : []),
  ];
  return parts.length > 0 ? [t`${all(parts)} unchanged`] : [];
}

export function stays({ before, after }: Delta): boolean {
  return before !== null && before === after;
}

/** Parts the rows that are worth showing from the others. A single row that is not takes no more room than the line in its place would. */
export function parted<T>(figures: T[], dull: (one: T) => boolean): { news: T[]; rest: T[] } {
  const rest = figures.filter(dull);
  return rest.length > 1 ? { news: figures.filter((one) => !dull(one)), rest } : { news: figures, rest: [] };
}

/** Unknown before stays unknown: nothing is applied. */
export function sum(list: SendForecast[], of: (one: SendForecast) => Delta): Delta {
  const total = (side: 'before' | 'after') =>
    list.some((one) => of(one)[side] !== null) ? list.reduce((so, one) => so + (of(one)[side] ?? 0), 0) : null;
  return { before: total('before'), after: total('after') };
}
