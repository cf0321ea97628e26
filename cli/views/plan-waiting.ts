import type { Plan } from '../../engine/plan/plan.ts';
import type { CompiledCampaign, CompiledTrigger } from '../../engine/program/program.ts';
import { t } from '../../spec/words/t.ts';
import { printable } from './format.ts';

/** Returns why nobody enters within the forecast, for the campaigns that a plan creates or changes: a line for all of one reason. */
export function waitingLines({ program, effects, changes }: Plan): string[] {
  const changed = new Set(changes.map(({ address }) => address));
  const entered = new Map(effects.forecast.entries.map(({ campaign, after }) => [campaign, after]));
  const waiting = program.campaigns.filter(({ name }) => changed.has(`campaign.${name}`) && !entered.get(name));
  const byReason = Map.groupBy(printable(waiting), ({ trigger }) => reason(trigger));
  return [...byReason].map(([why, campaigns]) => t`${names(campaigns)}: nobody enters within 7 days; ${why}`);
}

function names(campaigns: CompiledCampaign[]): string {
  return campaigns.map(({ name }) => name).join(', ');
}

function reason(trigger: CompiledTrigger): string {
  switch (trigger.kind) {
    case 'event':
      return t`only new events count, and none in the forecast brings anybody in: ${trigger.event}`;
    case 'segment':
      return trigger.existing
        ? t`no customer whom it may take in is in segment ${trigger.segment}, or newly in it`
        : t`only customers who are newly in the segment count: ${trigger.segment}`;
    case 'leaving':
      return t`no customer whom it may take in leaves segment ${trigger.segment}`;
    case 'date':
      return t`the day of no customer whom it may take in comes: ${trigger.attribute}`;
    case 'absence':
      return t`the time without the event ends for no customer whom it may take in: ${(trigger.absent ?? trigger.since).event}`;
    case 'schedule':
      return t`its time does not come, or there is no customer whom it may take in`;
    case 'manual':
      return t`it waits for \`crm launch\``;
  }
}
