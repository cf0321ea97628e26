import type * as written from '../document/document.generated.ts';
import { printExpression } from '../expression/print.ts';
import type { AbsenceTrigger, Campaign, DateTrigger, EventMatch, Goal, Reentry, Trigger } from '../model/campaign.ts';
import type { NamedCascade } from '../model/model.ts';
import { usualReentry } from '../model/usual-reentry.ts';
import { printDuration } from '../words/durations.ts';
import { writtenSteps } from './steps/written-steps.ts';
import { timeOfDay, titled } from './written-values.ts';

const week = 7 * 86_400_000;

/** A campaign as written. */
export function writtenCampaign(campaign: Campaign): written.Campaign {
  const { title, category, priority, on, audience, exit, goal, reenter, resumeWithin, expires, moved, steps } =
    campaign;
  const [first, ...more] = exit.map(writtenMatch);
  return {
    ...titled(title),
    ...(category !== 'marketing' && { category }),
    ...(priority !== 0 && { priority }),
    on: writtenTrigger(on),
    ...(audience && { audience: printExpression(audience) }),
    ...(first && { exit: more.length === 0 ? first : [first, ...more] }),
    ...(goal && { goal: writtenGoal(goal) }),
    ...(reenter.kind !== usualReentry(on).kind && { reenter: writtenReentry(reenter) }),
    ...(resumeWithin !== week && { resume_within: resumeWithin === 0 ? 'none' : printDuration(resumeWithin) }),
    expires: printDuration(expires),
    ...(moved && { moved: Object.fromEntries(moved.map(({ from, to }) => [from, to])) }),
    steps: writtenSteps(steps),
  };
}

/** A cascade of the section of cascades, as written. */
export function writtenNamedCascade({ title, order, stages }: NamedCascade): written.NamedCascade {
  return {
    ...titled(title),
    ...(order && { order }),
    stages: stages.map(({ within, ...stage }) => ({
      ...stage,
      ...(within !== undefined && { within: printDuration(within) }),
    })),
  };
}

function writtenTrigger(on: Trigger): written.Trigger {
  switch (on.kind) {
    case 'event':
      return { ...writtenMatch(on), ...(on.restart && { restart: true }) };
    case 'segment':
      return { enters: on.segment, ...(on.existing && { existing: true }) };
    case 'leaving':
      return { leaves: on.segment };
    case 'date':
      return writtenDate(on);
    case 'absence':
      return writtenAbsence(on);
    case 'manual':
      return { launch: 'manual' };
    case 'schedule':
      return { schedule: on.cron, ...(on.zone === 'customer' && { zone: 'customer' }) };
  }
}

function writtenDate({ attribute, minuteOfDay, days, yearly }: DateTrigger): written.OnDate {
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return {
    date: attribute,
    at: timeOfDay(minuteOfDay),
    ...(days !== 0 && { offset: `${count} ${days < 0 ? 'before' : 'after'}` }),
    ...(yearly && { every: 'year', leap_day: yearly.leapDay }),
  };
}

function writtenAbsence({ absent, after, ms }: AbsenceTrigger): written.OnAbsence {
  const { event, when } = writtenMatch(absent);
  return {
    absence: event,
    ...(when !== undefined && { when }),
    for: printDuration(ms),
    ...(after && { after: after.when ? writtenMatch(after) : after.event }),
  };
}

function writtenMatch({ event, when }: EventMatch): written.EventMatch {
  return { event, ...(when && { when: printExpression(when) }) };
}

function writtenGoal({ event, when, within, value }: Goal): written.Goal {
  return {
    event,
    ...(when && { when: printExpression(when) }),
    within: printDuration(within),
    ...(value && { value: printExpression(value) }),
  };
}

function writtenReentry(reenter: Reentry): string {
  return reenter.kind === 'after' ? `after ${printDuration(reenter.ms)}` : reenter.kind;
}
