import type { Plan } from '../../engine/plan/plan.ts';
import { triggerKind } from '../../spec/constructs/triggers/index.ts';
import type { Campaign } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { isPart } from './estimates.ts';
import { printable } from './format.ts';
import { periodOf } from './plan-forecast.ts';

/** Returns why nobody enters within the forecast, for the campaigns that a plan creates or changes: a line for all of one reason. */
export function waitingLines({ effects, changes }: Plan, model: Model): string[] {
  const period = periodOf(effects);
  const changed = new Set(changes.map(({ address }) => address));
  const entered = new Map(effects.forecast.entries.map(({ campaign, after }) => [campaign, after]));
  const waiting = model.campaigns.filter(({ name }) => changed.has(`campaign.${name}`) && !entered.get(name));
  const byReason = Map.groupBy(printable(waiting), ({ on }) => triggerKind(on).idle(on));
  return [...byReason].map(([why, campaigns]) =>
    isPart(effects.forecast.sample)
      ? t`${names(campaigns)}: nobody in the sample enters within ${period}; ${why}`
      : t`${names(campaigns)}: nobody enters within ${period}; ${why}`,
  );
}

function names(campaigns: Campaign[]): string {
  return campaigns.map(({ name }) => name).join(', ');
}
