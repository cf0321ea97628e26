import type { Report } from '../../diagnostics/report.ts';
import { clause } from '../../document/forms.ts';
import type { Place } from '../../document/place.ts';
import type { CascadeOrder, Reaction } from '../../model/campaign.ts';
import { positiveDuration } from '../../words/readings.ts';
import { t } from '../../words/t.ts';

/** The order of a cascade, and what a stage waits for, in the DSL. */
export const orderClause = clause('order', 'name');
export const stageWaitClauses = [clause('until', 'name'), clause('within', 'phrase')];

/** The reaction that a stage waits for before the next one is tried. */
export interface StageWait {
  until?: Reaction | undefined;
  within?: string | undefined;
}

const keys = ['until', 'within'] as const;

/**
 * A stage that another may follow waits; the last of the written order has nothing to wait for. `misspelt`: a key that
 * seems to be missing may be there under another name.
 */
export function checkStageWait(
  stage: StageWait,
  { last, order, misspelt }: { last: boolean; order: CascadeOrder | undefined; misspelt?: boolean },
  place: Place,
  report: Report,
): void {
  for (const key of keys) {
    if (last && order === undefined && key in stage) {
      const help = t`Remove it, or add a stage after this one.`;
      report.error('CRM4011', place.at(key).key, t`\`${key}\` has no effect on the last stage of a cascade`, help);
    }
    if (key in stage || misspelt || (last && order === undefined)) continue;
    const help =
      key === 'until'
        ? t`Say what stops the cascade: \`until: opened\`.`
        : t`Say how long to wait: \`within: 2 hours\`.`;
    if (order === undefined) {
      report.error('CRM4011', place.key, t`A stage before the last needs the key \`${key}\``, help);
    } else {
      const message = t`A stage of a cascade in the order \`${order}\` needs the key \`${key}\``;
      report.error('CRM4011', place.key, message, [t`Any of them may come before another one.`, help].join(' '));
    }
  }
}

/** Returns `until` and `within` where both can be read. */
export function readStageWait({ until, within }: StageWait): { until?: Reaction; within?: number } {
  const ms = positiveDuration(within ?? '');
  return until !== undefined && ms !== undefined ? { until, within: ms } : {};
}

/** Returns the order as a Model has it: undefined for the written order. */
export function readOrder(order: CascadeOrder | 'written' | undefined): CascadeOrder | undefined {
  return order === 'written' ? undefined : order;
}
