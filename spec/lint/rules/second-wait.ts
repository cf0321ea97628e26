import { stepKind } from '../../constructs/steps/index.ts';
import type { Time } from '../../constructs/steps/step.ts';
import { triggerKind } from '../../constructs/triggers/index.ts';
import type { Step } from '../../model/campaign.ts';
import { t } from '../../words/t.ts';
import { openBranches } from '../journey.ts';
import type { Rule } from '../rule.ts';

export const secondWait: Rule = {
  name: 'second-wait',
  check({ model, origins }) {
    return model.campaigns.flatMap(({ name, on, steps }) => {
      const minuteOfDay = triggerKind(on).clock?.(on);
      const found: Step[] = [];
      walk(steps, minuteOfDay === undefined ? undefined : { minuteOfDay }, found);
      return found.map(({ id }) => ({
        range: origins[`campaign.${name}.${id}`],
        message: t`This wait is over at once, because it is that time already`,
        help: t`For the next day put \`wait: 1 day\` before it; otherwise remove it.`,
      }));
    });
  },
};

/** The time that the customer's clock shows, on one of these days. Undefined: any. */
type Clock = Time['clock'];

/** Returns the clock after the steps; `gone`: nobody gets there. */
function walk(steps: Step[], clock: Clock, found: Step[]): Clock | 'gone' {
  let now = clock;
  for (const step of steps) {
    const next = after(step, now, found);
    if (next === 'gone') return next;
    now = next;
  }
  return now;
}

function after(step: Step, clock: Clock, found: Step[]): Clock | 'gone' {
  const kind = stepKind(step);
  if (kind.leaves) return 'gone';
  const time = kind.time?.(step);
  if (clock && time?.clock && isThen(time.clock, clock)) {
    found.push(step);
    return clock;
  }
  const branches = openBranches(step).map((branch) => walk(branch.steps, time ? undefined : clock, found));
  if (time) return time.clock;
  return branches.length === 0 ? clock : common(branches);
}

/** Returns true if the clock shows that time, whichever of its days it is. */
function isThen({ minuteOfDay, weekdays }: NonNullable<Clock>, clock: NonNullable<Clock>): boolean {
  if (clock.minuteOfDay !== minuteOfDay) return false;
  return !weekdays || (clock.weekdays?.every((day) => weekdays.includes(day)) ?? weekdays.length === 7);
}

function common(ends: (Clock | 'gone')[]): Clock | 'gone' {
  const [first, ...others] = ends.filter((end) => end !== 'gone');
  if (ends.every((end) => end === 'gone')) return 'gone';
  return others.every((end) => JSON.stringify(end) === JSON.stringify(first)) ? first : undefined;
}
