import pc from 'picocolors';
import type { SimulatedSample } from '../../engine/dry-run/sample/simulated.ts';
import type { PlannedRollout } from '../../engine/plan/rollouts.ts';
import type { Showcase } from '../../engine/report/showcase.ts';
import type { Summary } from '../../engine/report/summary.ts';
import { laterAll, t, translated } from '../../spec/words/t.ts';
import { isPart, renderEstimates, sampleLines } from './estimates.ts';
import { clockFormat, indent, many, moneyFormat, printable, type ViewOptions } from './format.ts';
import { rolloutWords } from './plan-rollouts.ts';
import { renderArms, renderDays, renderExits, renderReasons, renderSteps } from './simulation-tables.ts';
import { renderEnrolment } from './timeline.ts';
import { fold, hang } from './wrap.ts';

/** Renders the results of a simulation for a terminal: sums, tables, and the stories of a few customers. `drawn`: who was simulated, of all; `rollouts`: those that let in a part. */
export function renderSimulation(
  result: Summary,
  examples: Showcase[],
  view: ViewOptions,
  { drawn, rollouts = [] }: { drawn?: SimulatedSample | undefined; rollouts?: PlannedRollout[] } = {},
): string {
  const summary = printable(result);
  const showcases = printable(examples);
  const sample = printable(drawn);
  const { bold, dim } = pc.createColors(view.color);
  const { project, from, to, totals } = summary;
  const clock = clockFormat(project.timezone);
  const money = moneyFormat(project);
  const narrow = { ...view, width: view.width - 4 };
  const section = (title: string, lines: string[]) => (lines.length > 0 ? ['', bold(title), ...indent(lines)] : []);
  const period = t`Simulation of ${project.name}: ${clock(from)} to ${clock(to)} (${project.timezone})`;
  const lines = [
    ...hang('', period, view.width).map(bold),
    ...(sample ? sampleLines(sample, view.width) : []),
    ...(sample && isPart(sample)
      ? [
          ...section(t`Estimated for all customers`, renderEstimates(sample, project, view)),
          '',
          ...fold([t`All that follows counts only the customers in the sample.`], view.width),
        ]
      : []),
    ...hang('', totalsWords(totals, money), view.width),
    ...section(
      t`Rollouts`,
      rollouts.flatMap((one) => hang('', printable(rolloutWords(one, clock)), view.width - 2, 2)),
    ),
    ...section(t`By campaign, step and channel`, renderSteps(summary, view)),
    ...section(t`Sent by day`, renderDays(summary, view)),
    ...section(t`Campaigns and arms`, renderArms(summary, view)),
    ...section(t`Why customers left`, renderExits(summary, view)),
    ...section(t`Not sent, and why`, renderReasons(summary, view)),
    ...section(t`Everything accounted for`, fold(accounts(summary), view.width - 2)),
    ...section(
      t`How it went for some customers`,
      showcases.flatMap(({ shows, story }, i) => [
        ...(i > 0 ? [''] : []),
        ...hang(
          '',
          `${bold(t`Customer ${story.customer}`)} ${dim(t`${translated(titles[shows])}; times in ${story.zone.name}`)}`,
          view.width - 2,
        ),
        ...story.enrolments.flatMap((one) =>
          indent(renderEnrolment(one, { ...narrow, clock: clockFormat(story.zone.name, story.tick), money })),
        ),
      ]),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function totalsWords({ entered, sent, cost, refused, conversions, value }: Summary['totals'], money: Money): string {
  return t`${many(entered, 'entry', 'entries')}, ${many(sent, 'message')} sent for ${money(cost)}, ${refused} refused, ${many(conversions, 'goal')} reached worth ${money(value)}`;
}

type Money = ReturnType<typeof moneyFormat>;

/** Returns the last line of `--json`. */
export function summaryJson({ from, to, ...rest }: Summary): Record<string, unknown> {
  return { type: 'summary', format: 1, from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...rest };
}

const titles: Record<Showcase['shows'], string> = laterAll({
  bought: 'was written to, and bought',
  control: 'in the control group',
  fallback: 'one channel was not enough',
  refused: 'was sent nothing in this journey',
  completed: 'went the whole way',
});

function accounts({ reconciliation }: Summary): string[] {
  const { enrolments: e, messages: m, held } = reconciliation;
  const verdict = (balanced: boolean, sum: string) =>
    balanced ? sum : `${sum}   ${t`THIS DOES NOT ADD UP: please report it`}`;
  return [
    verdict(
      e.balanced,
      t`enrolments: ${e.inside} inside before + ${e.entered} entered = ${e.ended} ended + ${e.active} still inside`,
    ),
    verdict(
      m.balanced,
      t`messages: ${m.candidates} decided = ${m.sent} sent + ${m.failed} failed + ${m.unknown} in doubt + ${m.refused} refused + ${m.waiting} waiting`,
    ),
    ...(held > 0 ? [t`${held} more are held by quiet hours at the end`] : []),
  ];
}
