import type { HoldoutResults, Incremental, Uplift } from '../../engine/metrics/holdouts.ts';
import { t } from '../../spec/words/t.ts';
import { all, clockFormat, count, fixed, minus, moneyFormat, percent } from './format.ts';
import { gridOf, left, type Part, right } from './grid.ts';

type Project = { currency: string; timezone: string };
type Show = (n: number) => string;

/** Returns what all marketing brought: those whom a hold-out keeps from it beside all others, by month and in all. */
export function holdoutContent(one: HoldoutResults, project: Project): Part['content'] {
  const share = percent(one.share, one.share < 0.01 ? 2 : 0);
  const since = clockFormat(project.timezone)(one.began);
  const who =
    one.campaigns === null
      ? t`Since ${since} ${share} of the customers get no marketing.`
      : t`Since ${since} ${share} of the customers get nothing from ${all(one.campaigns)}.`;
  const [goal] = one.goals;
  if (!goal) return [who, t`No applied campaign has a goal, so there is nothing to compare.`];
  if (one.ratio === null || goal.total.held.customers === 0 || goal.total.others.customers === 0)
    return [
      who,
      t`No customers can be compared yet: one counts from the first month before which something was known of them.`,
    ];
  return [
    who,
    ...one.goals.flatMap((each) => goalContent(each, project)),
    ...(one.ratio.mismatch
      ? [
          t`Not as many customers are held out as the share says (p = ${one.ratio.p.toExponential(1)}). Something is wrong with the drawing or the counting, so nothing is judged.`,
        ]
      : []),
  ];
}

function goalContent(
  { event, valuedBy, total, months }: HoldoutResults['goals'][number],
  project: Project,
): Part['content'] {
  const money = moneyFormat(project);
  const coins: Show = (n) => minus(money(Math.round(n * 100) / 100));
  const whole: Show = (n) => minus(count(Math.round(n)));
  const lines = [...months.map((each) => ({ name: each.month, of: each })), { name: t`all`, of: total }];
  const grid = (amount: string, value: 'events' | 'revenue', each: Show, brought: Show) =>
    gridOf(
      [
        left(t`month`),
        ...[t`customers`, t`held out`, amount, t`of one held out`, t`brought`, t`with 95% confidence`].map(right),
      ],
      lines.map(({ name, of }) => [
        name,
        count(of.others.customers),
        count(of.held.customers),
        mean(of.others, value, each),
        mean(of.held, value, each),
        ...interval(of[value], brought),
      ]),
    );
  return [
    event,
    ...grid(t`events of one customer`, 'events', (n) => fixed(n, 3), whole),
    ...(valuedBy === null ? [] : grid(t`revenue of one customer`, 'revenue', coins, coins)),
    ...verdictLines(event, total),
  ];
}

function mean(side: Uplift['held'], value: 'events' | 'revenue', show: Show): string {
  return side.customers === 0 ? '–' : show(side[value] / side.customers);
}

function interval(brought: Incremental | null, show: Show): [string, string] {
  if (!brought) return ['–', '–'];
  const { estimate, low, high } = brought.all;
  return [show(estimate), brought.verdict === 'few' ? '–' : t`${show(low)} to ${show(high)}`];
}

function verdictLines(event: string, { events, revenue }: Uplift): string[] {
  if (!events) return [];
  const said = {
    more: t`${event}: marketing brings more of them.`,
    less: t`${event}: marketing brings fewer of them.`,
  };
  const worth = { more: t`It brings revenue.`, less: t`It costs revenue.` };
  if (events.verdict === 'few' || events.verdict === 'open')
    return [t`${event}: not enough yet to tell what marketing brings.`];
  const certain = revenue?.verdict === 'more' || revenue?.verdict === 'less' ? [worth[revenue.verdict]] : [];
  return [[said[events.verdict], ...certain].join(' ')];
}
