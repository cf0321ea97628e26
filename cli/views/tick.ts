import type { Tally } from '../../engine/dispatch/tally.ts';
import type { Refused } from '../../engine/report/refused-at.ts';
import type { Removed } from '../../engine/run/removed-customers.ts';
import type { Ticked } from '../commands/tick.ts';
import { causeLines } from './causes.ts';
import { clockFormat, count, indent, many, zonedFormat } from './format.ts';

const SECOND = 1000;
const SHOWN = 5;
/** Causes of problems in the data that are shown. */
const CAUSES = 3;

/** `last`: the instant of the last tick, which lay after the clock. `zone`: the project's, IANA. */
export function aheadText(last: number, clock: number, zone: string): string {
  return `${apart(last, clock, zone)}. Ticking goes on from the clock; nothing happens twice.\n`;
}

/** `until`: the instant of the last tick, which lies after the clock. `zone`: the project's, IANA. */
export function waitsText(until: number, clock: number, zone: string): string {
  return `${apart(until, clock, zone)}: the clock was ahead, or somebody ticked with a later --at. Nobody enters, moves on or is written to anew until the clock has passed that; what was decided for now or before leaves. Is the clock right?\n`;
}

/** The words for a tick that was to accept what the files say, at an instant that has been ticked. */
export function nothingReadText(at: number, { timezone, tick }: { timezone: string; tick: number }): string {
  const next = zonedFormat(timezone, tick)(at + tick);
  return `The files were not read, and nothing was accepted of them: a tick reads them once. Repeat the command at ${next} or later.\n`;
}

/** The first names, and how many more. */
function listed(names: string[]): string {
  const more = names.length - SHOWN;
  return names.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${many(more, 'other')}` : '');
}

function removedWords({ customers, journeys, unread }: Removed): string {
  const done = `${many(customers, 'customer')} removed (in no file of customers any more), ${many(journeys, 'journey')} ended.`;
  const may = `${customers === 1 ? 'this customer' : 'these customers'}.`;
  const rows = unread.map(({ path, rows }) => ` ${many(rows, 'row')} of ${path} cannot be read, and may name ${may}`);
  return [done, ...rows].join('');
}

function apart(last: number, clock: number, zone: string): string {
  const local = clockFormat(zone, SECOND);
  return `The last tick was for ${local(last)}, but by the clock it is ${local(clock)} (${zone})`;
}

/** One tick in a few lines. */
export function tickText(
  { at, ticked, read, later = [], causes = [], beginning = [], removed, refused, dispatched, waitsUntil }: Ticked,
  { timezone, tick }: { timezone: string; tick: number },
  width: number,
): string {
  const local = zonedFormat(timezone, tick);
  const done =
    waitsUntil === undefined
      ? `${local(at)} has been ticked already.`
      : `Not ticked at ${local(at)}: the last tick was for ${local(waitsUntil)}.`;
  const lines = [ticked ? `Ticked at ${local(at)}.` : done];
  if (beginning.length > 0) {
    const next = clockFormat(timezone, tick)(at + tick);
    lines.push(`Applied after that, and begun by the next tick, at ${next} or later: ${listed(beginning)}.`);
  }
  const trouble = (problems: number) => (problems > 0 ? `, ${many(problems, 'problem')} (crm status)` : '');
  for (const { path, rows, problems } of read) lines.push(`  read ${path}: ${many(rows, 'row')}${trouble(problems)}`);
  for (const { path, problems } of later) lines.push(`  read before, ${path}${trouble(problems)}`);
  const most = { most: CAUSES, rest: '`crm status` shows all' };
  lines.push(...indent(causeLines(causes, { width: width - 4, ...most }), 4));
  if (removed) lines.push(removedWords(removed));
  if (dispatched) {
    const { lapsed, leased } = dispatched;
    if (lapsed.again + lapsed.unknown > 0)
      lines.push(
        `An earlier process ended in the middle: of the messages that it had taken ${lapsed.again} go on, ${lapsed.unknown} are in doubt and are not sent again.`,
      );
    lines.push(...messageLines(dispatched.total, refused, 'Nothing was due to be sent.'));
    if (leased)
      lines.push(
        `Messages that are due and another process has taken: ${leased.messages}. If it has ended, they are free again at ${zonedFormat(timezone, SECOND)(leased.until)}.`,
      );
    for (const channel of dispatched.stalled)
      lines.push(`The channel ${channel} does not work for now; its messages wait in the outbox.`);
  }
  if (!dispatched) lines.push(...messageLines({}, refused));
  return `${lines.join('\n')}\n`;
}

/** Each message once, by the words of `crm status`. `none`: for no message at all. */
function messageLines(
  total: Partial<Tally>,
  refused: Refused = { suppressed: 0, expired: 0 },
  none?: string,
): string[] {
  const { sent = 0, failed = 0, bounced = 0, unknown = 0, suppressed = 0, expired = 0, retried = 0, held = 0 } = total;
  const counts: [number, string][] = [
    [sent, 'sent'],
    [failed, `failed${bounced > 0 ? ` (${count(bounced)} bounced)` : ''}`],
    [unknown, 'in doubt'],
    [suppressed + refused.suppressed, 'refused'],
    [expired + refused.expired, 'dropped as too late'],
    [retried, 'to be tried again'],
    [held, 'held by quiet hours'],
  ];
  const some = counts.filter(([n]) => n > 0).map(([n, what]) => `${count(n)} ${what}`);
  if (some.length === 0) return none === undefined ? [] : [none];
  return [`Messages: ${some.join(', ')}.`];
}
