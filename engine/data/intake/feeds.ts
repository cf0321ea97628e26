import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { channelKinds, reachesCustomers } from '../../../spec/model/channel-kinds.ts';
import type { Field, Source, StatedConsent } from '../../../spec/model/data.ts';
import { hash } from '../../program/hash.ts';
import type { Program } from '../../program/program.ts';
import { eventInbox } from '../../store/tables.ts';
import { overlap } from '../files/pattern.ts';
import type { InputFile } from '../files/record.ts';
import {
  consentShape,
  customerShape,
  eventShape,
  feedbackShape,
  listShape,
  type Shape,
  stateShape,
  suppressionShape,
} from '../files/shape.ts';
import { mayBeWritten } from '../files/writing.ts';

/** A file, or the declaration of several, and the inbox that its rows go to. */
export interface Feed {
  /** The name in the tables `source` and `quarantine`: the path and `suffix`. */
  name: string;
  /** Empty; where a file is declared more than once, what the declaration holds, and a number from the second on. */
  suffix: string;
  source: Source & Pick<InputFile, 'folders'>;
  shape: Shape;
  inbox: string;
  /** The static segment whose members the file names. */
  list?: string;
}

/** Returns what a project declares that it takes data from. `feedsNow` and `feedsRead` have one for each file. */
export function feeds(program: Program): Feed[] {
  const { data } = program;
  const list = [
    ...of(data.customers.sources, customerShape(data.customers), 'inbox_customer'),
    ...data.events.flatMap((kind) => of(kind.sources, eventShape(kind), eventInbox(kind.name))),
    ...consentFeeds(program),
    ...program.lists.flatMap(({ name, sources }) =>
      of(sources, listShape(name), 'inbox_listing').map((feed) => ({ ...feed, list: name })),
    ),
  ];
  return named(list);
}

/** Returns the feeds with different names, however often a file is declared. */
function named(list: Feed[]): Feed[] {
  const numbers: number[] = [];
  return list.map((feed) => {
    const meets = list.map((other) => overlap(other.source.path, feed.source.path));
    const before = numbers.filter((_, j) => meets[j] && list[j]?.shape.of === feed.shape.of);
    const nth = 1 + Math.max(0, ...before);
    numbers.push(nth);
    if (meets.filter(Boolean).length === 1) return feed;
    const suffix = ` (${feed.shape.of}${nth > 1 ? `, ${nth}` : ''})`;
    return { ...feed, suffix, name: `${feed.source.path}${suffix}` };
  });
}

/** The feeds that can forbid a message. */
export function consentFeeds({ data, channels }: Program): Feed[] {
  // A kind is a word for a channel also before the project has one of it.
  const names = [...new Set([...channelKinds.filter(reachesCustomers), ...channels.map((channel) => channel.name)])];
  const named = Object.entries(data.customers.consent ?? {}).flatMap(
    ([channel, { refusal, ...columns }]): StatedConsent[] => [
      { channel, ...columns },
      ...(refusal === undefined ? [] : [{ channel, refusal }]),
    ],
  );
  return [
    ...of(data.consent, consentShape(names), 'inbox_consent'),
    ...data.customers.sources.flatMap((source) => {
      const states = [...(source.consent ?? []), ...named];
      return states.length > 0 ? of([source], stateShape(states, names), 'inbox_consent') : [];
    }),
    ...of(data.suppressions, suppressionShape(names), 'inbox_suppression'),
    ...of(data.feedback, feedbackShape(), 'inbox_feedback'),
  ];
}

/** Changes with the file, and with what the project wants to know from it. Read before the file is. */
export async function fingerprint(
  { source, shape }: Feed,
  { timezone: zone, currency }: Program['project'],
  root: string,
): Promise<string> {
  const facts = await stat(resolve(root, source.path)).catch(() => undefined);
  if (!facts) return 'missing';
  const { path: _path, ...declared } = source;
  return `${facts.size}:${facts.mtimeMs}:${hash({ shape, ...declared, zone, ...(hasMoney(shape.columns) && { currency }) })}`;
}

/** Returns the size of the file, in bytes, by its fingerprint. */
export function sizeIn(print: string): number {
  return Number.parseInt(print, 10) || 0;
}

/** Returns the part of a fingerprint that describes how the file is read. */
export function declaration(print: string): string | undefined {
  return print.split(':')[2];
}

const UNFINISHED = ':unfinished';

/** Returns the fingerprint to remember of a file whose last row was not finished. */
export function unfinished(print: string): string {
  return `${print}${UNFINISHED}`;
}

/** Returns true of the fingerprint of a file whose last row was not finished. */
export function isUnfinished(print: string): boolean {
  return print.endsWith(UNFINISHED);
}

/** Returns true if a reading would find nothing that the one before did not. `clock`: the real time, epoch milliseconds. */
export function unchanged(known: string | undefined, now: string, clock: number): boolean {
  if (known === unfinished(now)) return mayBeWritten(Number(now.split(':')[1]), clock);
  return known === now;
}

function of(sources: Source[], shape: Shape, inbox: string): Feed[] {
  return sources.map((source) => ({ name: source.path, suffix: '', source, shape, inbox }));
}

/** The currency decides which amounts can be read. */
function hasMoney(columns: { type: string; items?: Field[] }[]): boolean {
  return columns.some(({ type, items = [] }) => type === 'money' || hasMoney(items));
}
