import pc from 'picocolors';
import type { EnrolmentFigures } from '../../engine/metrics/figures.ts';
import type { Ran } from '../../engine/metrics/ran.ts';
import type { CampaignResults, Results } from '../../engine/metrics/results.ts';
import { t } from '../../spec/words/t.ts';
import { attributionLines } from './attribution.ts';
import { experimentLines, experimentTitle } from './experiments.ts';
import { clockFormat, duration, indent, printable, type ViewOptions } from './format.ts';
import { allFigures, entryTable, messageTable, troubleTable } from './results-tables.ts';
import { renderReasons } from './simulation-tables.ts';
import { fold, hang } from './wrap.ts';

/** Renders results for a terminal. `ran`: the campaigns that were asked for; `one`: it is a single one, which is shown in full. */
export function renderResults(results: Results, ran: Ran[], one: boolean, view: ViewOptions): string {
  const found = printable(results);
  const { bold } = pc.createColors(view.color);
  const { project, from, to, campaigns, asOf } = found;
  const clock = clockFormat(project.timezone);
  const [only] = campaigns;
  const section = (title: string, lines: string[]) => (lines.length > 0 ? ['', bold(title), ...indent(lines)] : []);
  const title = one
    ? t`Results of ${ran[0]?.name ?? ''}: ${clock(from)} to ${clock(to)} (${project.timezone})`
    : t`Results of ${project.name}: ${clock(from)} to ${clock(to)} (${project.timezone})`;
  const lines = [
    ...hang('', title, view.width).map(bold),
    ...fold(
      [asOf === undefined ? t`The store has never ticked.` : t`What is known until the tick of ${clock(asOf)}.`],
      view.width,
    ),
    ...(only
      ? (one ? detail(only, found, view) : overview(found, view)).flatMap(([name, table]) => section(name, table))
      : ['', ...fold(nothing(ran, from, to, clock), view.width)]),
    ...(only ? ['', ...fold(notes(found, one, clock), view.width)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

type Section = [title: string, lines: string[]];

function overview({ campaigns, total, project, attribution }: Results, view: ViewOptions): Section[] {
  const width = view.width - 2;
  const all = campaigns.length > 1;
  const entered = campaigns.map((one) => ({ names: [nameOf(one)], figures: one.total.enrolments }));
  const sent = campaigns.flatMap((one) =>
    one.channels.map(({ channel, messages }, i) => ({
      names: [i === 0 ? nameOf(one) : '', channel],
      figures: messages,
    })),
  );
  if (all) {
    entered.push({ names: [t`all`], figures: total.enrolments });
    sent.push({ names: [t`all`, ''], figures: total.messages });
  }
  const names = [t`campaign`, t`channel`];
  return [
    [t`Customers who entered`, entryTable([t`campaign`], entered, project, width)],
    [t`Messages`, total.messages.decided > 0 ? messageTable(names, sent, project, width) : []],
    [t`Messages that did not arrive or were not welcome`, troubleTable(names, sent, width)],
    [
      t`Goals shared out among the messages before them`,
      attribution.flatMap((one) => attributionLines(one, project, width)),
    ],
  ];
}

function detail(
  { campaign, total, versions, arms, experiments, steps, days, rows }: CampaignResults,
  { project, attribution }: Results,
  view: ViewOptions,
): Section[] {
  const width = view.width - 2;
  const { entries, messages } = allFigures(total, project, width);
  const entered = (title: string, list: { name: string; enrolments: EnrolmentFigures }[]) =>
    entryTable(
      [title],
      list.map(({ name, enrolments }) => ({ names: [name], figures: enrolments })),
      project,
      width,
    );
  const bySteps = steps.map(({ step, channel, messages: figures }) => ({ names: [step, channel], figures }));
  const sentOn = days.flatMap(({ day, messages: figures }) => (figures.decided > 0 ? [{ names: [day], figures }] : []));
  return [
    [t`Customers who entered`, entries],
    [t`Messages`, total.messages.decided > 0 ? messages : []],
    [
      t`Customers who entered, by version`,
      entered(t`version`, versions.length > 1 ? versions.map((each) => ({ ...each, name: versionName(each) })) : []),
    ],
    [
      t`Customers who entered, by arm`,
      entered(
        t`arm`,
        arms.map((each) => ({ ...each, name: each.arm ?? t`not drawn yet` })),
      ),
    ],
    ...experiments.map(
      (one): Section => [
        experimentTitle(
          one,
          experiments.some((other) => other.version !== one.version),
        ),
        experimentLines(one, project, width),
      ],
    ),
    [t`Messages by step and channel`, messageTable([t`step`, t`channel`], bySteps, project, width)],
    [t`Messages that did not arrive or were not welcome`, troubleTable([t`step`, t`channel`], bySteps, width)],
    [
      t`Customers who entered, by day`,
      entered(
        t`day`,
        days
          .filter((each) => each.enrolments.entered > 0)
          .map((each) => ({ ...each, name: each.openUntil === null ? each.day : t`${each.day} (open)` })),
      ),
    ],
    [t`Messages by day`, messageTable([t`day`], sentOn, project, width)],
    [t`Not sent, and why`, renderReasons({ rows: rows.messages }, view)],
    [
      t`Goals shared out among the messages before them`,
      attribution
        .filter(({ credits }) => credits.some((credit) => credit.campaign === campaign))
        .flatMap((one) => attributionLines(one, project, width, campaign)),
    ],
  ];
}

function nameOf({ campaign, removed }: CampaignResults): string {
  return removed ? t`${campaign} (removed)` : campaign;
}

function versionName({ version, current }: CampaignResults['versions'][number]): string {
  return current ? t`${version} (applied now)` : version;
}

/** What a reader must know to understand the figures. */
function notes({ campaigns, total }: Results, one: boolean, clock: (at: number) => string): string[] {
  const experiments = one ? campaigns.flatMap((each) => each.experiments) : [];
  const open = Math.max(...campaigns.flatMap((one) => one.days.map(({ openUntil }) => openUntil ?? 0)));
  const first = campaigns
    .flatMap((one) => one.days.flatMap(({ day, openUntil }) => (openUntil === null ? [] : [day])))
    .sort()
    .at(0);
  const goals = campaigns.flatMap(({ goalWithin }) => (goalWithin === null ? [] : [goalWithin]));
  const { delivered, bounced, complained, unsubscribed, sent } = total.messages;
  return [
    ...(first === undefined
      ? []
      : [
          t`Days from ${first} on are open: customers who entered on them can still reach the goal, the last until ${clock(open)}.`,
        ]),
    ...(goals.length === 0 ? [t`Without a goal, nothing is counted as reached.`] : []),
    ...(goals.length === 1 && campaigns.length === 1
      ? [t`A goal counts within ${duration(goals[0] ?? 0)} of the entry, on the day of the entry.`]
      : []),
    ...(experiments.length > 0
      ? [
          t`Arms are compared from the first customer of the version on, with intervals that hold however often one looks.`,
        ]
      : []),
    ...(sent > 0 && delivered + bounced + complained + unsubscribed === 0
      ? [t`No feedback was read about these messages: nobody knows what was delivered or opened.`]
      : []),
  ];
}

function nothing(ran: Ran[], from: number, to: number, clock: (at: number) => string): string[] {
  const last = Math.max(...ran.map((one) => one.last ?? 0));
  if (last === 0) return [t`Nobody has entered yet.`];
  return [
    t`Nobody entered in this time, and no message was decided.`,
    last < from
      ? t`The last time was ${clock(last)}: choose an earlier --from.`
      : t`The last time was ${clock(last)}: choose a later --to.`,
  ].slice(0, last < from || last >= to ? 2 : 1);
}
