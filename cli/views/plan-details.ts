import type { Busiest, Moves, Peak } from '../../engine/plan/details.ts';
import type { Delta } from '../../engine/plan/effects.ts';
import { t } from '../../spec/words/t.ts';
import { estimateWords, isPart } from './estimates.ts';
import { clockFormat, count, many, type ViewOptions } from './format.ts';
import { namedTable } from './named-table.ts';
import { spoken } from './plan-change.ts';
import { sides } from './plan-estimates.ts';
import { periodOf, type Shown, stays } from './plan-forecast.ts';
import { words } from './plan-words.ts';
import type { Column } from './table.ts';
import { refusalWords } from './words.ts';

/** The most pairs of campaigns, and reasons, that are named. */
const mostNamed = 4;
/** The most steps that are shown. */
const mostSteps = 40;

/** Returns whom the messages reach, what is refused, and the busiest hours: a line each. */
export function reachLines(plan: Shown): string[] {
  const { recipients, several, overlaps } = plan.effects.forecast.details;
  if (!recipients.after && !recipients.before) return refusalLines(plan);
  const pairs = overlaps.greatest
    .slice(0, mostNamed)
    .map(({ campaigns: [one, other], ...delta }) => t`${one} and ${other} ${words(delta)}`);
  const more = overlaps.pairs - pairs.length;
  return [
    t`customers with messages: ${words(recipients)}; with messages of several campaigns: ${words(several)}`,
    ...(pairs.length > 0
      ? [t`in common: ${[...pairs, ...(more > 0 ? [many(more, 'more pair')] : [])].join('; ')}`]
      : []),
    ...refusalLines(plan),
    ...peakLines(plan),
  ];
}

/** Returns how many messages are not sent, the most frequent reasons first. */
function refusalLines({ effects }: Shown): string[] {
  const { details, sample } = effects.forecast;
  const reasons = [...Map.groupBy(details.refusals, ({ reason }) => reason)].map(([reason, list]) => ({
    reason,
    delta: added(list),
  }));
  if (reasons.length === 0) return [];
  const size = ({ before, after }: Delta) => Math.max(before ?? 0, after ?? 0);
  reasons.sort((a, b) => size(b.delta) - size(a.delta));
  const about = isPart(sample) ? '≈\u00a0' : '';
  const named = reasons
    .slice(0, mostNamed)
    .map(({ reason, delta }) => `${refusalWords(reason)}: ${about}${words(delta)}`);
  const rest = added(reasons.slice(mostNamed).map(({ delta }) => delta));
  return [
    t`messages not sent: ${[...named, ...(reasons.length > mostNamed ? [t`other reasons: ${about}${words(rest)}`] : [])].join('; ')}`,
  ];
}

/** The sum has no interval: those of its parts would not add up. */
function added(list: Delta[]): Delta {
  const total = (side: 'before' | 'after') =>
    list.some((one) => one[side] !== null) ? list.reduce((sum, one) => sum + (one[side] ?? 0), 0) : null;
  return { before: total('before'), after: total('after') };
}

/** Returns the busiest hour of each channel, and which has more than its rate lets leave. */
function peakLines({ effects, project }: Shown): string[] {
  const { details, sample } = effects.forecast;
  const about = isPart(sample) ? '≈\u00a0' : '';
  const clock = clockFormat(project.timezone);
  const told = ({ at, messages }: Busiest) => `${about}${count(messages)} (${clock(at)})`;
  const peaks = details.peaks.filter(({ after }) => after !== null);
  const line = ({ channel, before, after }: Peak) => {
    if (!after) return channel;
    if (!before || (before.at === after.at && before.messages === after.messages)) return `${channel} ${told(after)}`;
    if (before.at !== after.at) return `${channel} ${told(before)} → ${told(after)}`;
    return `${channel} ${about}${count(before.messages)} → ${told(after)}`;
  };
  const slow = peaks.flatMap(({ channel, rate, after }) =>
    rate !== undefined && after && after.messages > rate
      ? [
          t`! ${channel}: its rate lets ${count(rate)} messages leave in an hour, and the busiest hour has ${count(after.messages)}`,
        ]
      : [],
  );
  return [...(peaks.length > 0 ? [t`busiest hour: ${peaks.map(line).join('; ')}`] : []), ...slow];
}

/** Returns who enters and leaves segments and audiences that change, and which campaigns that reaches. */
export function movesLines({ effects, changes }: Shown): string[] {
  const reached = new Map(changes.map(({ address, usedBy }) => [address, usedBy]));
  const side = (one: Moves['enter']) => estimateWords(one);
  return effects.forecast.details.moves.map(({ address, enter, leave }) => {
    const campaigns = reached.get(address) ?? [];
    const what = t`${spoken(address)}: ${side(enter)} enter by the change, ${side(leave)} leave`;
    return campaigns.length > 0 ? t`${what}; it reaches ${campaigns.join(', ')}` : what;
  });
}

/** Returns the messages by step, of the steps of which the plan changes the numbers. */
export function renderSteps({ effects }: Shown, view: ViewOptions): string[] {
  const { details, sample } = effects.forecast;
  const news = details.steps.filter(({ day, week }) => week.before !== null && !(stays(day) && stays(week)));
  if (news.length === 0) return [];
  const right = (title: string): Column => ({ title, right: true });
  const names = [{ title: t`campaign` }, { title: t`step` }, { title: t`channel` }];
  const shown = news.slice(0, mostSteps);
  const rows = shown.map(({ campaign, step, channel, day, week }, i) => {
    // Where names are lines of their own, each has to say all.
    const again = !isPart(sample) && campaign === shown[i - 1]?.campaign;
    const cells = [again ? '' : campaign, step, channel];
    return [...cells, ...(isPart(sample) ? sides(week) : [words(day), words(week)])];
  });
  const figures = isPart(sample)
    ? [right(t`before`), right(t`after`), right(t`difference`)]
    : [right(t`24 hours`), right(periodOf(effects))];
  const rest = news.length - shown.length;
  return [
    ...namedTable(names, figures, rows, view.width - 2),
    ...(rest > 0 ? [t`… and ${many(rest, 'more step')}`] : []),
  ];
}
