import type { EnrolmentFigures } from '../../engine/metrics/figures.ts';
import type { Ran } from '../../engine/metrics/ran.ts';
import type { CampaignResults, Results } from '../../engine/metrics/results.ts';
import { t } from '../../spec/words/t.ts';
import { attributionContent } from './attribution.ts';
import { experimentContent, experimentTitle } from './experiments.ts';
import { clockFormat, count, duration } from './format.ts';
import { type Grid, gridOf, left, type Part, right } from './grid.ts';
import { holdoutContent } from './holdouts.ts';
import { allFigures, entryTable, isUntold, messageTable, troubleTable } from './results-tables.ts';
import { refusalWords } from './words.ts';

/** Returns all campaigns, a line each. */
export function overview({ campaigns, total, project, attribution, holdouts }: Results): Part[] {
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
  return filled([
    [t`Customers who entered`, entryTable([t`campaign`], entered, project)],
    [t`Messages`, total.messages.decided > 0 ? messageTable(names, sent, project) : []],
    [t`Messages that did not arrive or were not welcome`, troubleTable(names, sent)],
    [
      t`Goals shared out among the messages before them`,
      attribution.flatMap((one) => attributionContent(one, project)),
    ],
    ...holdouts.map((one): [string, Part['content']] => [
      t`What marketing brought, by the hold-out ${one.holdout}`,
      holdoutContent(one, project),
    ]),
  ]);
}

function filled(parts: [title: string, content: Part['content']][]): Part[] {
  return parts.flatMap(([title, content]) => (content.length > 0 ? [{ title, content }] : []));
}

/** Returns everything about one campaign. */
export function detail(
  { campaign, total, versions, arms, experiments, steps, channels, days }: CampaignResults,
  { project, attribution, simulated }: Results,
): Part[] {
  const { entries, messages } = allFigures(total, project);
  const entered = (title: string, list: { name: string; enrolments: EnrolmentFigures }[]) =>
    entryTable(
      [title],
      list.map(({ name, enrolments }) => ({ names: [name], figures: enrolments })),
      project,
    );
  const bySteps = steps.map(({ step, channel, messages: figures }) => ({ names: [step, channel], figures }));
  const sentOn = days.flatMap(({ day, messages: figures }) => (figures.decided > 0 ? [{ names: [day], figures }] : []));
  const byVersion = versions.length > 1 ? versions.map((each) => ({ ...each, name: versionName(each) })) : [];
  const byArm = arms.map((each) => ({ ...each, name: each.arm ?? t`not drawn yet` }));
  const byDay = days
    .filter((each) => each.enrolments.entered > 0)
    .map((each) => ({ ...each, name: each.openUntil === null ? each.day : t`${each.day} (open)` }));
  const several = experiments.some(({ version }) => version !== experiments[0]?.version);
  return filled([
    [t`Customers who entered`, entries],
    [t`Messages`, messages],
    [t`Customers who entered, by version`, entered(t`version`, byVersion)],
    [t`Customers who entered, by arm`, simulated ? armSizes(arms) : entered(t`arm`, byArm)],
    ...experiments.map((one): [string, Part['content']] => [
      experimentTitle(one, several),
      experimentContent(one, project),
    ]),
    [t`Messages by step and channel`, messageTable([t`step`, t`channel`], bySteps, project)],
    [t`Messages that did not arrive or were not welcome`, troubleTable([t`step`, t`channel`], bySteps)],
    [t`Customers who entered, by day`, entered(t`day`, byDay)],
    [t`Messages by day`, messageTable([t`day`], sentOn, project)],
    [t`Not sent, and why`, reasons(channels)],
    [
      t`Goals shared out among the messages before them`,
      attribution
        .filter(({ credits }) => credits.some((credit) => credit.campaign === campaign))
        .flatMap((one) => attributionContent(one, project, campaign)),
    ],
  ]);
}

/** Returns how many entered each arm. In a simulation nothing tells which is better, so nothing is shown that looks like it. */
function armSizes(arms: CampaignResults['arms']): Grid[] {
  const rows = arms.map(({ arm, enrolments }) => [arm ?? t`not drawn yet`, count(enrolments.entered)]);
  return gridOf([left(t`arm`), right(t`entered`)], rows);
}

function reasons(channels: CampaignResults['channels']): Grid[] {
  const rows = channels.flatMap(({ channel, messages }) =>
    Object.entries(messages.reasons).map(([reason, n], i) => [
      i === 0 ? channel : '',
      reason,
      count(n),
      refusalWords(reason, { channel }),
    ]),
  );
  return gridOf([left(t`channel`), left(t`reason`), right(t`messages`), left(t`which means`)], rows);
}

function nameOf({ campaign, removed }: CampaignResults): string {
  return removed ? t`${campaign} (removed)` : campaign;
}

function versionName({ version, current }: CampaignResults['versions'][number]): string {
  return current ? t`${version} (applied now)` : version;
}

const told = ['delivered', 'opened', 'clicked'] as const;

/** Returns the notes that a reader needs to understand the figures. */
export function notes({ campaigns, total, project }: Results, one: boolean): string[] {
  const clock = clockFormat(project.timezone);
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
      : campaigns.some((one) => one.channels.some(({ messages }) => told.some((name) => isUntold(messages, name))))
        ? [t`A – stands where no feedback of that kind has ever come by the channel: nobody knows.`]
        : []),
  ];
}

/** Returns the title of the results, with their period. `one`: the name of the campaign, where only one was asked for. */
export function headWords(
  { project, from, to, asOf, simulated }: Results,
  one: string | undefined,
): { title: string; until: string } {
  const clock = clockFormat(project.timezone);
  if (simulated)
    return {
      title: t`Simulated results of ${one ?? project.name}: ${clock(from)} to ${clock(to)} (${project.timezone})`,
      until: t`Nothing of this has happened. Goals are those of the data files, whatever a customer was sent: they show no effect of a campaign, and no arm is better by them.`,
    };
  return {
    title: t`Results of ${one ?? project.name}: ${clock(from)} to ${clock(to)} (${project.timezone})`,
    until: asOf === undefined ? t`The store has never ticked.` : t`What is known until the tick of ${clock(asOf)}.`,
  };
}

/** Returns why there are no results. */
export function nothingWords({ project, from, to }: Results, ran: Ran[]): string[] {
  const clock = clockFormat(project.timezone);
  const last = Math.max(...ran.map((one) => one.last ?? 0));
  if (last === 0) return [t`Nobody has entered yet.`];
  return [
    t`Nobody entered in this time, and no message was decided.`,
    last < from
      ? t`The last time was ${clock(last)}: choose an earlier --from.`
      : t`The last time was ${clock(last)}: choose a later --to.`,
  ].slice(0, last < from || last >= to ? 2 : 1);
}
