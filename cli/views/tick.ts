import type { DispatchReport } from '../../engine/delivery/dispatch.ts';
import type { Tally } from '../../engine/delivery/tally.ts';
import type { Refused } from '../../engine/report/refused-at.ts';
import type { Removed } from '../../engine/tick/removed-customers.ts';
import { t } from '../../spec/words/t.ts';
import type { Ticked } from '../commands/tick.ts';
import { byDeclaration } from './by-declaration.ts';
import { causeLines } from './causes.ts';
import { clockFormat, indent, many, zonedFormat } from './format.ts';
import { guardedPauseWords } from './guardrails.ts';
import { fold } from './wrap.ts';

const SECOND = 1000;
const SHOWN = 5;
/** The number of causes of problems in the data that are shown. */
const CAUSES = 3;

/** `last`: the instant of the last tick, which lay after the clock. `zone`: the project's, IANA. */
export function aheadText(last: number, clock: number, zone: string): string {
  return t`${apart(last, clock, zone)}. Ticking goes on from the clock; nothing happens twice.`;
}

/** `until`: the instant of the last tick, which lies after the clock. `zone`: the project's, IANA. */
export function waitsText(until: number, clock: number, zone: string): string {
  return t`${apart(until, clock, zone)}: the clock was ahead, or somebody ticked with a later --at. Nobody enters, moves on or is written to anew until the clock has passed that; what was decided for now or before leaves. Is the clock right?`;
}

/** Returns the answer if a tick with `--allow-bad-data` is at an instant that has been ticked already. */
export function nothingReadText(at: number, { timezone, tick }: Clock): string {
  const next = zonedFormat(timezone, tick)(at + tick);
  return t`The files were not read, and nothing was accepted of them: a tick reads them once. Repeat the command at ${next} or later.`;
}

/** The time zone, IANA, and the milliseconds between two ticks. */
interface Clock {
  timezone: string;
  tick: number;
}

/** Returns the first names, and the number of the others. */
function listed(names: string[]): string {
  const more = names.length - SHOWN;
  const some = names.slice(0, SHOWN).join(', ');
  if (more <= 0) return some;
  return more === 1 ? t`${some} and 1 other` : t`${some} and ${more} others`;
}

/** Returns the customers who were removed, and the enrolments that this ended, in words. */
export function removedWords({ customers, journeys, unread }: Removed): string {
  const done = t`${many(customers, 'customer')} removed (in no file of customers any more), ${many(journeys, 'journey')} ended.`;
  const rows = unread.map(({ path, rows }) =>
    customers === 1
      ? t`${many(rows, 'row')} of ${path} cannot be read, and may name this customer.`
      : t`${many(rows, 'row')} of ${path} cannot be read, and may name these customers.`,
  );
  return [done, ...rows].join(' ');
}

function apart(last: number, clock: number, zone: string): string {
  const local = clockFormat(zone, SECOND);
  return t`The last tick was for ${local(last)}, but by the clock it is ${local(clock)} (${zone})`;
}

/** Renders one tick in a few lines. */
export function tickText(ticked: Ticked, project: Clock, width: number): string {
  const { read, later = [], causes = [], beginning = [], paused = [], removed, refused, dispatched } = ticked;
  const { timezone, tick } = project;
  const lines = [headline(ticked, zonedFormat(timezone, tick))];
  // Ticks are at whole multiples.
  const firstTick = (since: number) => Math.ceil(since / tick) * tick;
  for (const [first, mine] of Map.groupBy(beginning, ({ since }) => firstTick(since))) {
    const names = mine.map(({ campaign }) => campaign);
    lines.push(
      t`Applied after that, and begun by the first tick at ${clockFormat(timezone, tick)(first)} or later: ${listed(names)}.`,
    );
  }
  for (const { path, files } of byDeclaration(read))
    lines.push(
      `  ${readWords(path, { files: files.length, rows: all(files, 'rows'), problems: all(files, 'problems') })}`,
    );
  for (const { path, files } of byDeclaration(later)) lines.push(`  ${readBeforeWords(path, all(files, 'problems'))}`);
  const most = { most: CAUSES, rest: t`\`crm status\` shows all` };
  lines.push(...indent(causeLines(causes, { width: width - 4, ...most }), 4));
  lines.push(...paused.map(guardedPauseWords));
  if (removed) lines.push(removedWords(removed));
  if (dispatched) lines.push(...dispatchLines(dispatched, refused, zonedFormat(timezone, SECOND)));
  else lines.push(...messageLines({}, refused));
  return `${fold(lines, width).join('\n')}\n`;
}

function headline({ at, ticked, waitsUntil }: Ticked, local: (at: number) => string): string {
  if (ticked) return t`Ticked at ${local(at)}.`;
  return waitsUntil === undefined
    ? t`${local(at)} has been ticked already.`
    : t`Not ticked at ${local(at)}: the last tick was for ${local(waitsUntil)}.`;
}

function all<Figure extends string>(files: Record<Figure, number>[], figure: Figure): number {
  return files.reduce((sum, file) => sum + file[figure], 0);
}

/** Returns a line about a file, or the files of a declaration, that were read. */
export function readWords(path: string, { files = 1, rows, problems }: Read): string {
  const [some, wrong] = [many(rows, 'row'), many(problems, 'problem')];
  if (files === 1) return problems > 0 ? t`read ${path}: ${some}, ${wrong} (crm status)` : t`read ${path}: ${some}`;
  return problems > 0
    ? t`read ${path}: ${many(files, 'file')}, ${some}, ${wrong} (crm status)`
    : t`read ${path}: ${many(files, 'file')}, ${some}`;
}

interface Read {
  files?: number;
  rows: number;
  problems: number;
}

/** Returns a line about a file in which problems were found after it was read. */
export function readBeforeWords(path: string, problems: number): string {
  return problems > 0 ? t`read before, ${path}, ${many(problems, 'problem')} (crm status)` : t`read before, ${path}`;
}

function dispatchLines(
  { lapsed, leased, total, stalled }: DispatchReport,
  refused: Refused | undefined,
  local: (at: number) => string,
): string[] {
  const { again, unknown } = lapsed;
  return [
    ...(again + unknown > 0
      ? [
          t`An earlier process ended in the middle: of the messages that it had taken ${again} go on, ${unknown} are in doubt and are not sent again.`,
        ]
      : []),
    ...messageLines(total, refused, t`Nothing was due to be sent.`),
    ...(leased
      ? [
          t`Messages that are due and another process has taken: ${leased.messages}. If it has ended, they are free again at ${local(leased.until)}.`,
        ]
      : []),
    ...stalled.map((name) => t`The channel ${name} does not work for now; its messages wait in the outbox.`),
  ];
}

/** Returns the number of messages by status, in the words of `crm status`. `none`: the line if there are no messages. */
function messageLines(total: Partial<Tally>, refused: Refused | undefined, none?: string): string[] {
  const some = tallyWords(total, refused);
  if (some.length === 0) return none === undefined ? [] : [none];
  return [t`Messages: ${some.join(', ')}.`];
}

/** Returns the number of messages by status: `3 sent`, `1 refused`. */
export function tallyWords(total: Partial<Tally>, refused: Refused = { suppressed: 0, expired: 0 }): string[] {
  const { sent = 0, failed = 0, bounced = 0, unknown = 0, suppressed = 0, expired = 0, retried = 0, held = 0 } = total;
  const counts: [number, string][] = [
    [sent, t`${sent} sent`],
    [failed, bounced > 0 ? t`${failed} failed (${bounced} bounced)` : t`${failed} failed`],
    [unknown, t`${unknown} in doubt`],
    [suppressed + refused.suppressed, t`${suppressed + refused.suppressed} refused`],
    [expired + refused.expired, t`${expired + refused.expired} dropped as too late`],
    [retried, t`${retried} to be tried again`],
    [held, t`${held} held by quiet hours`],
  ];
  return counts.flatMap(([n, words]) => (n > 0 ? [words] : []));
}
