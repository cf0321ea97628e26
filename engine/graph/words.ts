import { triggerKind, usualReentry } from '../../spec/constructs/triggers/index.ts';
import { printExpression } from '../../spec/expression/print.ts';
import type { Campaign, WaitUntil } from '../../spec/model/campaign.ts';
import { duration } from '../../spec/words/many.ts';
import { timeOfDay } from '../../spec/words/printing.ts';
import { weekdays } from '../../spec/words/schedule-words.ts';
import { t } from '../../spec/words/t.ts';

/** Returns the trigger of a campaign and its conditions: a line each. */
export function entryLines(campaign: Campaign): string[] {
  const { on, audience, reenter } = campaign;
  return [
    ...triggerKind(on).lines(on),
    ...(audience ? [t`for ${printExpression(audience)}`] : []),
    ...(reenter.kind === 'always' && usualReentry(on).kind === 'never' ? [t`again each time`] : []),
    ...(reenter.kind === 'never' && usualReentry(on).kind === 'always' ? [t`once only`] : []),
    ...(reenter.kind === 'after' ? [t`again after ${duration(reenter.ms)}`] : []),
  ];
}

export function untilText({ minuteOfDay, weekdays: days }: WaitUntil): string {
  const at = timeOfDay(minuteOfDay);
  return days ? t`wait until ${weekdays(days)} at ${at}` : t`wait until ${at}`;
}
