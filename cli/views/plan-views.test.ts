import { describe, expect, it } from 'vitest';
import { planDrift } from './by-hand.ts';
import { clockFormat } from './format.ts';
import { forecastLosses } from './losses.ts';
import { changesEverywhere, planned } from './plan.fixture.ts';
import { approvalLines, renderPlan } from './plan.ts';
import { movesLines, reachLines } from './plan-details.ts';
import { experimentLines } from './plan-experiments.ts';
import { shownOf } from './plan-forecast.ts';
import { planPage } from './plan-html.ts';
import { insideLines, returningLines } from './plan-inside.ts';
import { renderMarkdown } from './plan-markdown.ts';
import { rolloutLines } from './plan-rollouts.ts';

const made = { ...changesEverywhere(), approvals: { required: 2, approvers: ['ann', 'bob'] } };
const { model } = planned();
const plan = shownOf(made, model.project);

const bare = (text: string) => text.replaceAll(/<\/?code>|\\(?=[!-/:-@[-`{-~])|[`\s]|&\w+;|&#\d+;|["<>&]/g, '');
const views: [string, string][] = [
  ['terminal', renderPlan(made, { model }, { color: false, width: 120 })],
  ['Markdown', renderMarkdown(made, { model })],
  ['page', planPage(made, model)],
];

describe.each(views)('the plan in the view %s', (_, text) => {
  it.each([
    ['customers inside', insideLines(plan)],
    ['customers taken up again', returningLines(plan)],
    ['rollouts and guardrails', rolloutLines(plan)],
    ['moves between segments', movesLines(plan)],
    ['reach and peaks', reachLines(plan)],
    ['experiments', experimentLines(plan)],
    ['losses of the forecast', forecastLosses(plan.effects.forecast)],
    ['approvals', approvalLines(plan)],
    [
      'what was changed by hand',
      planDrift(plan.effects.drift, clockFormat(model.project.timezone)).flatMap(({ lines }) => lines),
    ],
  ])('has %s', (_part, lines) => {
    expect(lines).not.toEqual([]);
    for (const line of lines) expect(bare(text)).toContain(bare(line));
  });
});
