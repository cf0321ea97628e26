import type * as written from '../../document/document.generated.ts';
import { clause } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { WaitUntil } from '../../model/campaign.ts';
import { clockTime, timeOfDay } from '../../words/printing.ts';
import { readClockTime } from '../../words/readings.ts';
import { weekdays as weekdayWords } from '../../words/schedule-words.ts';
import { t } from '../../words/t.ts';
import type { StepKind, Walk } from './step.ts';

const day = 86_400_000;

export const untilClause = clause('until', 'phrase');

/** `wait: { until: 10:00 }`: the next time that the customer's clock shows it. */
export const until: StepKind<WaitUntil> = {
  word: 'wait',
  idWord: 'wait',
  is: (step: Loose<written.WaitStep>) => typeof step.wait === 'object' && !('event' in step.wait),
  build(step: Loose<written.WaitStep>, place, walk, id) {
    refuseBranches(step, place, walk);
    const text = typeof step.wait === 'object' && 'until' in step.wait ? step.wait.until : undefined;
    const time = text === undefined ? undefined : readClockTime(text);
    return !time || 'problem' in time ? undefined : { kind: 'until', id, ...time };
  },
  write: (step, id) => ({ ...id, wait: { until: clockTime(step) } }),
  picture({ minuteOfDay, weekdays }) {
    const at = timeOfDay(minuteOfDay);
    const title = weekdays ? t`wait until ${weekdayWords(weekdays)} at ${at}` : t`wait until ${at}`;
    return { shape: 'wait', title, details: [t`customer’s time`] };
  },
  time: ({ minuteOfDay, weekdays }) => ({
    least: 0,
    most: (weekdays ? 7 : 1) * day,
    clock: { minuteOfDay, ...(weekdays && { weekdays }) },
  }),
};

/** Reports branches of a wait that has one end only. */
export function refuseBranches(step: Loose<written.WaitStep>, place: Place, { context }: Walk): void {
  for (const key of ['then', 'else']) {
    if (!(key in step) || step.wait === undefined) continue;
    const help = t`Only \`wait: { event: …, within: … }\` can end in two ways: put the steps behind the wait.`;
    context.report.error('CRM4013', place.at(key).key, t`\`${key}\` has no effect beside this wait`, help);
  }
}
