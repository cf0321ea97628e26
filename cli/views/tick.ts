import type { Ticked } from '../commands/tick.ts';

/** `last`: the instant of the last tick, which lay after the clock. */
export function aheadText(last: number, clock: number): string {
  const iso = (at: number) => new Date(at).toISOString();
  return `The last tick was for ${iso(last)}, but by the clock it is ${iso(clock)}. Ticking goes on from the clock; nothing happens twice.\n`;
}

/** One tick in a few lines. */
export function tickText({ at, ticked, read, dispatched }: Ticked): string {
  const instant = new Date(at).toISOString().replace('.000', '');
  const lines = [ticked ? `Ticked at ${instant}.` : `${instant} has been ticked already.`];
  for (const { path, rows, problems } of read)
    lines.push(`  read ${path}: ${rows} rows${problems > 0 ? `, ${problems} problems (crm status)` : ''}`);
  if (dispatched) {
    const counts = Object.entries(dispatched.total).filter(([, count]) => count > 0);
    lines.push(
      counts.length === 0
        ? 'Nothing was due to be sent.'
        : `Messages: ${counts.map(([what, n]) => `${n} ${what}`).join(', ')}.`,
    );
    for (const channel of dispatched.stalled)
      lines.push(`The channel ${channel} does not work for now; its messages wait in the outbox.`);
  }
  return `${lines.join('\n')}\n`;
}
