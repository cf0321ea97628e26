import pc from 'picocolors';
import type { Plan } from '../../engine/plan/plan.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { isPart, sampleLines } from './estimates.ts';
import { clockFormat, indent, type ViewOptions } from './format.ts';
import { forecastLosses } from './losses.ts';
import { behindWords, startOf } from './plan.ts';
import { renderChange } from './plan-change.ts';
import { reachLines, renderSteps } from './plan-details.ts';
import { renderEstimatedAudience, renderEstimatedSends } from './plan-estimates.ts';
import { periodOf, renderAudience, renderSends, type Shown, shownOf } from './plan-forecast.ts';
import { planJson } from './plan-json.ts';
import { waitingLines } from './plan-waiting.ts';
import { fold, hang } from './wrap.ts';

/** Renders what a project would have sent in a past period beside what its base would have: the forecast of a plan, of other days. */
export function renderBacktest(made: Plan, model: Model, view: ViewOptions): string {
  const plan = shownOf(made, model.project);
  const { bold, dim } = pc.createColors(view.color);
  const { width } = view;
  const { changes, effects } = plan;
  const { sample } = effects.forecast;
  const section = (title: string, lines: string[]) =>
    lines.length > 0 ? [...hang('', title, width).map(bold), ...indent(lines), ''] : [];
  const compared = isCompared(plan);
  const lines = [
    bold(backtestTitle(plan)),
    ...fold([periodLine(plan), ...behindWords(plan), ...assumptions()], width).map((line) => dim(line)),
    ...(sample ? sampleLines(sample, width) : []),
    '',
    ...section(t`Messages`, [
      ...(isPart(sample) ? renderEstimatedSends(plan, view) : renderSends(plan, view)),
      ...fold(reachLines(plan), width - 2),
      ...fold(waitingLines(made, model), width - 2),
      ...fold(forecastLosses(effects.forecast), width - 2),
    ]),
    ...section(t`Messages by step, where they change`, renderSteps(plan, view)),
    ...section(t`Audience`, isPart(sample) ? renderEstimatedAudience(plan, view) : renderAudience(plan, view)),
    ...(compared && changes.length > 0
      ? section(
          t`Changes`,
          changes.flatMap((change) => renderChange(change, view)),
        )
      : []),
    ...(compared && changes.length === 0 ? [t`Both do the same.`] : []),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Returns true if there is another program beside that of the files. */
export function isCompared({ base, against }: Pick<Shown, 'base' | 'against'>): boolean {
  return base !== null || against !== undefined;
}

/** `Backtest of shop`, and what it compares with. */
export function backtestTitle(plan: Shown): string {
  const { name } = plan.project;
  return isCompared(plan) ? t`Backtest of ${name} (${startOf(plan)})` : t`Backtest of ${name}`;
}

/** Returns the days that are replayed. */
export function periodLine({ effects, project }: Shown): string {
  const { from, to } = effects.forecast;
  const clock = clockFormat(project.timezone);
  return t`From ${clock(from)} to ${clock(to)} (${project.timezone}): ${periodOf(effects)} of the data files, replayed.`;
}

/** The assumptions of a backtest. */
export function assumptions(): string[] {
  return [
    t`Events, consent and withdrawals happen at their instants in the files; attributes and lists of customers are those of now.`,
    t`Who opens and clicks is drawn by simulation.engagement. What customers did stays as it was: no message is taken to have changed it.`,
    t`Nobody is inside a journey at the beginning, and caps count from there on.`,
  ];
}

/** Returns the same as one versioned JSON value; instants are ISO 8601. `until`: the last event of the data. */
export function backtestJson(made: Plan, until: number | undefined): Record<string, unknown> {
  const { base, against, environment, gitCommit, tz, summary, forecast, changes } = planJson(made);
  return {
    format: 1,
    type: 'backtest',
    base,
    ...(against !== undefined && { against }),
    ...(environment !== undefined && { environment }),
    ...(gitCommit !== undefined && { gitCommit }),
    tz,
    summary,
    forecast,
    changes,
    dataUntil: until === undefined ? null : new Date(until).toISOString(),
  };
}
