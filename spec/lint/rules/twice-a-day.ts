import { stepKind } from '../../constructs/steps/index.ts';
import type { Step } from '../../model/campaign.ts';
import type { FrequencyCap } from '../../model/model.ts';
import { duration } from '../../words/many.ts';
import { t } from '../../words/t.ts';
import { marketingOf, messagesOf, openBranches } from '../journey.ts';
import type { Rule } from '../rule.ts';

const day = 86_400_000;

export const twiceADay: Rule = {
  name: 'twice-a-day',
  check({ model, origins }) {
    return marketingOf(model)
      .filter(({ name }) => !model.policies.caps.some((cap) => forbids(cap, name)))
      .flatMap(({ name, steps }) => {
        const early: Early[] = [];
        shortest(steps, Number.POSITIVE_INFINITY, early);
        return early.map(({ step, after }) => ({
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

/** A message that may come too soon, and how soon, in milliseconds. */
interface Early {
  step: Step;
  after: number;
}

/** A cap that lets no second message out on a day. */
function forbids({ max, per, channel, campaign }: FrequencyCap, name: string): boolean {
  const long = per === 'calendar day' || per >= day;
  return max === 1 && long && channel === undefined && (campaign === undefined || campaign === name);
}

/**
 * The shortest time since the last message with which a customer can reach the end of the steps, in milliseconds;
 * undefined where nobody does. `since`: at their beginning.
 */
function shortest(steps: Step[], since: number, early: Early[]): number | undefined {
  let now = since;
  for (const step of steps) {
    const next = after(step, now, early);
    if (next === undefined) return undefined;
    now = next;
  }
  return now;
}

function after(step: Step, start: number, early: Early[]): number | undefined {
  const kind = stepKind(step);
  if (kind.leaves) return undefined;
  if (messagesOf(step).length > 0) {
    if (start < day) early.push({ step, after: start });
    return 0;
  }
  const since = start + (kind.time?.(step).least ?? 0);
  const branches = openBranches(step);
  if (branches.length === 0) return since;
  return least(branches.map((branch) => shortest(branch.steps, since + (branch.after ?? 0), early)));
}

function least(times: (number | undefined)[]): number | undefined {
  const some = times.filter((time) => time !== undefined);
  return some.length > 0 ? Math.min(...some) : undefined;
}
