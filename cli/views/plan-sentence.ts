import type { Delta } from '../../engine/plan/effects.ts';
import { t } from '../../spec/words/t.ts';
import { isPart } from './estimates.ts';
import { all, count, many, minus, percent } from './format.ts';
import { isPast } from './plan.ts';
import { periodOf, type Shown, sum } from './plan-forecast.ts';
import { movingCustomers } from './plan-inside.ts';
import { moneyOf, words } from './plan-words.ts';

/** `Next 7 days: email 41,200 → 39,800; cost 31,400 ₽ → 8,900 ₽ (−72%); 12,480 customers inside; 1 blocked.` */
export function effectSentence({ effects, notices, project, changes, createdAt }: Shown): string {
  const moving = movingCustomers({ effects });
  const inside = effects.inFlight.reduce((n, { active }) => n + active, 0);
  const moved = effects.inFlight.filter(({ campaign, version }) =>
    changes.some((one) => one.address === `campaign.${campaign}` && one.after !== version),
  );
  const of = (level: string) => notices.filter((notice) => notice.level === level).length;
  const breaking = changes.filter((change) => change.class === 'breaking').length;
  const parts = [
    ...figures({ effects, project }),
    ...(inside > 0 ? [t`${many(inside, 'customer')} inside`] : []),
    ...(moving > 0 ? [t`${count(moving)} of them move`] : []),
    ...(moved.length > 0
      ? [t`${count(moved.reduce((n, { active }) => n + active, 0))} of them in campaigns that change`]
      : []),
    ...(of('blocked') > 0 ? [t`${count(of('blocked'))} blocked`] : []),
    ...(breaking > 0 ? [t`${count(breaking)} breaking`] : []),
    ...(of('destructive') > 0 ? [t`${count(of('destructive'))} cannot be undone`] : []),
  ];
  return isPast({ effects, createdAt })
    ? t`In ${periodOf(effects)} of the data: ${parts.join('; ')}.`
    : t`Next 7 days: ${parts.join('; ')}.`;
}

/** `In 30 days of the data: email 41,200 → 39,800; cost 31,400 ₽ → 8,900 ₽ (−72%).` */
export function pastSentence({ effects, project }: Pick<Shown, 'effects' | 'project'>): string {
  return t`In ${periodOf(effects)} of the data: ${figures({ effects, project }).join('; ')}.`;
}

/** Returns the messages by channel and their cost. */
function figures({ effects, project }: Pick<Shown, 'effects' | 'project'>): string[] {
  const { sends, sample } = effects.forecast;
  const channels = [...new Set(sends.map(({ channel }) => channel))].sort();
  const totalOf = (channel: string | null, field: 'week' | 'weekCost'): Delta => {
    const estimated = isPart(sample) && sample.totals.find((one) => one.channel === channel)?.[field];
    return (
      estimated ||
      sum(
        sends.filter((one) => channel === null || one.channel === channel),
        (one) => one[field],
      )
    );
  };
  if (channels.length === 0) return [t`no messages`];
  const cost = totalOf(null, 'weekCost');
  const week = channels.map((channel) => `${channel} ${words(totalOf(channel, 'week'))}`);
  return [all(week), t`cost ${words(cost, moneyOf(project, cost))}${share(cost)}`];
}

/** ` (−72%)`; empty where nothing can be compared. */
function share({ before, after, sampled }: Delta): string {
  if (sampled || !before || after === null || before === after) return '';
  const by = (after - before) / before;
  if (Math.abs(by) < 0.0005) return '';
  return ` (${by > 0 ? '+' : ''}${minus(percent(by, Math.abs(by) < 0.01 ? 1 : 0))})`;
}
