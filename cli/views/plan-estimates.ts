import type { Delta } from '../../engine/plan/effects.ts';
import { t } from '../../spec/words/t.ts';
import { differenceWords, estimatedMoney, estimateWords } from './estimates.ts';
import { count, type ViewOptions } from './format.ts';
import { namedTable } from './named-table.ts';
import { spoken } from './plan-change.ts';
import { flows, parted, periodOf, type Shown, stays, unchanged } from './plan-forecast.ts';
import type { Column } from './table.ts';

/** Estimates by channel, then by campaign; beside what is applied each number has a row. Campaigns of which nothing changes are left out. */
export function renderEstimatedSends({ effects, project, changes }: Shown, view: ViewOptions): string[] {
  const touched = new Set(changes.map(({ address }) => address));
  const { sends, sample } = effects.forecast;
  if (sends.length === 0) return [t`none`];
  const money = estimatedMoney(project);
  const period = periodOf(effects);
  const { news, rest } = parted(
    sends,
    (one) => !touched.has(`campaign.${one.campaign}`) && [one.day, one.week, one.dayCost, one.weekCost].every(stays),
  );
  const totals = (sample?.totals ?? []).map((one) => ({ ...one, campaign: one.channel === null ? '' : t`all` }));
  const groups = totals.flatMap((total) => {
    const mine = news.filter(({ channel }) => channel === total.channel);
    return [total, ...mine].map(({ channel, campaign, ...figures }, i) => ({
      names: [i === 0 ? (channel ?? t`all`) : '', campaign],
      figures,
    }));
  });
  const lines = unchanged(rest.map(({ campaign }) => ({ address: `campaign.${campaign}` })));
  const names = [{ title: t`channel` }, { title: t`campaign` }];
  if (groups.every(({ figures }) => figures.week.before === null)) {
    const columns = [...names, right(t`24 hours`), right(period), right(t`cost in ${period}`)];
    const cells = groups.map(({ names, figures: { day, week, weekCost } }) => [
      ...names,
      side(day, 'after'),
      side(week, 'after'),
      side(weekCost, 'after', money),
    ]);
    return [...namedTable(names, columns.slice(names.length), cells, view.width - 2), ...lines];
  }
  const rows = groups.flatMap(({ names, figures: { day, week, weekCost } }) => {
    const figures = [
      [t`24 hours`, ...sides(day)],
      [period, ...sides(week)],
      ...(weekCost.sampled?.after?.high || weekCost.sampled?.before?.high
        ? [[t`cost in ${period}`, ...sides(weekCost, money)]]
        : []),
    ];
    return figures.map(([label = '', ...cells], i) => [...(i === 0 ? names : ['', '']), together(label), ...cells]);
  });
  return [...namedTable(names, [{ title: '' }, ...compared()], rows, view.width - 2), ...lines];
}

/** A number and its unit stay in one line: `24 hours`. */
function together(label: string): string {
  return label.replace(/ (?=\S+$)/, '\u00a0');
}

/** Members of segments, and how many enter each campaign. */
export function renderEstimatedAudience({ effects, changes }: Shown, view: ViewOptions): string[] {
  const { audiences } = effects.forecast;
  const touched = new Set(changes.map(({ address }) => address));
  const figures = [
    ...audiences.map((one) => ({
      ...one,
      what: one.address.startsWith('segment.') ? t`members at the start` : t`could enter at the start`,
    })),
    ...flows(effects.forecast),
  ];
  const { news, rest } = parted(figures, (one) => !touched.has(one.address) && stays(one));
  const names = [{ title: '' }, { title: '' }];
  const first = news.every(({ before }) => before === null);
  const columns = first ? [...names, right(t`customers`)] : [...names, ...compared()];
  const rows = news.map((one) => [spoken(one.address), one.what, ...(first ? [side(one, 'after')] : sides(one))]);
  const shown = rows.length > 0 ? namedTable(names, columns.slice(names.length), rows, view.width - 2) : [];
  return [...shown, ...unchanged(rest)];
}

const right = (title: string): Column => ({ title, right: true });
const compared = (): Column[] => [right(t`before`), right(t`after`), right(t`difference`)];

function side(delta: Delta, which: 'before' | 'after', show: (n: number) => string = count): string {
  const [estimate, range] = [delta[which], delta.sampled?.[which]];
  return estimate === null || !range ? '–' : estimateWords({ estimate, ...range }, show);
}

/** Returns the cells of both programs and of their difference. */
export function sides(delta: Delta, show: (n: number) => string = count): string[] {
  const difference = delta.sampled?.difference;
  return [
    side(delta, 'before', show),
    side(delta, 'after', show),
    difference ? differenceWords(difference, show) : '–',
  ];
}
