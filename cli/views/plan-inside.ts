import type { Returning } from '../../engine/deploy/removal.ts';
import type { InFlight } from '../../engine/plan/effects.ts';
import { t } from '../../spec/words/t.ts';
import { clockFormat, count, many } from './format.ts';
import type { Shown } from './plan-forecast.ts';

/** The customers inside each version: how many stand at each step and what becomes of them, where anything does. */
export function insideLines({ effects }: Shown): string[] {
  return effects.inFlight.flatMap((one) => {
    const same = fateOfAll(one);
    return same === undefined
      ? [headOf(one), ...one.steps.map((step) => `  ${placeOf(step)}`)]
      : [`${headOf(one)}; ${same}`, ...(staysAsItIs(one) ? [] : one.steps.map((step) => `  ${standOf(step)}`))];
  });
}

/** Returns whom campaigns that come back take up again. */
export function returningLines(plan: Shown): string[] {
  return plan.effects.returning.map((one) => returns(one, plan));
}

/** The customers who move to another version, or cannot. */
export function movingCustomers({ effects }: Pick<Shown, 'effects'>): number {
  const all = effects.inFlight.flatMap(({ steps }) => steps);
  return all.reduce((sum, { becomes, customers }) => (becomes === 'moves' ? sum + customers : sum), 0);
}

function headOf({ campaign, version, active, waiting }: InFlight): string {
  const customers = `${campaign} ${version}: ${many(active, 'customer')}`;
  return waiting > 0 ? t`${customers}, ${many(waiting, 'message')} waiting` : customers;
}

function staysAsItIs({ steps }: InFlight): boolean {
  return steps.every(({ becomes }) => becomes === 'stays');
}

/** Returns what happens to all customers of a version, if it is the same for all; messages that wait have no customer inside any more. */
function fateOfAll({ steps }: InFlight): string | undefined {
  const fates = new Set(steps.map(({ becomes }) => becomes));
  if (fates.size > 1 || fates.has('moves') || fates.has('stuck')) return undefined;
  if (fates.has('leaves')) return t`they leave at once`;
  return fates.has('finishes') ? t`they finish on this version` : t`nothing changes for them`;
}

type Step = InFlight['steps'][number];

function standOf({ step, customers }: Step): string {
  return t`${count(customers)} at step ${step}`;
}

function placeOf(step: Step): string {
  const stand = standOf(step);
  if (step.becomes === 'moves') {
    const moves = step.anew ? t`${stand} go on at ${step.to}` : t`${stand} move to ${step.to}`;
    return step.atOnce ? t`${moves}, ${count(step.atOnce)} of them at once` : moves;
  }
  if (step.becomes === 'leaves') return t`${stand} leave at once`;
  if (step.becomes === 'finishes') return t`${stand} finish on this version`;
  return step.becomes === 'stays' ? t`${stand} stay` : t`${stand} cannot move: the planned version has no such step`;
}

function returns({ campaign, customers, messages, until }: Returning, { createdAt, project }: Shown): string {
  const time = clockFormat(project.timezone)(until);
  const who = `${campaign}: ${many(customers, 'customer')}`;
  if (until > createdAt) return t`${who} where they stood, and ${many(messages, 'message')}; possible until ${time}`;
  return customers === 1
    ? t`${who} stays out; the time to take them up ended ${time}`
    : t`${who} stay out; the time to take them up ended ${time}`;
}
