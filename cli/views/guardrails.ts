import type { Crossing } from '../../engine/store/crossing.ts';
import type { GuardedPause, Watched } from '../../engine/tick/guardrails.ts';
import { type GuardedFeedback, guardedFeedback } from '../../spec/model/campaign.ts';
import { percent } from '../../spec/words/printing.ts';
import { laterAll, t, translated } from '../../spec/words/t.ts';
import { all, count, duration, many } from './format.ts';

const nouns: Record<GuardedFeedback, string> = laterAll({
  unsubscribed: 'unsubscriptions',
  complained: 'complaints',
  bounced: 'bounces',
});

/** Returns the crossings of guardrails: `complaints: 12 of 1,200 messages, 1% (at most 0.5%)`. */
export function crossedWords(crossed: Crossing[]): string {
  return all(crossed.map((one) => t`${measured(one)} of ${many(one.messages, 'message')}, ${limited(one)}`));
}

/** Returns a campaign that guardrails have just paused, in a sentence. */
export function guardedPauseWords({ campaign, crossed }: GuardedPause): string {
  return t`${campaign} was paused by its guardrails: ${crossedWords(crossed)}. \`crm resume ${campaign}\` lets it go on.`;
}

/** Returns the present counts of a campaign's guardrails. */
export function watchedWords({ campaign, messages, guardrails, ...counts }: Watched): string {
  const { limits, minMessages, within } = guardrails;
  const sent = t`${campaign}, ${many(messages, 'message')} within ${duration(within)}`;
  if (messages < minMessages) return t`${sent}: judged from ${count(minMessages)} on`;
  const parts = guardedFeedback.flatMap((feedback) => {
    const limit = limits[feedback];
    if (limit === undefined) return [];
    const one = { feedback, count: counts[feedback], messages, limit };
    return [`${measured(one)}, ${limited(one)}`];
  });
  return `${sent}: ${parts.join('; ')}`;
}

/** Returns these counts as a JSON value; shares are fractions, `withinMs` milliseconds. */
export function watchedJson({ campaign, messages, guardrails, ...counts }: Watched): Record<string, unknown> {
  const { limits, minMessages, within } = guardrails;
  const shares = Object.entries(limits).map(([feedback, limit]) => [feedback, limit / 10_000]);
  return { campaign, messages, minMessages, withinMs: within, ...counts, limits: Object.fromEntries(shares) };
}

function measured({ feedback, count: n }: Crossing): string {
  return `${feedbackNoun(feedback)}: ${count(n)}`;
}

/** Returns the plural of a kind of feedback: `complaints`. */
export function feedbackNoun(feedback: GuardedFeedback): string {
  return translated(nouns[feedback]);
}

/** The share is rounded up, so that one above the limit never looks like the limit. */
function limited({ count: n, messages, limit }: Crossing): string {
  return t`${percent(Math.ceil((n * 10_000) / messages))} (at most ${percent(limit)})`;
}
