import type { Change } from '../../engine/plan/change.ts';
import type { Delta } from '../../engine/plan/effects.ts';
import { t } from '../../spec/words/t.ts';
import { isPart } from './estimates.ts';
import { code, line } from './markdown.ts';
import { signs } from './plan-change.ts';
import { periodOf, type Shown, stays, sum } from './plan-forecast.ts';
import { moneyOf, words } from './plan-words.ts';

/** A line of the table: what a plan does to one campaign. */
export interface Row {
  campaign: string;
  /** Present where a sample was simulated: the sum of estimates has no interval. */
  channel?: string;
  action: Change['action'] | undefined;
  sends: Delta;
  cost: Delta;
  entries: Delta;
}

/** Returns a row for each campaign: removed ones first, then by the difference of costs, of messages, and of entries. */
export function rowsOf({ effects, changes }: Shown): Row[] {
  const { sends, entries, sample } = effects.forecast;
  const none: Delta = { before: null, after: null };
  const nobody: Delta = { before: 0, after: 0 };
  const actions = new Map(
    changes.flatMap(({ kind, name, action }) => (kind === 'campaign' ? [[name, action] as const] : [])),
  );
  const names = [
    ...new Set([
      ...actions.keys(),
      ...sends.map(({ campaign }) => campaign),
      ...entries.map(({ campaign }) => campaign),
    ]),
  ];
  const rows = names.flatMap((campaign): Row[] => {
    const mine = sends.filter((one) => one.campaign === campaign);
    const action = actions.get(campaign);
    const entered = entries.find((one) => one.campaign === campaign) ?? nobody;
    const row = { campaign, action, entries: entered };
    if (isPart(sample))
      return mine.length === 0
        ? [{ ...row, channel: '', sends: none, cost: none }]
        : mine.map(({ channel, week, weekCost }, i) => ({
            ...row,
            ...(i > 0 && { entries: none }),
            channel,
            sends: week,
            cost: weekCost,
          }));
    return [{ ...row, sends: sum(mine, ({ week }) => week), cost: sum(mine, ({ weekCost }) => weekCost) }];
  });
  const rank = ({ action }: Row) => (action === 'remove' ? 0 : action === undefined ? 2 : 1);
  const by = ({ before, after }: Delta) => Math.abs((after ?? 0) - (before ?? 0));
  return rows.sort(
    (a, b) =>
      rank(a) - rank(b) ||
      by(b.cost) - by(a.cost) ||
      by(b.sends) - by(a.sends) ||
      by(b.entries) - by(a.entries) ||
      (a.campaign < b.campaign ? -1 : 1),
  );
}

/** Returns true if the plan changes the campaign or its numbers. */
export function isTouched({ action, sends, cost, entries }: Row): boolean {
  return (
    action !== undefined ||
    ![sends, cost, entries].every((one) => stays(one) || (one.before === null && one.after === null))
  );
}

/** Returns the rows as a table. */
export function table(rows: Row[], { project, effects }: Shown): string {
  if (rows.length === 0) return '';
  const period = periodOf(effects);
  const byChannel = rows.some(({ channel }) => channel !== undefined);
  const cells = rows.map(({ campaign, channel, action, sends, cost, entries }) => [
    action === undefined ? '' : signs[action],
    code(campaign),
    ...(byChannel ? [line(channel ?? '')] : []),
    words(sends),
    words(cost, moneyOf(project, cost)),
    words(entries),
  ]);
  const titles = [
    ...['', t`campaign`, ...(byChannel ? [t`channel`] : [])],
    ...[t`messages in ${period}`, t`cost in ${period}`, t`enter within ${period}`],
  ];
  const row = (parts: string[]) => `| ${parts.join(' | ')} |`;
  const right = ['---:', '---:', '---:'];
  return [
    row(titles),
    row([...(byChannel ? ['---', '---', '---'] : ['---', '---']), ...right]),
    ...cells.map(row),
  ].join('\n');
}

/** Returns the number of campaigns of these rows. */
export function campaignsOf(rows: Row[]): number {
  return new Set(rows.map(({ campaign }) => campaign)).size;
}
