import type { EnrolmentFigures, Figures, MessageFigures } from '../../engine/metrics/figures.ts';
import type { Estimate } from '../../engine/metrics/stats/sample.ts';
import { t } from '../../spec/words/t.ts';
import { count, minus, moneyFormat, percent } from './format.ts';
import { type Grid, gridOf, left, right } from './grid.ts';

type Project = Parameters<typeof moneyFormat>[0];

/** One line of a table. */
export interface Line<Figures> {
  names: string[];
  figures: Figures;
}

type Counted = 'decided' | 'refused' | 'waiting' | 'sent' | 'failed' | 'unknown' | keyof MessageFigures['rates'];

const wanted = [
  'decided',
  'refused',
  'sent',
  'delivered',
  'opened',
  'prefetched',
  'clicked',
] as const satisfies Counted[];
const unwanted = ['waiting', 'failed', 'unknown', 'bounced', 'complained', 'unsubscribed'] as const satisfies Counted[];
const always: Counted[] = ['decided', 'refused', 'sent'];

/** Returns a table of those who entered; empty without lines. `names`: the titles of the first columns. */
export function entryTable(names: string[], lines: Line<EnrolmentFigures>[], project: Project): Grid[] {
  const money = moneyFormat(project);
  const figures = [t`entered`, t`reached the goal`, t`revenue`, t`spent on messages`, 'ROI'];
  const rows = lines.map(({ names: called, figures: one }) => [
    ...called,
    count(one.entered),
    one.aimed === 0 ? t`no goal` : withShare(one.converted, one.rates.converted),
    money(one.revenue),
    money(one.spent),
    one.roi ? signedPercent(one.roi.estimate) : '–',
  ]);
  return gridOf([...names.map(left), ...figures.map(right)], rows);
}

/** Returns a table of messages; empty without lines. A status that never occurs has no column. */
export function messageTable(names: string[], lines: Line<MessageFigures>[], project: Project): Grid[] {
  const money = moneyFormat(project);
  const counted = occurring(wanted, lines);
  const rows = lines.map(({ names: called, figures: one }) => [
    ...called,
    ...counted.map((name) => (always.includes(name) ? count(one[name]) : messagesWords(one, name))),
    money(one.cost),
  ]);
  return gridOf([...names.map(left), ...[...counted.map(titleOf), t`cost`].map(right)], rows);
}

/** Returns a table of messages that did not arrive, or were not welcome; empty where there are none. */
export function troubleTable(names: string[], lines: Line<MessageFigures>[]): Grid[] {
  const counted = occurring(unwanted, lines);
  if (counted.length === 0) return [];
  const rows = lines.map(({ names: called, figures: one }) => [
    ...called,
    ...counted.map((name) => messagesWords(one, name)),
  ]);
  return gridOf([...names.map(left), ...counted.map(titleOf).map(right)], rows);
}

/** Returns all figures of one campaign, one below the other, with their intervals. */
export function allFigures({ enrolments, messages }: Figures, project: Project): { entries: Grid[]; messages: Grid[] } {
  const money = moneyFormat(project);
  const { perEntry, roi } = enrolments;
  const columns = [left(''), right(t`number`), right(t`share`), right(t`with 95% confidence`)];
  const line = (title: string, n: string, rate?: Estimate | null) => [
    title,
    n,
    rate ? percent(rate.estimate) : '',
    rate ? t`${percent(rate.low)} to ${percent(rate.high)}` : '',
  ];
  const entries = [
    line(t`entered`, count(enrolments.entered)),
    ...(enrolments.aimed > 0
      ? [line(t`reached the goal`, count(enrolments.converted), enrolments.rates.converted)]
      : []),
    line(t`revenue`, money(enrolments.revenue)),
    ...(perEntry ? [[t`revenue of one entry`, coins(perEntry.estimate, project), '', amounts(perEntry, project)]] : []),
    line(t`spent on messages`, money(enrolments.spent)),
    ...(roi
      ? [
          [
            'ROI',
            signedPercent(roi.estimate),
            '',
            roi.low > greatest ? signedPercent(roi.low) : t`${signedPercent(roi.low)} to ${signedPercent(roi.high)}`,
          ],
        ]
      : []),
  ];
  const sent = [
    ...[
      ...wanted.filter((name) => name !== 'prefetched' || messages[name] > 0),
      ...occurring(unwanted, [{ names: [], figures: messages }]),
    ].map((name) =>
      line(titleOf(name), isUntold(messages, name) ? '–' : count(messages[name]), rateOf(messages, name)),
    ),
    line(t`cost`, money(messages.cost)),
  ];
  return { entries: gridOf(columns, entries), messages: messages.decided > 0 ? gridOf(columns, sent) : [] };
}

function occurring<Name extends Counted>(names: readonly Name[], lines: Line<MessageFigures>[]): Name[] {
  return names.filter((name) => always.includes(name) || lines.some(({ figures }) => figures[name] > 0));
}

/** Returns true of a kind of feedback that has never come by the channels of the messages: nobody knows how many there are. */
export function isUntold(figures: MessageFigures, name: Counted): boolean {
  return name in figures.rates && rateOf(figures, name) === null && figures.sent + figures.unknown > 0;
}

function messagesWords(figures: MessageFigures, name: Counted): string {
  return isUntold(figures, name) ? '–' : withShare(figures[name], rateOf(figures, name));
}

function rateOf(figures: MessageFigures, name: Counted): Estimate | null {
  return name in figures.rates ? figures.rates[name as keyof MessageFigures['rates']] : null;
}

export function titleOf(name: Counted): string {
  const titles: Record<Counted, string> = {
    decided: t`decided`,
    refused: t`refused`,
    waiting: t`waiting`,
    sent: t`sent`,
    failed: t`failed`,
    unknown: t`in doubt`,
    delivered: t`delivered`,
    opened: t`opened`,
    prefetched: t`opened by machines`,
    clicked: t`clicked`,
    bounced: t`bounced`,
    complained: t`complained`,
    unsubscribed: t`unsubscribed`,
  };
  return titles[name];
}

function withShare(n: number, rate: Estimate | null): string {
  return rate && n > 0 ? `${count(n)} (${percent(rate.estimate)})` : count(n);
}

/** The share above which messages cost next to nothing: more of it would be digits without a meaning. */
const greatest = 99.99;

function signedPercent(share: number): string {
  const text = percent(Math.min(share, greatest), 0);
  return minus(`${share > greatest ? '>' : ''}${share > 0 ? '+' : ''}${text}`);
}

/** Returns an amount in coins: nothing smaller is known of an estimate. */
function coins(amount: number, project: Project): string {
  return moneyFormat(project)(Math.round(amount * 100) / 100);
}

function amounts({ low, high }: Estimate, project: Project): string {
  return t`${minus(coins(low, project))} to ${minus(coins(high, project))}`;
}
