import type { Ticked } from '../commands/tick.ts';

/** `last`: the instant of the last tick, which lay after the clock. */
export function aheadText(last: number, clock: number): string {
  const iso = (at: number) => new Date(at).toISOString();
  return `The last tick was for ${iso(last)}, but by the clock it is ${iso(clock)}. Ticking goes on from the clock; nothing happens twice.\n`;
}

/** `until`: the instant of the last tick, which lies after the clock. */
export function waitsText(until: number, clock: number): string {
  const iso = (at: number) => new Date(at).toISOString();
  return `The last tick was for ${iso(until)}, but by the clock it is ${iso(clock)}: the clock was ahead, or somebody ticked with a later --at. Nobody enters, moves on or is written to anew until the clock has passed that; what is decided already leaves. Is the clock right?\n`;
}

/** One tick in a few lines. */
export function tickText({ at, ticked, read, dispatched, waitsUntil }: Ticked): string {
  const iso = (instant: number) => new Date(instant).toISOString().replace('.000', '');
  const done =
    waitsUntil === undefined
      ? `${iso(at)} has been ticked already.`
      : `Not ticked at ${iso(at)}: the last tick was for ${iso(waitsUntil)}.`;
  const lines = [ticked ? `Ticked at ${iso(at)}.` : done];
  for (const { path, rows, problems } of read)
    lines.push(`  read ${path}: ${rows} rows${problems > 0 ? `, ${problems} problems (crm status)` : ''}`);
  if (dispatched) {
    const { lapsed, leased } = dispatched;
    if (lapsed.again + lapsed.unknown > 0)
      lines.push(
        `An earlier process ended in the middle: of the messages that it had taken ${lapsed.again} are sent again, ${lapsed.unknown} are in doubt and are not.`,
      );
    const counts = Object.entries(dispatched.total).filter(([, count]) => count > 0);
    lines.push(
      counts.length === 0
        ? 'Nothing was due to be sent.'
        : `Messages: ${counts.map(([what, n]) => `${n} ${what}`).join(', ')}.`,
    );
    if (leased)
      lines.push(
        `Messages that are due and another process has taken: ${leased.messages}. If it has ended, they are free again at ${iso(leased.until)}.`,
      );
    for (const channel of dispatched.stalled)
      lines.push(`The channel ${channel} does not work for now; its messages wait in the outbox.`);
  }
  return `${lines.join('\n')}\n`;
}
