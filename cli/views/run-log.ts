import type { Tally } from '../../engine/delivery/tally.ts';
import type { Activity } from '../../engine/tick/activity.ts';
import type { GuardedPause } from '../../engine/tick/guardrails.ts';
import type { Removed } from '../../engine/tick/removed-customers.ts';
import { t, translated } from '../../spec/words/t.ts';
import { count, duration, many } from './format.ts';
import { guardedPauseWords } from './guardrails.ts';
import { readBeforeWords, readWords, removedWords, tallyWords } from './tick.ts';

/** The fields of the log lines that have their own words, by the English text of the line. */
interface Lines {
  running: { deployment: number; hash: string; tick: number };
  'a new deployment': { deployment: number; hash: string };
  tick: { at: string } & Partial<Activity>;
  dispatched: { channel: string } & Tally;
  read: Reading;
  'read, with problems': Reading;
  'problems in what was read before': { path: string; problems: number };
  'catching up': { missed: number };
  'an earlier run ended in the middle': Lapsed;
  'leases ran out': Lapsed;
  'customers removed, who are in no file of customers any more': Removed;
  'its guardrails have paused it': GuardedPause;
  'the last tick lay after the clock: ticking goes on from the clock': Ahead;
  'the last tick lies after the clock: waiting until then': Ahead;
}

interface Reading {
  path: string;
  rows: number;
  problems: number;
  lost: number;
  /** The files of a declaration of several. */
  files?: unknown[];
}

interface Ahead {
  lastTick: string;
  clock: string;
}

interface Lapsed {
  again: number;
  unknown: number;
}

/** Formats an instant in the project's time zone; returns other texts as they are. */
type Local = (text: string) => string;

const lines: { [Text in keyof Lines]: (fields: Lines[Text], local: Local) => string } = {
  running: ({ deployment, hash, tick }) =>
    t`running deployment ${String(deployment)} (${hash}), a tick every ${duration(tick)}`,
  'a new deployment': ({ deployment, hash }) => t`a new deployment: ${String(deployment)} (${hash})`,
  tick: ({ at, ...activity }, local) => t`tick for ${local(at)}: ${activityWords(activity)}`,
  dispatched: ({ channel, ...tally }) => `${channel}: ${tallyWords(tally).join(', ')}`,
  read: readingWords,
  'read, with problems': readingWords,
  'problems in what was read before': ({ path, problems }) => readBeforeWords(path, problems),
  'catching up': ({ missed }) =>
    missed === 1 ? t`catching up: one tick was missed` : t`catching up: ${missed} ticks were missed`,
  'an earlier run ended in the middle': (lapsed) =>
    t`an earlier run ended in the middle: of the messages that it had taken ${lapsedWords(lapsed)}`,
  'leases ran out': (lapsed) =>
    t`another process ended in the middle: of the messages that it had taken ${lapsedWords(lapsed)}`,
  'customers removed, who are in no file of customers any more': removedWords,
  'its guardrails have paused it': guardedPauseWords,
  'the last tick lay after the clock: ticking goes on from the clock': ({ lastTick, clock }, local) =>
    t`the last tick was for ${local(lastTick)}, after the clock (${local(clock)}): ticking goes on from the clock`,
  'the last tick lies after the clock: waiting until then': ({ lastTick, clock }, local) =>
    t`the last tick was for ${local(lastTick)}, after the clock (${local(clock)}): waiting until then`,
};

/** Returns a line of the log of `crm run` for people. `text`: the English text of the line. */
export function logWords(text: string, fields: Record<string, unknown>, local: Local): string {
  const own = Object.hasOwn(lines, text) ? lines[text as keyof Lines] : undefined;
  return own ? (own as (fields: unknown, local: Local) => string)(fields, local) : otherWords(text, fields, local);
}

/** The fields that are shown without their names. */
const sentences = ['why', 'error', 'message', 'detail'];

/** Returns the campaign, channel or file first, then the text, then the other fields. */
function otherWords(text: string, fields: Record<string, unknown>, local: Local): string {
  const { all: _, campaign, channel, path, ...rest } = fields;
  const subject = [campaign, channel, path].find((one) => typeof one === 'string');
  const more = Object.entries(rest).flatMap(([key, value]) => {
    if (value === 0) return [];
    const shown = typeof value === 'string' ? local(value) : JSON.stringify(value);
    return sentences.includes(key) ? [shown] : [`${key} ${shown}`];
  });
  const named = typeof subject === 'string' ? `${subject}: ${translated(text)}` : translated(text);
  return more.length > 0 ? `${named} (${more.join(', ')})` : named;
}

function activityWords({ entered = {}, moved = 0, decided = {}, refused = 0 }: Partial<Activity>): string {
  const parts = [
    ...numbers(entered, (names) => t`entered campaigns: ${names}`),
    ...(moved > 0 ? [t`went on: ${moved}`] : []),
    ...numbers(decided, (names) => t`to be sent: ${names}`),
    ...(refused > 0 ? [t`refused: ${refused}`] : []),
  ];
  return parts.length > 0 ? parts.join('; ') : t`nothing to do`;
}

/** Returns `welcome 3, cart 2`. */
function numbers(counts: Record<string, number>, words: (names: string) => string): string[] {
  const some = Object.entries(counts).map(([name, n]) => `${name} ${count(n)}`);
  return some.length > 0 ? [words(some.join(', '))] : [];
}

function readingWords({ path, rows, problems, lost, files = [path] }: Reading): string {
  const words = readWords(path, { files: files.length, rows, problems });
  return lost > 0 ? t`${words}, ${many(lost, 'row')} lost` : words;
}

function lapsedWords({ again, unknown }: Lapsed): string {
  return t`${again} go on, ${unknown} are in doubt and are not sent again`;
}
