import { triggerKind } from '../../constructs/triggers/index.ts';
import type { Step, WaitUntil } from '../../model/campaign.ts';
import { t } from '../../words/t.ts';
import type { Rule } from '../rule.ts';

export const secondWait: Rule = {
  name: 'second-wait',
  check({ model, origins }) {
    return model.campaigns.flatMap(({ name, on, steps }) => {
      const minuteOfDay = triggerKind(on).clock?.(on);
      const found: WaitUntil[] = [];
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
type Clock = Pick<WaitUntil, 'minuteOfDay' | 'weekdays'> | undefined;

/** Returns the clock after the steps; `gone`: nobody comes there. */
function walk(steps: Step[], clock: Clock, found: WaitUntil[]): Clock | 'gone' {
  let now = clock;
  for (const step of steps) {
    const next = after(step, now, found);
    if (next === 'gone') return next;
    now = next;
  }
  return now;
}

function after(step: Step, clock: Clock, found: WaitUntil[]): Clock | 'gone' {
  switch (step.kind) {
    case 'until': {
      const { minuteOfDay, weekdays } = step;
      if (clock?.minuteOfDay !== minuteOfDay || !holds(weekdays, clock))
        return { minuteOfDay, ...(weekdays && { weekdays }) };
      found.push(step);
      return clock;
    }
    case 'wait':
      return step.ms === 0 ? clock : undefined;
    case 'exit':
      return 'gone';
    case 'if':
      return common([walk(step.then, clock, found), walk(step.else, clock, found)]);
    case 'split':
      return common(step.arms.filter(({ control }) => !control).map((arm) => walk(arm.steps, clock, found)));
    case 'await':
      walk(step.then, undefined, found);
      walk(step.else, undefined, found);
      return undefined;
    case 'cascade':
      return undefined;
    default:
      return clock;
  }
}

/** Returns true if every day that the clock may show is one of these. */
function holds(days: number[] | undefined, clock: NonNullable<Clock>): boolean {
  return !days || (clock.weekdays?.every((day) => days.includes(day)) ?? days.length === 7);
}

function common(ends: (Clock | 'gone')[]): Clock | 'gone' {
  const [first, ...others] = ends.filter((end) => end !== 'gone');
  if (ends.every((end) => end === 'gone')) return 'gone';
  return others.every((end) => JSON.stringify(end) === JSON.stringify(first)) ? first : undefined;
}
