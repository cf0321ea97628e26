import pc from 'picocolors';
import type { Change } from '../../engine/plan/change.ts';
import type { Notice } from '../../engine/plan/notices.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import type { Model } from '../../spec/model/model.ts';
import { t, translated } from '../../spec/words/t.ts';
import { planDrift } from './by-hand.ts';
import { isPart, sampleLines } from './estimates.ts';
import { clockFormat, indent, many, type ViewOptions } from './format.ts';
import { forecastLosses } from './losses.ts';
import { renderChanges } from './plan-change.ts';
import { movesLines, reachLines, renderSteps } from './plan-details.ts';
import { renderEstimatedAudience, renderEstimatedSends } from './plan-estimates.ts';
import { experimentLines } from './plan-experiments.ts';
import { renderAudience, renderSends, type Shown, shownOf } from './plan-forecast.ts';
import { insideLines, returningLines } from './plan-inside.ts';
import { messageLines } from './plan-messages.ts';
import { rolloutLines } from './plan-rollouts.ts';
import { waitingLines } from './plan-waiting.ts';
import { type Judged, wayPast, wayPastNotice } from './way-past.ts';
import { fold, hang } from './wrap.ts';

/** The project that a plan would apply. */
export interface Planned {
  model: Model;
}

/** A plan for a terminal: first the warnings, then the messages to customers, then the changes; the counts are last. */
export function renderPlan(made: Plan, { model }: Planned, view: ViewOptions): string {
  const plan = shownOf(made, model.project);
  const { bold, dim } = pc.createColors(view.color);
  const { project, changes, effects } = plan;
  const { width } = view;
  const { sample } = effects.forecast;
  const clock = clockFormat(project.timezone);
  const section = (title: string, lines: string[]) =>
    lines.length > 0 ? [...hang('', title, width).map(bold), ...indent(lines), ''] : [];
  const listed = (title: string, lines: string[]) => section(title, fold(lines, width - 2));
  const drift = planDrift(effects.drift, clock);
  const lines = [
    `${bold(planTitle(plan))} ${dim(`(${startOf(plan)})`)}`,
    ...fold([...partLines(plan), ...behindWords(plan)], width),
    ...(isPast(plan)
      ? fold(
          [
            plan.against
              ? t`The forecast is of the days from \`simulation.from\` on, not of the coming ones: it uses the data files only.`
              : t`The forecast is of the days from \`simulation.from\` on, not of the coming ones: nothing has run yet.`,
          ],
          width,
        )
      : []),
    ...(sample ? sampleLines(sample, width) : []),
    '',
    ...section(t`Needs approval`, fold(approvalLines(plan), width - 2)),
    ...drift.filter(({ edited }) => edited).flatMap((one) => listed(one.title, one.lines)),
    ...notices(plan, view),
    ...listed(t`Customers taken up again`, returningLines(plan)),
    ...drift.filter(({ edited }) => !edited).flatMap((one) => listed(one.title, one.lines)),
    ...listed(t`Rollouts and guardrails`, rolloutLines(plan)),
    ...section(forecastTitle(plan), [
      ...(isPart(sample) ? renderEstimatedSends(plan, view) : renderSends(plan, view)),
      ...fold(reachLines(plan), width - 2),
      ...fold(waitingLines(made, model), width - 2),
      ...fold(forecastLosses(effects.forecast), width - 2),
    ]),
    ...section(t`Messages by step, where they change`, renderSteps(plan, view)),
    ...listed(t`Messages that change`, messageLines(plan)),
    ...listed(t`Experiments`, experimentLines(plan)),
    ...listed(t`Customers inside now`, insideLines(plan)),
    ...section(t`Changes`, [
      ...(changes.some(({ note }) => note === 'no-document')
        ? fold(
            [t`What runs was applied by an earlier version, which kept no text: what changes is only named.`],
            width - 2,
          )
        : []),
      ...renderChanges(changes, view),
    ]),
    ...section(t`Audience`, [
      ...(isPart(sample) ? renderEstimatedAudience(plan, view) : renderAudience(plan, view)),
      ...fold(movesLines(plan), width - 2),
    ]),
    ...(changes.length === 0
      ? [
          plan.against
            ? t`Nothing to change: both do the same.`
            : t`Nothing to change: what is applied does what the files say.`,
          '',
        ]
      : []),
    ...hang('', planCounts(plan), width, 2).map(bold),
  ];
  return `${lines.join('\n')}\n`;
}

/** `Plan for shop`, and for which environment. */
export function planTitle({ project: { name }, environment }: Shown): string {
  return environment === undefined ? t`Plan for ${name}` : t`Plan for ${name}, environment ${environment}`;
}

/** Returns what the plan starts from. */
export function startOf({ base, against }: Shown): string {
  if (against?.kind === 'folder') return t`against the files in ${against.name}`;
  if (against) {
    const { name, commit, empty } = against;
    const short = commit.slice(0, 8);
    const which = commit.startsWith(name) ? t`against commit ${short}` : t`against ${name}, commit ${short}`;
    return empty ? t`${which}, which has no project here` : which;
  }
  return base ? t`against deployment ${String(base.serial)}` : t`nothing is applied yet`;
}

/** Returns a warning where the base has commits that the files lack, whose changes the plan shows the other way round. */
export function behindWords({ against }: Pick<Shown, 'against'>): string[] {
  if (against?.kind !== 'commit' || against.ahead === undefined) return [];
  const { name, ahead } = against;
  return [
    t`${name} has ${many(ahead, 'commit')} more than these files: what they add seems removed here. Compare with the common ancestor: --base ${name}...`,
  ];
}

/** Returns what a plan of some changes alone leaves out. */
export function partLines({ part }: Pick<Shown, 'part'>): string[] {
  if (!part) return [];
  const { targets, with: needed, without } = part;
  const names = (addresses: string[]) =>
    addresses.length > NAMED
      ? t`${addresses.slice(0, NAMED).join(', ')} and ${String(addresses.length - NAMED)} more`
      : addresses.join(', ');
  return [
    t`This is a part of the changes (--target): ${names(targets)}.`,
    ...(needed.length > 0 ? [t`What that needs comes along: ${names(needed)}.`] : []),
    ...(without.length > 0 ? [t`Left out, and stays as it is applied: ${names(without)}.`] : []),
  ];
}

/** The most addresses named in a sentence. */
const NAMED = 20;

/** Returns who must approve the plan before it is applied. */
export function approvalLines({ approvals }: Pick<Shown, 'approvals'>): string[] {
  if (!approvals) return [];
  const { required, approvers } = approvals;
  return [
    t`An apply wants ${many(required, 'approval')} by ${approvers.join(', ')}, and not by an author of the change: \`crm approve plan.json\`.`,
  ];
}

/** Returns true if the forecast does not begin about when the plan was made. */
export function isPast({ effects, createdAt }: Pick<Shown, 'effects' | 'createdAt'>): boolean {
  return effects.forecast.basis === 'sources' && Math.abs(effects.forecast.from - createdAt) > DAY;
}

const DAY = 86_400_000;

/** `Plan: 1 to add, 0 to change, 0 to remove` */
export function planCounts(plan: Judged): string {
  const { changes } = plan;
  const of = (action: Change['action']) => changes.filter((change) => change.action === action).length;
  const counts = t`Plan: ${of('create')} to add, ${of('change')} to change, ${of('remove')} to remove`;
  const breaking = changes.filter((change) => change.class === 'breaking');
  if (breaking.length === 0) return counts;
  const ways = new Set(breaking.flatMap(({ address }) => wayPast(address, plan) ?? []));
  return ways.size > 0
    ? t`${counts} · ${breaking.length} breaking (allow with ${[...ways].join(' ')})`
    : t`${counts} · ${breaking.length} breaking`;
}

function notices(plan: Shown, view: ViewOptions): string[] {
  const colors = pc.createColors(view.color);
  return noticeLevels().flatMap(([level, title]) => {
    const mine = plan.notices.filter((notice) => notice.level === level);
    const lines = mine.flatMap((notice) => [
      ...hang('! ', translated(notice.message), view.width - 2),
      ...hang(`  ${colors.green(t`help:`)} `, translated(notice.help), view.width - 2, 4),
      ...wayPastNotice(notice, plan).map((way) => `  ${colors.green(t`allow:`)} ${way}`),
    ]);
    const paint = ['blocked', 'guarded', 'breaking'].includes(level) ? colors.red : colors.yellow;
    return mine.length > 0 ? [colors.bold(paint(title)), ...indent(lines), ''] : [];
  });
}

/** Returns the levels of warnings with their titles, the worst first. */
export function noticeLevels(): [Notice['level'], string][] {
  return [
    ['blocked', t`Blocked`],
    ['guarded', t`Refused unless allowed`],
    ['breaking', t`Breaking`],
    ['lacking', t`Cannot send from here`],
    ['destructive', t`Cannot be undone`],
    ['reversible', t`Can be undone for a time`],
    ['doubtful', t`Hardly meant`],
  ];
}

/** Returns the days of the forecast, and what it starts from. */
export function forecastTitle({ effects, project }: Shown): string {
  const { basis } = effects.forecast;
  const clock = clockFormat(project.timezone);
  const [from, to] = [clock(effects.forecast.from), clock(effects.forecast.to)];
  return basis === 'store'
    ? t`Messages from ${from} to ${to} (${project.timezone}), simulated on from the present state`
    : t`Messages from ${from} to ${to} (${project.timezone}), simulated on the project's data files`;
}
