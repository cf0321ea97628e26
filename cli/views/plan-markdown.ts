import type { Plan } from '../../engine/plan/plan.ts';
import { t, translated } from '../../spec/words/t.ts';
import { planDrift } from './by-hand.ts';
import { isPart, sampleLines } from './estimates.ts';
import { clockFormat, many } from './format.ts';
import { forecastLosses } from './losses.ts';
import { code, line } from './markdown.ts';
import {
  approvalLines,
  behindWords,
  isPast,
  noticeLevels,
  type Planned,
  partLines,
  planCounts,
  planTitle,
  startOf,
} from './plan.ts';
import { type Shown, shownOf } from './plan-forecast.ts';
import { markdownPage } from './plan-markdown-page.ts';
import { rolloutLines } from './plan-rollouts.ts';
import { effectSentence } from './plan-sentence.ts';
import { isBlocked, wayPastNotice } from './way-past.ts';

/** The longest comment that GitHub and GitLab both take, in characters, with room for what others add. */
export const COMMENT = 60_000;

/** The number of warnings that are shown, the worst first: the head is never cut, and must leave room. */
const NOTICES = 20;

/**
 * A plan for a pull request, in Markdown of at most `budget` characters. The head says the effect in one sentence, then what is blocked
 * or cannot be undone; the tail names the commands that execute it.
 */
export function renderMarkdown(made: Plan, { model }: Planned, budget = COMMENT): string {
  const plan = shownOf(made, model.project);
  return markdownPage(made, plan, { head: headOf(plan), tail: tailOf(plan), command: planCommand(plan) }, budget);
}

/** The call that makes this plan again. */
function planCommand(plan: Shown): string {
  return commandLine(['crm', 'plan', ...sideWords(plan)]);
}

/** Returns the options of a call that compares the same files in the same environment. */
export function sideWords({ against, environment }: Pick<Shown, 'against' | 'environment'>): string[] {
  return [...(against ? ['--base', against.name] : []), ...envWords(environment)];
}

/** Returns a call as it is typed. */
export function commandLine(words: string[]): string {
  return words.map(word).join(' ');
}

function envWords(environment: string | undefined): string[] {
  return environment === undefined ? [] : ['--env', environment];
}

/** Returns a word as a shell reads it. */
function word(text: string): string {
  return /^[\w./@~^:=+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function headOf(plan: Shown): string {
  const { effects, notices, project } = plan;
  const { forecast } = effects;
  const clock = clockFormat(project.timezone);
  const period =
    forecast.basis === 'store'
      ? t`Forecast from ${clock(forecast.from)} to ${clock(forecast.to)} (${project.timezone}), on from the present state.`
      : t`Forecast from ${clock(forecast.from)} to ${clock(forecast.to)} (${project.timezone}), from the data files alone.`;
  const losses = forecastLosses(forecast);
  const rollouts = rolloutLines(plan);
  const all = noticeLevels().flatMap(([level, title]) =>
    notices
      .filter((notice) => notice.level === level)
      .map((notice) =>
        [
          `> **${title}:** ${line(translated(notice.message))} ${line(translated(notice.help))}`,
          ...wayPastNotice(notice, plan).map(code),
        ].join(' '),
      ),
  );
  const more = all.length - NOTICES;
  const warnings = [
    ...all.slice(0, NOTICES),
    ...(more > 0 ? [`> ${t`${many(more, 'warning')} more: ${code(planCommand(plan))} shows them.`}`] : []),
  ];
  return [
    `**${line(effectSentence(plan))}**`,
    line(`${planTitle(plan)} (${startOf(plan)}). ${planCounts(plan)}.`),
    ...[...partLines(plan), ...behindWords(plan)].map(line),
    line(isPast(plan) ? `${period} ${t`These are not the coming days.`}` : period),
    ...(forecast.sample && isPart(forecast.sample) ? [sampleLines(forecast.sample, 10_000).map(line).join(' ')] : []),
    ...(losses.length > 0 ? [losses.map((one) => `- ${line(one)}`).join('\n')] : []),
    ...approvalLines(plan).map((one) => `> **${t`Needs approval`}:** ${line(one)}`),
    ...planDrift(effects.drift, clock).map(({ title, lines }) =>
      [`> **${title}**`, '>', ...lines.map((one) => `> - ${line(one)}`)].join('\n'),
    ),
    ...(warnings.length > 0 ? [warnings.join('\n>\n')] : []),
    ...(rollouts.length > 0
      ? [[`**${t`Rollouts and guardrails`}**`, '', ...rollouts.map((one) => `- ${line(one)}`)].join('\n')]
      : []),
  ].join('\n\n');
}

/** The last line: the commands that execute the plan. */
function tailOf(plan: Shown): string {
  const { changes, approvals, against, environment } = plan;
  if (changes.length === 0) return t`Nothing to change.`;
  if (isBlocked(plan)) return t`An apply refuses what is blocked.`;
  const flags = plan.allow.flatMap((one) => ['--allow', one]);
  const call = (words: string[]) => code(commandLine(['crm', ...words, ...envWords(environment)]));
  if (approvals)
    return t`To apply it: ${call(['plan', '--out', 'plan.json'])}, then ${call(['approve', 'plan.json'])} by an approver, then ${call(['apply', 'plan.json', ...flags])}.`;
  return against
    ? t`Once merged: ${call(['plan', '--out', 'plan.json'])}, then ${call(['apply', 'plan.json', ...flags])}.`
    : t`To apply it: ${call(['apply', ...flags])}.`;
}
