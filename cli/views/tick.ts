import type { Ticked } from '../commands/tick.ts';

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
