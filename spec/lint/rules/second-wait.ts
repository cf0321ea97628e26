import { stepKind } from '../../constructs/steps/index.ts';
import type { Time } from '../../constructs/steps/step.ts';
import { triggerKind } from '../../constructs/triggers/index.ts';
import type { Step } from '../../model/campaign.ts';
import { t } from '../../words/t.ts';
import { follow } from '../journey.ts';
import type { Rule } from '../rule.ts';

export const secondWait: Rule = {
  name: 'second-wait',
  check({ model, origins }) {
    return model.campaigns.flatMap(({ name, on, steps }) => {
      const minuteOfDay = triggerKind(on).clock?.(on);
      return secondWaits(steps, minuteOfDay === undefined ? undefined : { minuteOfDay }).map(({ id }) => ({
        range: origins[`campaign.${name}.${id}`],
        message: t`This wait is over at once, because it is that time already`,
        help: t`For the next day put \`wait: 1 day\` before it; otherwise remove it.`,
      }));
    });
  },
};

/** The time that the customer's clock shows, on one of these days. Undefined: any. */
type Clock = Time['clock'];

function secondWaits(steps: Step[], start: Clock): Step[] {
  const found: Step[] = [];
  follow(steps, start, {
    after(step, clock) {
      const time = stepKind(step).time?.(step);
      if (!time) return clock;
      if (!clock || !time.clock || !isThen(time.clock, clock)) return time.clock;
      found.push(step);
      return clock;
    },
    join: (ends, clock, step) => (stepKind(step).time ? clock : common(ends)),
  });
  return found;
}

/** Returns true if the clock shows that time, whichever of its days it is. */
function isThen({ minuteOfDay, weekdays }: NonNullable<Clock>, clock: NonNullable<Clock>): boolean {
  if (clock.minuteOfDay !== minuteOfDay) return false;
  return !weekdays || (clock.weekdays?.every((day) => weekdays.includes(day)) ?? weekdays.length === 7);
}

function common([first, ...others]: Clock[]): Clock {
  return others.every((end) => JSON.stringify(end) === JSON.stringify(first)) ? first : undefined;
}
