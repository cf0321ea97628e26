import type { Plan } from '../../engine/plan/plan.ts';
import type { Model } from '../../spec/model/model.ts';
import { t, translated } from '../../spec/words/t.ts';
import { planDrift } from './by-hand.ts';
import { isPart, sampleLines } from './estimates.ts';
import { clockFormat } from './format.ts';
import { escapeHtml, htmlList, htmlSentence } from './html.ts';
import { forecastLosses } from './losses.ts';
import {
  approvalLines,
  behindWords,
  forecastTitle,
  isPast,
  noticeLevels,
  partLines,
  planCounts,
  planTitle,
  startOf,
} from './plan.ts';
import { type Shown, shownOf } from './plan-forecast.ts';
import { dimLines, pageOf } from './plan-html-page.ts';
import { rolloutLines } from './plan-rollouts.ts';
import { effectSentence } from './plan-sentence.ts';
import { waitingLines } from './plan-waiting.ts';
import { wayPastNotice } from './way-past.ts';

/** Renders the whole plan as one page. */
export function planPage(made: Plan, model: Model): string {
  const plan = shownOf(made, model.project);
  return pageOf(made, plan, planTitle(plan), headPart(plan, made, model));
}

const approvalPart = (text: string) =>
  `<p class="notice guarded"><b>${escapeHtml(t`Needs approval`)}:</b> ${htmlSentence(text)}</p>`;

function headPart(plan: Shown, made: Plan, model: Model): string {
  const { forecast, drift } = plan.effects;
  const clock = clockFormat(plan.project.timezone);
  const changed = planDrift(drift, clock).map(
    ({ edited, title, lines }) =>
      `<div class="notice${edited ? ' guarded' : ''}"><b>${escapeHtml(title)}</b>${htmlList(lines)}</div>`,
  );
  const warnings = noticeLevels().flatMap(([level, title]) =>
    plan.notices
      .filter((notice) => notice.level === level)
      .map(
        (notice) =>
          `<p class="notice ${level}"><b>${escapeHtml(title)}:</b> ${htmlSentence(translated(notice.message))} ${htmlSentence(translated(notice.help))}${wayPastNotice(
            notice,
            plan,
          )
            .map((way) => ` <code>${escapeHtml(way)}</code>`)
            .join('')}</p>`,
      ),
  );
  const rollouts = rolloutLines(plan);
  const staged =
    rollouts.length > 0
      ? [`<div class="notice"><b>${escapeHtml(t`Rollouts and guardrails`)}</b>${htmlList(rollouts)}</div>`]
      : [];
  const lines = [
    `${planCounts(plan)}.`,
    ...partLines(plan),
    ...behindWords(plan),
    `${forecastTitle(plan)}.`,
    ...(isPast(plan) ? [t`These are not the coming days.`] : []),
    ...(isPart(forecast.sample) ? sampleLines(forecast.sample, 10_000) : []),
    ...forecastLosses(forecast),
    ...waitingLines(made, model),
  ];
  const origin = t`Made ${clock(plan.createdAt)}; plan ${plan.planHash}.`;
  return `<p class="dim">${escapeHtml(`${planTitle(plan)} (${startOf(plan)})`)}</p>
<h1>${escapeHtml(effectSentence(plan))}</h1>
${[...approvalLines(plan).map(approvalPart), ...changed, ...warnings, ...staged].join('\n')}
${dimLines([...lines, origin])}`;
}
