import pc from 'picocolors';
import type { Change } from '../../engine/plan/change.ts';
import type { InFlight, Returning } from '../../engine/plan/effects.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { printDuration } from '../../spec/expression/durations.ts';
import type { Origins } from '../../spec/model/model.ts';
import { clockFormat, indent, many, printable, type ViewOptions } from './format.ts';
import { lossLines } from './losses.ts';
import { pausedWords } from './pause.ts';
import { originOf, renderChange } from './plan-change.ts';
import { renderAudience, renderSends, type Shown } from './plan-forecast.ts';

/** A plan for a terminal: first what may hurt, then what customers get, then the changes; the counts come last. */
export function renderPlan(made: Plan, origins: Origins, view: ViewOptions): string {
  const { program, ...rest } = made;
  const plan: Shown = { ...printable(rest), project: printable(program.project) };
  const { bold, dim } = pc.createColors(view.color);
  const { project, base, changes } = plan;
  const against = base ? `against deployment ${base.serial}` : 'nothing is applied yet';
  const heading = (title: string, lines: string[]) => (lines.length > 0 ? [bold(title), ...indent(lines), ''] : []);
  const lines = [
    `${bold(`Plan for ${project.name}`)} ${dim(`(${against})`)}`,
    '',
    ...notices(plan, view),
    ...heading(
      'Customers taken up again',
      plan.effects.returning.map((one) => returns(one, plan)),
    ),
    ...heading(
      'Paused, and stays so',
      plan.effects.paused.map((one) => pausedWords(one, clockFormat(project.timezone))),
    ),
    ...heading(forecastTitle(plan), [...renderSends(plan, view), ...lossLines(plan.effects.forecast.losses)]),
    ...heading(
      'Customers inside now',
      plan.effects.inFlight.map((one) => inside(one, changes)),
    ),
    ...heading(
      'Changes',
      changes.flatMap((change) => renderChange(change, origins, view)),
    ),
    ...heading('Audience', renderAudience(plan, view)),
    ...(changes.length === 0 ? ['Nothing to change: what is applied is what the files say.', ''] : []),
    bold(planCounts(changes)),
  ];
  return `${lines.join('\n')}\n`;
}

/** `Plan: 1 to add, 0 to change, 0 to remove` */
export function planCounts(changes: Change[]): string {
  const of = (action: Change['action']) => changes.filter((change) => change.action === action).length;
  return `Plan: ${of('create')} to add, ${of('change')} to change, ${of('remove')} to remove`;
}

/** One value, versioned; instants are ISO 8601. The program itself is in the plan file only. */
export function planJson(plan: Plan, origins: Origins): Record<string, unknown> {
  const { forecast, inFlight, returning, paused } = plan.effects;
  const iso = (at: number) => new Date(at).toISOString();
  const of = (action: Change['action']) => plan.changes.filter((change) => change.action === action).length;
  return {
    format: 1,
    type: 'plan',
    planHash: plan.planHash,
    programHash: plan.programHash,
    base: plan.base,
    ...(plan.gitCommit !== undefined && { gitCommit: plan.gitCommit }),
    tz: plan.tz,
    createdAt: iso(plan.createdAt),
    expiresAt: iso(plan.expiresAt),
    summary: { add: of('create'), change: of('change'), remove: of('remove') },
    notices: plan.notices,
    forecast: { ...forecast, from: iso(forecast.from), day: iso(forecast.day), to: iso(forecast.to) },
    inFlight,
    returning: returning.map((one) => ({ ...one, until: iso(one.until) })),
    paused: paused.map((one) => ({ ...one, since: iso(one.since) })),
    changes: plan.changes.map((change) => {
      const origin = originOf(change, origins);
      const at = origin && { file: origin.file, line: origin.start.line, column: origin.start.column };
      return { ...change, ...(at && { origin: at }) };
    }),
  };
}

function notices({ notices }: Shown, view: ViewOptions): string[] {
  const colors = pc.createColors(view.color);
  const titles = {
    blocked: colors.red('Blocked'),
    destructive: colors.yellow('Cannot be undone'),
    reversible: colors.yellow('Can be undone for a time'),
  };
  return (['blocked', 'destructive', 'reversible'] as const).flatMap((level) => {
    const mine = notices.filter((notice) => notice.level === level);
    const lines = mine.flatMap(({ message, help }) => [`! ${message}`, `  ${colors.green('help:')} ${help}`]);
    return mine.length > 0 ? [colors.bold(titles[level]), ...indent(lines), ''] : [];
  });
}

function forecastTitle({ effects, project }: Shown): string {
  const { basis, grid, from, to } = effects.forecast;
  const clock = clockFormat(project.timezone);
  const on = basis === 'store' ? 'simulated on from the present state' : "simulated on the project's data files";
  return `Messages from ${clock(from)} to ${clock(to)} (${project.timezone}), ${on}, by steps of ${printDuration(grid)}`;
}

function returns({ campaign, customers, messages, until }: Returning, { createdAt, project }: Shown): string {
  const time = clockFormat(project.timezone)(until);
  const who = `${campaign}: ${many(customers, 'customer')}`;
  if (until <= createdAt)
    return `${who} ${customers === 1 ? 'stays' : 'stay'} out; the time to take them up ended ${time}`;
  return `${who} where they stood, and ${many(messages, 'message')}; possible until ${time}`;
}

function inside({ campaign, version, active, waiting }: InFlight, changes: Change[]): string {
  const action = changes.find(
    (change) => change.address === `campaign.${campaign}` && change.after !== version,
  )?.action;
  const who = `${campaign} ${version}: ${many(active, 'customer')}${waiting > 0 ? `, ${many(waiting, 'message')} waiting` : ''}`;
  if (action === 'remove') return `${who}; they leave at once`;
  if (action === 'change') return `${who}; they finish on this version`;
  return `${who}; nothing changes for them`;
}
