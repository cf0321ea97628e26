import { Cron } from 'croner';

/** The latest instant of a five-field cron pattern in (after, until], on the clock of `zone`; croner decides gaps and repeats. */
export function latestFiring(cron: string, zone: string, after: number, until: number): number | undefined {
  const pattern = new Cron(cron, { timezone: zone, paused: true });
  let found: number | undefined;
  // Looking back in growing steps finds the last of many missed instants without visiting each.
  for (let span = 60_000; ; span *= 4) {
    const from = Math.max(after, until - span);
    let next = pattern.nextRun(new Date(from));
    while (next && next.getTime() <= until) {
      found = next.getTime();
      next = pattern.nextRun(next);
    }
    if (found !== undefined || from === after) return found;
  }
}

/** All instants in (after, until]. */
export function firings(cron: string, zone: string, after: number, until: number): number[] {
  const pattern = new Cron(cron, { timezone: zone, paused: true });
  const found: number[] = [];
  let next = pattern.nextRun(new Date(after));
  for (; next && next.getTime() <= until; next = pattern.nextRun(next)) found.push(next.getTime());
  return found;
}

/** The first instant after `after`; undefined where the pattern never comes round again. */
export function nextFiring(cron: string, zone: string, after: number): number | undefined {
  return new Cron(cron, { timezone: zone, paused: true }).nextRun(new Date(after))?.getTime();
}
