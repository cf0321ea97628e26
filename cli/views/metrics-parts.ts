import type { ChannelFigures } from '../../engine/metrics/shop/channels.ts';
import type { ShopFigures } from '../../engine/metrics/shop/figures.ts';
import type { Group, Metrics } from '../../engine/metrics/shop/metrics.ts';
import { t } from '../../spec/words/t.ts';
import { cohortParts } from './cohort-parts.ts';
import { clockFormat, count, duration, fixed, moneyFormat, percent } from './format.ts';
import { type Grid, gridOf, left, type Part, right } from './grid.ts';
import { predictionParts } from './prediction-parts.ts';
import { rfmParts } from './rfm-parts.ts';

type Project = Metrics['project'];

/** Returns the numbers of a shop as a titled page of parts, and the notes below them. */
export function metricsPage(metrics: Metrics): { title: string; until: string; parts: Part[]; said: string[] } {
  const { project, from, to, orders, segment } = metrics;
  const clock = clockFormat(project.timezone);
  const { event, value } = orders;
  return {
    title: t`Numbers of ${project.name}: ${clock(from)} to ${clock(to)} (${project.timezone})`,
    until:
      segment === null
        ? t`Orders are the events ${event}, worth ${value}.`
        : t`Orders are the events ${event}, worth ${value}, of those who are in the segment ${segment} now.`,
    parts: metricsParts(metrics),
    said: notes(metrics),
  };
}

export function metricsParts(metrics: Metrics): Part[] {
  const { total, project, months, by, groups, funnel, channels } = metrics;
  const money = coins(project);
  if (total.ltv === null && channels.length === 0 && !funnel) return [];
  const parts: [title: string, content: Part['content']][] = [
    [t`Orders`, total.ltv ? figuresGrid(total, project) : []],
    [t`What a customer is worth`, worthGrid(total, project)],
    [by === null ? '' : t`By ${by}`, groupsGrid(by ?? '', groups, project)],
    [
      t`By month`,
      gridOf(
        [left(t`month`), ...[t`buyers`, t`new`, t`orders`, t`revenue`, t`average order`].map(right)],
        months.map((one) => [
          one.month,
          ...[one.buyers, one.newCustomers, one.orders].map(count),
          money(one.revenue),
          one.orders > 0 ? money(one.revenue / one.orders) : '–',
        ]),
      ),
    ],
    ...cohortParts(metrics),
    ...predictionParts(metrics),
    ...rfmParts(metrics),
    [t`Funnel`, funnel ? funnelGrid(metrics) : []],
    [t`Messages by channel`, channelGrid([], [{ names: [], channels }], project)],
    [
      by === null ? '' : t`Messages by ${by} and channel`,
      by === null
        ? []
        : channelGrid(
            [by],
            groups.map((one) => ({ names: [groupName(one)], channels: one.channels })),
            project,
          ),
    ],
  ];
  return parts.flatMap(([title, content]) => (content.length > 0 ? [{ title, content }] : []));
}

/** Returns a formatter of amounts in coins: nothing smaller is known of a mean. */
export function coins(project: Project): (amount: number) => string {
  const money = moneyFormat(project);
  return (amount) => money(Math.round(amount * 100) / 100);
}

function figuresGrid(total: ShopFigures, project: Project): Grid[] {
  const money = coins(project);
  const two = (n: number) => fixed(n, 2);
  type Ends = { estimate: number; low: number | null; high: number | null } | null;
  const line = (name: string, shown: string, found: Ends = null, show: (n: number) => string = count) => [
    name,
    shown,
    found?.low == null || found.high === null ? '' : t`${show(found.low)} to ${show(found.high)}`,
  ];
  const mean = (name: string, found: Ends, show: (n: number) => string) =>
    line(name, found ? show(found.estimate) : '–', found, show);
  const share = (name: string, found: Ends) => mean(name, found, percent);
  const days = total.purchaseInterval;
  return gridOf(
    [left(''), right(t`number`), right(t`with 95% confidence`)],
    [
      line(t`buyers`, count(total.buyers)),
      line(t`new customers`, count(total.newCustomers)),
      line(t`orders`, count(total.orders)),
      line(t`revenue`, money(total.revenue)),
      mean(t`average order`, total.averageOrder, money),
      mean(t`orders of a buyer`, total.ordersPerBuyer, two),
      mean(t`revenue of a buyer`, total.revenuePerBuyer, money),
      line(t`days between two orders`, days === null ? '–' : fixed(days, 1)),
      share(t`retention: buyers with more than one order`, total.retention),
      share(t`churn: earlier buyers who did not buy`, total.churn),
    ],
  );
}

function worthGrid({ ltv, cac, messageCost, newCustomers }: ShopFigures, project: Project): Part['content'] {
  const money = coins(project);
  const rows = [
    ...(ltv
      ? [
          [t`average order`, money(ltv.averageOrder)],
          [t`orders a year`, ltv.ordersAYear === null ? '–' : fixed(ltv.ordersAYear, 2)],
          [t`years since the first order`, fixed(ltv.years, 2)],
          [t`LTV so far, the product of the three`, money(ltv.value.estimate)],
        ]
      : []),
    ...(messageCost > 0 ? [[t`cost of messages`, money(messageCost)]] : []),
    ...(cac === null || messageCost === 0 ? [] : [[t`CAC: cost of messages ÷ new customers`, money(cac)]]),
  ];
  return [
    ...gridOf([left(''), right(t`number`)], rows),
    ...(messageCost > 0 && newCustomers > 0
      ? [t`CAC has only the prices of messages: neither advertising nor work nor discounts.`]
      : []),
  ];
}

function groupsGrid(by: string, groups: Group[], project: Project): Grid[] {
  const money = coins(project);
  const titles = [t`buyers`, t`new`, t`orders`, t`revenue`, t`average order`, t`retention`, t`LTV so far`, 'CAC'];
  const amount = (n: number | null | undefined) => (n === null || n === undefined ? '–' : money(n));
  const rows = groups.map((one) => [
    groupName(one),
    ...[one.buyers, one.newCustomers, one.orders].map(count),
    money(one.revenue),
    amount(one.averageOrder?.estimate),
    one.retention ? percent(one.retention.estimate) : '–',
    amount(one.ltv?.value.estimate),
    amount(one.messageCost > 0 ? one.cac : null),
  ]);
  return gridOf([left(by), ...titles.map(right)], rows);
}

function groupName({ value, others }: Group): string {
  return others ? t`${count(others)} other values` : (value ?? t`no value`);
}

function funnelGrid({ funnel }: Metrics): Grid[] {
  const share = (one: { estimate: number } | null) => (one ? percent(one.estimate) : '');
  const rows = (funnel?.steps ?? []).map(({ event, customers, ofPrevious, ofFirst }) => [
    event,
    count(customers),
    share(ofPrevious),
    share(ofFirst),
    ofPrevious ? t`${percent(ofPrevious.low)} to ${percent(ofPrevious.high)}` : '',
  ]);
  const titles = [t`customers`, t`of those before`, t`of the first`, t`of those before, with 95% confidence`];
  return gridOf([left(t`event`), ...titles.map(right)], rows);
}

/** Returns the messages by channel, in lines that begin with these names. */
function channelGrid(
  names: string[],
  lines: { names: string[]; channels: ChannelFigures[] }[],
  project: Project,
): Grid[] {
  const money = moneyFormat(project);
  const kinds = ['delivered', 'bounced', 'complained', 'unsubscribed'] as const;
  const titles = [t`delivered`, t`bounced`, t`complained`, t`unsubscribed`];
  const rows = lines.flatMap((line) =>
    line.channels.map((one, i) => [
      ...line.names.map((name) => (i === 0 ? name : '')),
      one.channel,
      count(one.sent),
      count(one.failed),
      ...kinds.map((kind) => {
        const rate = one.rates[kind];
        return rate && one[kind] > 0 ? `${count(one[kind])} (${percent(rate.estimate)})` : count(one[kind]);
      }),
      money(one.cost),
    ]),
  );
  return gridOf([...[...names, t`channel`].map(left), ...[t`sent`, t`failed`, ...titles, t`cost`].map(right)], rows);
}

function notes(metrics: Metrics): string[] {
  const { total, channels, funnel, to, project, months, predicted } = metrics;
  if (total.ltv === null && channels.length === 0)
    return [t`There is no order before the end of this time, and no message.`];
  const clock = clockFormat(project.timezone);
  const heard = channels.some((one) => one.delivered + one.bounced + one.complained + one.unsubscribed > 0);
  return [
    ...(total.ltv === null ? [t`There is no order before the end of this time.`] : []),
    ...(total.ltv && total.buyers === 0 ? [t`Nobody ordered in this time: choose an earlier --from.`] : []),
    ...(months.length > 0 ? [t`Months are whole ones of the calendar; the last is counted until ${clock(to)}.`] : []),
    ...(funnel ? [t`A funnel counts customers, each once, who came so far within ${duration(funnel.within)}.`] : []),
    ...(funnel && funnel.openFrom < to
      ? [t`Those who began after ${clock(funnel.openFrom)} may still come further.`]
      : []),
    ...(total.ltv && !predicted ? [t`Too few customers have bought again to predict anything.`] : []),
    ...(channels.length === 0 ? [t`No message was sent in this time.`] : []),
    ...(channels.length > 0 && !heard
      ? [t`No feedback was read about these messages: nobody knows what was delivered or opened.`]
      : []),
  ];
}
