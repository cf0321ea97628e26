import type { Trigger } from '../model/campaign.ts';

/** Returns the minute of the day that the customer's clock shows at the start, where the trigger says one. */
export function clockAtStart(on: Trigger): number | undefined {
  if (on.kind === 'date') return on.minuteOfDay;
  if (on.kind !== 'schedule' || on.zone !== 'customer') return undefined;
  const [, minute, hour] = /^(\d+) (\d+) /.exec(on.cron) ?? [];
  return minute === undefined || hour === undefined ? undefined : Number(hour) * 60 + Number(minute);
}
