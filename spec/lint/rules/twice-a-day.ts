import { stepKind } from '../../constructs/steps/index.ts';
import type { Step } from '../../model/campaign.ts';
import type { FrequencyCap } from '../../model/model.ts';
import { duration } from '../../words/many.ts';
import { t } from '../../words/t.ts';
import { follow, marketingOf, messagesOf } from '../journey.ts';
import type { Rule } from '../rule.ts';

const day = 86_400_000;

export const twiceADay: Rule = {
  name: 'twice-a-day',
  check({ model, origins }) {
    return marketingOf(model)
      .filter(({ name }) => !model.policies.caps.some((cap) => forbids(cap, name)))
      .flatMap(({ name, steps }) => {
        return earlyIn(steps).map(({ step, after }) => ({
          range: origins[`campaign.${name}.${step.id}`],
          message: t`Somebody may get this message within a day of the one before it`,
          help: [
            after === 0 ? t`It may follow at once.` : t`It may follow after ${duration(after)}.`,
            t`Wait for a day or more in between: \`wait: 1 day\`.`,
          ].join(' '),
        }));
      });
  },
};

/** A message that may follow too soon, and after how many milliseconds. */
interface Early {
  step: Step;
  after: number;
}

/** A cap that lets no second message out on a day. */
function forbids({ max, per, channel, campaign }: FrequencyCap, name: string): boolean {
  const long = per === 'calendar day' || per >= day;
  return max === 1 && long && channel === undefined && (campaign === undefined || campaign === name);
}

/** Finds the messages that may follow the one before them within a day. */
function earlyIn(steps: Step[]): Early[] {
  const early: Early[] = [];
  // The state is the shortest time since the last message, in milliseconds.
  follow(steps, Number.POSITIVE_INFINITY, {
    after(step, since) {
      if (messagesOf(step).length === 0) return since + (stepKind(step).time?.(step).least ?? 0);
      if (since < day) early.push({ step, after: since });
      return 0;
    },
    enter: ({ after = 0 }, since) => since + after,
    join: (ends) => Math.min(...ends),
  });
  return early;
}
