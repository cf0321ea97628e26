import type { Metrics } from '../../engine/metrics/shop/metrics.ts';
import type { RfmGroup, RfmMoves } from '../../engine/metrics/shop/rfm.ts';
import { t } from '../../spec/words/t.ts';
import { clockFormat, count, moneyFormat } from './format.ts';
import { gridOf, left, type Part, right } from './grid.ts';

const DAY = 86_400_000;
const scores = [1, 2, 3, 4, 5];

/** The scores that make each group, the best first, as in docs/metrics.md. */
const scoresOf: Record<RfmGroup, string> = {
  champions: 'R4–5 F4–5',
  promising: 'R4–5 F2–3',
  new: 'R4–5 F1',
  loyal: 'R3 F3–5',
  cooling: 'R3 F1–2',
  'at-risk': 'R1–2 F3–5',
  asleep: 'R1–2 F1–2',
  none: '',
};
const everyGroup = Object.keys(scoresOf) as RfmGroup[];

/** Returns the table of the scores, the groups, and how customers moved between them. */
export function rfmParts({ rfm, project, orders }: Metrics): [title: string, content: Part['content']][] {
  const money = moneyFormat(project);
  const days = Math.round(orders.window / DAY);
  const clock = clockFormat(project.timezone);
  const at = (recency: number, frequency: number) =>
    rfm.cells.find((one) => one.recency === recency && one.frequency === frequency)?.customers ?? 0;
  const matrix = scores
    .toReversed()
    .map((recency) => [t`recency ${recency}`, ...scores.map((frequency) => count(at(recency, frequency)))]);
  const last = lastMoves(rfm.moves);
  const moved = (from: RfmGroup, to: RfmGroup) =>
    last?.moves.find((one) => one.from === from && one.to === to)?.customers ?? 0;
  const groups = everyGroup.filter((group) => last?.moves.some(({ from, to }) => from === group || to === group));
  return [
    [
      t`RFM: customers by recency and frequency of their orders in ${count(days)} days`,
      rfm.cells.length > 0
        ? gridOf([left(''), ...scores.map((frequency) => right(t`frequency ${frequency}`))], matrix)
        : [],
    ],
    [
      t`RFM groups`,
      gridOf(
        [left(t`group`), left(t`scores`), ...[t`customers`, t`revenue`].map(right)],
        rfm.groups.map(({ group, customers, revenue }) => [
          groupWords(group),
          scoresOf[group],
          count(customers),
          money(revenue),
        ]),
      ),
    ],
    [
      last ? t`Moves between the groups from ${clock(last.from)} to ${clock(last.to)}` : '',
      last
        ? gridOf(
            [left(t`from`), ...groups.map((to) => right(groupWords(to)))],
            groups.map((from) => [
              groupWords(from),
              ...groups.map((to) => (moved(from, to) > 0 ? count(moved(from, to)) : '')),
            ]),
          )
        : [],
    ],
  ];
}

/** Returns the moves of the last month that is over, else of the time until the end. */
export function lastMoves(moves: RfmMoves[]): RfmMoves | undefined {
  return moves.findLast(({ from, to }) => to - from >= 27 * DAY) ?? moves.at(-1);
}

export function groupWords(group: RfmGroup): string {
  const words: Record<RfmGroup, string> = {
    champions: t`champions`,
    promising: t`promising`,
    new: t`new`,
    loyal: t`loyal`,
    cooling: t`cooling`,
    'at-risk': t`at risk`,
    asleep: t`asleep`,
    none: t`no orders`,
  };
  return words[group];
}
