import type { CascadeOrder, Reaction } from '../model/campaign.ts';
import type { Place } from '../source/place.ts';
import { positiveDuration } from '../source/readings.ts';
import type { Report } from '../source/report.ts';

/** The reaction that a stage waits for before the next one is tried. */
export interface Waiting {
  until?: Reaction | undefined;
  within?: string | undefined;
}

const keys = ['until', 'within'] as const;

/**
 * A stage that another may follow waits; the last of the written order has nothing to wait for. `misspelt`: a key that
 * seems to be missing may be there under another name.
 */
export function checkWaiting(
  stage: Waiting,
  { last, order, misspelt }: { last: boolean; order: CascadeOrder | undefined; misspelt?: boolean },
  place: Place,
  report: Report,
): void {
  for (const key of keys) {
    if (last && order === undefined && key in stage) {
      const help = 'Remove it, or add a stage after this one.';
      report.error('CRM4011', place.at(key).key, `\`${key}\` has no effect on the last stage of a cascade`, help);
    }
    if (key in stage || misspelt || (last && order === undefined)) continue;
    const help =
      key === 'until' ? 'Say what stops the cascade: `until: opened`.' : 'Say how long to wait: `within: 2 hours`.';
    const where = order === undefined ? 'before the last' : `of a cascade in the order \`${order}\``;
    const why = order === undefined ? '' : 'Any of them may come before another one. ';
    report.error('CRM4011', place.key, `A stage ${where} needs the key \`${key}\``, `${why}${help}`);
  }
}

/** Until and within, where both can be read. */
export function readWaiting({ until, within }: Waiting): { until?: Reaction; within?: number } {
  const ms = positiveDuration(within ?? '');
  return until !== undefined && ms !== undefined ? { until, within: ms } : {};
}

/** The order of a Model: as written is none. */
export function readOrder(order: CascadeOrder | 'written' | undefined): CascadeOrder | undefined {
  return order === 'written' ? undefined : order;
}
