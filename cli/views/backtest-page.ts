import type { Plan } from '../../engine/plan/plan.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { assumptions, backtestTitle, isCompared, periodLine } from './backtest.ts';
import { endOfData, endsEarly } from './end-of-data.ts';
import { isPart, sampleLines } from './estimates.ts';
import { clockFormat } from './format.ts';
import { escapeHtml } from './html.ts';
import { forecastLosses } from './losses.ts';
import { code, line } from './markdown.ts';
import { behindWords } from './plan.ts';
import { type Shown, shownOf } from './plan-forecast.ts';
import { dimLines, pageOf } from './plan-html-page.ts';
import { COMMENT, commandLine, sideWords } from './plan-markdown.ts';
import { markdownPage } from './plan-markdown-page.ts';
import { pastSentence } from './plan-sentence.ts';
import { waitingLines } from './plan-waiting.ts';

/** Renders a backtest in Markdown of at most `budget` characters, as a plan is. `until`: the last event of the data. */
export function backtestMarkdown(made: Plan, model: Model, until: number | undefined, budget = COMMENT): string {
  const plan = shownAlone(made, model);
  const [title, ...lines] = headLines(plan, made, model, until);
  const head = [`**${line(pastSentence(plan))}**`, line(`${title}.`), lines.map((one) => `- ${line(one)}`).join('\n')];
  const command = backtestCommand(plan);
  const tail = t`To see it again: ${code(command)}. ${code('crm plan')} forecasts the coming days.`;
  return markdownPage(made, plan, { head: head.join('\n\n'), tail, command }, budget);
}

/** Renders a backtest as one page, as a plan is. `until`: the last event of the data. */
export function backtestPage(made: Plan, model: Model, until: number | undefined): string {
  const plan = shownAlone(made, model);
  const [title = '', ...lines] = headLines(plan, made, model, until);
  const head = `${dimLines([title])}\n<h1>${escapeHtml(pastSentence(plan))}</h1>\n${dimLines(lines)}`;
  return pageOf(made, plan, title, head);
}

/** Returns the plan, without its changes if the backtest compares with no other program. */
function shownAlone(made: Plan, model: Model): Shown {
  const plan = shownOf(made, model.project);
  return isCompared(plan) ? plan : { ...plan, changes: [] };
}

/** Returns the title, and all that bears on how far the numbers can be believed. */
function headLines(plan: Shown, made: Plan, model: Model, until: number | undefined): string[] {
  const { forecast } = plan.effects;
  return [
    backtestTitle(plan),
    periodLine(plan),
    ...behindWords(plan),
    ...assumptions(),
    ...(endsEarly(until, forecast.to) ? [endOfData(until, plan.project.timezone)] : []),
    ...(isPart(forecast.sample) ? sampleLines(forecast.sample, 10_000) : []),
    ...forecastLosses(forecast),
    ...waitingLines(made, model),
  ];
}

function backtestCommand(plan: Shown): string {
  const clock = clockFormat(plan.project.timezone);
  const { from, to } = plan.effects.forecast;
  const instant = (at: number) => clock(at).replace(' ', 'T');
  return commandLine(['crm', 'backtest', '--from', instant(from), '--to', instant(to), ...sideWords(plan)]);
}
