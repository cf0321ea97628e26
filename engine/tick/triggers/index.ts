import type { Trigger } from '../../../spec/model/campaign.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import type { Version } from '../tick.ts';
import { absence } from './absence.ts';
import { date } from './date.ts';
import { event } from './event.ts';
import { manual } from './manual.ts';
import { schedule } from './schedule.ts';
import { leaving, segment } from './segment.ts';
import type { Active, TriggerKind } from './trigger.ts';

/** Every kind of trigger. */
export const triggerKinds: { readonly [Kind in Trigger['kind']]: TriggerKind<Kind> } = {
  event,
  segment,
  leaving,
  date,
  absence,
  schedule,
  manual,
};

export function triggerKind({ kind }: Pick<Trigger, 'kind'>): TriggerKind<Trigger['kind']> {
  return triggerKinds[kind];
}

/** Returns the campaigns of each kind of trigger that there is. */
export function byTrigger(versions: Version[]): [TriggerKind<Trigger['kind']>, Active<Trigger['kind']>[]][] {
  const campaigns = versions.map((version) => {
    const { name, trigger } = version.definition;
    return { name, version, trigger };
  });
  return [...Map.groupBy(campaigns, ({ trigger }) => triggerKind(trigger))];
}

/** Returns the next instant after `now` at which a trigger is to be looked at by the clock; undefined: none is known. */
export async function nextTriggered(db: Database, program: Program, now: number): Promise<number | undefined> {
  const triggers = program.campaigns.map(({ trigger }) => trigger);
  const times: number[] = [];
  for (const [kind, own] of Map.groupBy(triggers, triggerKind))
    times.push((await kind.next?.(db, program, now, own)) ?? Number.POSITIVE_INFINITY);
  const next = Math.min(...times);
  return Number.isFinite(next) ? next : undefined;
}
