import type { Attribution, AttributionModel, Credit } from '../../engine/metrics/attribution.ts';
import { t } from '../../spec/words/t.ts';
import { count, fixed, many, moneyFormat } from './format.ts';
import { gridOf, left, type Part, right } from './grid.ts';

type Project = Parameters<typeof moneyFormat>[0];

const models: AttributionModel[] = ['last', 'first', 'linear', 'decay'];

/** Returns how events are shared out among campaigns and channels, in each model, with those that no message came before. `campaign`: the others are one row. */
export function attributionContent(one: Attribution, project: Project, campaign?: string): Part['content'] {
  const { event, events, credits, unattributed, valuedBy } = one;
  if (events === 0) return [];
  const money = moneyFormat(project);
  const by: 'events' | 'revenue' = valuedBy === null ? 'events' : 'revenue';
  const show = (n: number) => (valuedBy === null ? shownCount(n) : money(Math.round(n * 100) / 100));
  const named = Map.groupBy(credits, (credit) =>
    campaign === undefined || credit.campaign === campaign
      ? JSON.stringify([credit.campaign, credit.channel])
      : JSON.stringify([t`other campaigns`, '']),
  );
  const rows = [...named].map(([names, mine]) => [
    ...(JSON.parse(names) as string[]),
    ...models.map((model) => show(sum(mine, by, model))),
  ]);
  const same = (n: number) => models.map(() => show(n));
  const columns = [
    ...[t`campaign`, t`channel`].map(left),
    ...[t`last`, t`first`, t`even`, t`newer counts more`].map(right),
  ];
  const lines = [...rows, [t`no message before`, '', ...same(unattributed[by])], [t`all`, '', ...same(one[by])]];
  return [
    t`${event}: ${many(events, 'event')}, of which ${count(unattributed.events)} had no message in the 30 days before`,
    ...gridOf(columns, lines),
  ];
}

function sum(credits: Credit[], by: 'events' | 'revenue', model: AttributionModel): number {
  return credits.reduce((all, credit) => all + credit[by][model], 0);
}

/** Returns a number of events, or of parts of events. */
export function shownCount(n: number): string {
  return Number.isInteger(n) ? count(n) : fixed(n, 1);
}
