import type { Change } from '../../engine/plan/change.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { t } from '../../spec/words/t.ts';
import { isPart } from './estimates.ts';
import { many } from './format.ts';
import { code, fence, html, line } from './markdown.ts';
import { className, renderChange, signs, spoken } from './plan-change.ts';
import { movesLines, reachLines, renderSteps } from './plan-details.ts';
import { renderEstimatedAudience } from './plan-estimates.ts';
import { experimentLines } from './plan-experiments.ts';
import { renderAudience, type Shown } from './plan-forecast.ts';
import { insideLines, returningLines } from './plan-inside.ts';
import { campaignsOf, isTouched, rowsOf, table } from './plan-markdown-table.ts';
import { messageMarkdown, textsOf } from './plan-messages.ts';

/** The parts of a plan's Markdown around its tables, and the command that repeats the plan. */
export interface Around {
  head: string;
  tail: string;
  command: string;
}

/**
 * A plan in Markdown of at most `budget` characters. The middle is shortened by steps: first the messages go, then the campaigns that stay as
 * they are, then changes from the last one on, then rows from the end of the table, and the text counts them. Head and tail are never cut.
 */
export function markdownPage(made: Plan, plan: Shown, { head, tail, command }: Around, budget: number): string {
  const rows = rowsOf(plan);
  const touched = rows.filter(isTouched);
  const folds = plan.changes.map((one) => fold(one, renderChange(one, { color: false, width: 100 })));
  const page = (parts: string[]) => `${[head, ...parts, tail].filter((part) => part !== '').join('\n\n')}\n`;
  const changing = new Set(touched.map(({ campaign }) => campaign));
  const stay = rows.filter(({ campaign }) => !changing.has(campaign));
  const unchanged = stay.length > 0 ? t`${many(campaignsOf(stay), 'campaign')} unchanged` : '';
  const stays = unchanged && `${unchanged}.`;
  const shown = code(command);
  const reach = [...reachLines(plan), ...experimentLines(plan)].map((one) => `- ${line(one)}`).join('\n');
  const withFolds = (most: number) =>
    page([
      table(touched, plan),
      reach,
      stays,
      changesOf(folds.slice(0, most)),
      most < folds.length ? t`${many(folds.length - most, 'change')} left out here: ${shown} shows them.` : '',
    ]);
  const withRows = (most: number) =>
    page([
      table(touched.slice(0, most), plan),
      most > 0
        ? t`${many(campaignsOf(touched.slice(most)), 'campaign')} more, which change less: ${shown} shows them.`
        : t`${many(campaignsOf(touched), 'campaign')} with changes: ${shown} shows them.`,
      stays,
    ]);
  const view = { color: false, width: 100 };
  const audience = [
    ...(isPart(plan.effects.forecast.sample) ? renderEstimatedAudience(plan, view) : renderAudience(plan, view)),
    ...movesLines(plan),
  ];
  const steps = renderSteps(plan, view);
  const samples = messageMarkdown(plan, textsOf(made));
  const inside = insideLines(plan);
  const returning = returningLines(plan);
  const wholeWith = (messages: string) =>
    page([
      table(touched, plan),
      reach,
      messages === '' ? '' : folded(t`Messages that change`, messages),
      stay.length > 0 ? folded(unchanged, table(stay, plan)) : '',
      steps.length > 0 ? folded(t`Messages by step, where they change`, fence(steps)) : '',
      returning.length > 0 ? folded(t`Customers taken up again`, fence(returning)) : '',
      inside.length > 0 ? folded(t`Customers inside now`, fence(inside)) : '',
      audience.length > 0 ? folded(t`Audience`, fence(audience)) : '',
      changesOf(folds),
    ]);
  for (const whole of [wholeWith(samples), wholeWith('')]) if (whole.length <= budget) return whole;
  const least = withFolds(0);
  if (least.length <= budget) return withFolds(most(folds.length, (n) => withFolds(n).length <= budget));
  return withRows(most(touched.length - 1, (n) => withRows(n).length <= budget));
}

/** Returns the greatest number up to `limit` that fits, by bisection; 0 where none does. A greater number never takes less room. */
function most(limit: number, fits: (n: number) => boolean): number {
  let [low, high] = [0, Math.max(0, limit)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function changesOf(folds: string[]): string {
  return folds.length === 0 ? '' : [`### ${t`Changes`}`, ...folds].join('\n\n');
}

function fold(change: Change, lines: string[]): string {
  const named = ['project', 'policies', 'variables'].includes(change.kind) ? change.kind : change.address;
  return folded(
    `${signs[change.action]} ${spoken(named)}${change.class === 'additive' ? '' : ` · ${className(change.class)}`}`,
    fence(lines),
  );
}

function folded(title: string, inner: string): string {
  return `<details><summary>${html(title)}</summary>\n\n${inner}\n\n</details>`;
}
