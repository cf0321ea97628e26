import pc from 'picocolors';
import type { Showcase } from '../../engine/report/showcase.ts';
import type { Summary } from '../../engine/report/summary.ts';
import { clockFormat, count, indent, many, moneyFormat, printable, type ViewOptions } from './format.ts';
import { renderArms, renderDays, renderExits, renderReasons, renderSteps } from './simulation-tables.ts';
import { renderEnrolment } from './timeline.ts';

/** Returns the results of a simulation for a terminal: sums, tables, and the stories of a few customers. */
export function renderSimulation(result: Summary, examples: Showcase[], view: ViewOptions): string {
  const summary = printable(result);
  const showcases = printable(examples);
  const { bold, dim } = pc.createColors(view.color);
  const { project, from, to, totals } = summary;
  const clock = clockFormat(project.timezone);
  const money = moneyFormat(project);
  const narrow = { ...view, width: view.width - 4 };
  const section = (title: string, lines: string[]) => (lines.length > 0 ? ['', bold(title), ...indent(lines)] : []);
  const lines = [
    bold(`Simulation of ${project.name}: ${clock(from)} to ${clock(to)} (${project.timezone})`),
    `${many(totals.entered, 'entry', 'entries')}, ${many(totals.sent, 'message')} sent for ${money(totals.cost)}, ${count(totals.refused)} refused, ${many(totals.conversions, 'goal')} reached worth ${money(totals.value)}`,
    ...section('By campaign, step and channel', renderSteps(summary, view)),
    ...section('Sent by day', renderDays(summary, view)),
    ...section('Campaigns and arms', renderArms(summary, view)),
    ...section('Why customers left', renderExits(summary, view)),
    ...section('Not sent, and why', renderReasons(summary, view)),
    ...section('Everything accounted for', accounts(summary)),
    ...section(
      'How it went for some customers',
      showcases.flatMap(({ shows, story }, i) => [
        ...(i > 0 ? [''] : []),
        `${bold(`Customer ${story.customer}`)} ${dim(`${titles[shows]}; times in ${story.zone.name}`)}`,
        ...story.enrolments.flatMap((one) =>
          indent(renderEnrolment(one, { ...narrow, clock: clockFormat(story.zone.name, story.tick), money })),
        ),
      ]),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** The last line of `--json`. */
export function summaryJson({ from, to, ...rest }: Summary): Record<string, unknown> {
  return { type: 'summary', format: 1, from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...rest };
}

const titles: Record<Showcase['shows'], string> = {
  bought: 'was written to, and bought',
  control: 'in the control group',
  fallback: 'one channel was not enough',
  refused: 'may not be written to',
  completed: 'went the whole way',
};

function accounts({ reconciliation }: Summary): string[] {
  const { enrolments: e, messages: m, held } = reconciliation;
  const verdict = (balanced: boolean) => (balanced ? '' : '   THIS DOES NOT ADD UP: please report it');
  return [
    `enrolments: ${count(e.inside)} inside before + ${count(e.entered)} entered = ${count(e.ended)} ended + ${count(e.active)} still inside${verdict(e.balanced)}`,
    `messages: ${count(m.candidates)} decided = ${count(m.sent)} sent + ${count(m.failed)} failed + ${count(m.unknown)} unknown + ${count(m.refused)} refused + ${count(m.waiting)} waiting${verdict(m.balanced)}`,
    ...(held > 0 ? [`${count(held)} more are held by quiet hours at the end`] : []),
  ];
}
