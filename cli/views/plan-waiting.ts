import type { Plan } from '../../engine/plan/plan.ts';
import type { Campaign, Trigger } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { printable } from './format.ts';

/** Returns why nobody enters within the forecast, for the campaigns that a plan creates or changes: a line for all of one reason. */
export function waitingLines({ effects, changes }: Plan, model: Model): string[] {
  const changed = new Set(changes.map(({ address }) => address));
  const entered = new Map(effects.forecast.entries.map(({ campaign, after }) => [campaign, after]));
  const waiting = model.campaigns.filter(({ name }) => changed.has(`campaign.${name}`) && !entered.get(name));
  const byReason = Map.groupBy(printable(waiting), ({ on }) => reason(on));
  return [...byReason].map(([why, campaigns]) => t`${names(campaigns)}: nobody enters within 7 days; ${why}`);
}

function names(campaigns: Campaign[]): string {
  return campaigns.map(({ name }) => name).join(', ');
}

function reason(on: Trigger): string {
  switch (on.kind) {
    case 'event':
      return t`only new events count, and none in the forecast brings anybody in: ${on.event}`;
    case 'segment':
      return on.existing
        ? t`no customer whom it may take in is in segment ${on.segment}, or newly in it`
        : t`only customers who are newly in the segment count: ${on.segment}`;
    case 'leaving':
      return t`no customer whom it may take in leaves segment ${on.segment}`;
    case 'date':
      return t`the day of no customer whom it may take in comes: ${on.attribute}`;
    case 'absence':
      return t`the time without the event ends for no customer whom it may take in: ${on.absent.event}`;
    case 'schedule':
      return t`its time does not come, or there is no customer whom it may take in`;
    case 'manual':
      return t`it waits for \`crm launch\``;
  }
}
