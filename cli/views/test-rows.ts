import type {
  Difference,
  ObservedExit,
  ObservedMessage,
  Pairing,
  TestResult,
} from '../../engine/dry-run/tests/result.ts';
import type { ExpectedExit, ExpectedMessage } from '../../spec/model/test.ts';
import { duration } from '../../spec/words/many.ts';
import { offset } from '../../spec/words/printing.ts';
import { t } from '../../spec/words/t.ts';
import { exitWords, refusalWords } from './words.ts';

export type Mark = 'given' | 'same' | 'different' | 'missing' | 'unexpected' | 'aside';

/** A line of the timeline of a test. */
export interface TimelineRow {
  mark: Mark;
  /** The time, such as `+2h` after the start; empty if there is none. */
  when: string;
  customer: string;
  expected: string;
  actual: string;
  /** The difference, in words. */
  note: string;
}

interface TimedRow extends TimelineRow {
  at: number;
}

/**
 * Returns the events, the expectations and the results of a test, in order of time. Includes results that the test does not ask for
 * and that may explain a failure: refusals, exits, and the steps where customers are at the end.
 */
export function timelineRows(result: TestResult): TimelineRow[] {
  const { test, messages = [], exits = [], attributes, observed } = result;
  const paired = new Set<object>(messages.flatMap(({ actual }) => actual ?? []));
  const others = observed.messages.filter((message) => !paired.has(message));
  const rows = [
    ...eventRows(result),
    ...withTimes(messages, test.start, messageRow),
    ...others.map(
      (message): TimedRow => ({
        ...messageRow({ actual: message, differences: [] }),
        mark: 'aside',
        note: '',
        at: message.at - test.start,
      }),
    ),
    ...withTimes(exits, test.start, exitRow),
    ...exitRows(result),
  ];
  const timeline = rows
    .sort((a, b) => a.at - b.at)
    .map(
      ({ at, ...row }): TimelineRow => (row.mark === 'missing' && row.when === '' ? row : { ...row, when: offset(at) }),
    );
  const ends = attributes.map(
    ({ customer, attribute, expected, actual }): TimelineRow => ({
      mark: 'different',
      when: t`end`,
      customer,
      expected: `${attribute}: ${JSON.stringify(expected)}`,
      actual: `${attribute}: ${JSON.stringify(actual)}`,
      note: t`another value`,
    }),
  );
  const inside = observed.inside.map(
    ({ customer, step }): TimelineRow => ({
      ...blank,
      mark: 'aside',
      when: t`end`,
      customer,
      actual: t`still at step ${step}`,
    }),
  );
  return [...timeline, ...ends, ...inside];
}

/** Returns the exits if the test does not ask for exits: they may explain what is missing. */
function exitRows({ test, exits, observed }: TestResult): TimedRow[] {
  if (exits) return [];
  return observed.exits.map((actual): TimedRow => {
    const { reason } = actual;
    const words = exitWords(reason);
    return {
      ...blank,
      mark: 'aside',
      customer: actual.customer,
      actual: words === reason ? t`leaves: ${reason}` : t`leaves: ${reason}, ${words}`,
      at: actual.at - test.start,
    };
  });
}

const blank = { when: '', customer: '', expected: '', actual: '', note: '' };

/** Returns the events of a test from its start on. Earlier ones are history, and seldom the reason of a failure. */
function eventRows({ test }: TestResult): TimedRow[] {
  const line = (at: number, customer: string, expected: string): TimedRow => ({
    ...blank,
    mark: 'given',
    at,
    customer,
    expected: `→ ${expected}`,
  });
  return [
    ...test.launches.map((at) => line(at, '', t`launched`)),
    ...test.events.filter(({ at }) => at >= 0).map(({ at, customer, event }) => line(at, customer, event)),
    ...test.reactions.map(({ at, customer, channel, kind }) => line(at, customer, `${kind} (${channel})`)),
  ];
}

/** Returns rows with their times. A missing message without a time is put after the message expected before it. */
function withTimes<E extends { at?: number }, A extends { at: number }>(
  pairings: Pairing<E, A>[],
  start: number,
  row: (pairing: Pairing<E, A>) => Omit<TimedRow, 'at'>,
): TimedRow[] {
  let last = 0;
  return pairings.map((pairing) => {
    const { expected, actual } = pairing;
    last = actual ? actual.at - start : (expected?.at ?? last);
    const known = actual !== undefined || expected?.at !== undefined;
    const line = row(pairing);
    const wanted = pairing.differences.some((one) => one.in === 'time') ? expected?.at : undefined;
    const late = actual && wanted !== undefined ? [lateness(actual.at - start - wanted)] : [];
    const note = [...late, line.note].filter((words) => words !== '').join(', ');
    return { ...line, note, when: known ? offset(last) : '', at: last };
  });
}

function lateness(by: number): string {
  return by > 0 ? t`${duration(by)} later than expected` : t`${duration(-by)} earlier than expected`;
}

function messageRow({
  expected,
  actual,
  differences,
}: Pairing<ExpectedMessage, ObservedMessage>): Omit<TimedRow, 'at'> {
  return {
    ...blank,
    mark: markOf(expected, actual, differences),
    customer: actual?.customer ?? expected?.customer ?? '',
    expected: expected ? messageWords(expected) : '',
    actual: actual ? messageWords(actual) : '',
    note: noteOf(expected, actual, differences),
  };
}

function exitRow({ expected, actual, differences }: Pairing<ExpectedExit, ObservedExit>): Omit<TimedRow, 'at'> {
  return {
    ...blank,
    mark: markOf(expected, actual, differences),
    customer: actual?.customer ?? expected?.customer ?? '',
    expected: expected ? t`leaves: ${expected.reason}` : '',
    actual: actual ? t`leaves: ${actual.reason}` : '',
    note: noteOf(expected, actual, differences),
  };
}

function markOf(expected: unknown, actual: unknown, differences: Difference[]): Mark {
  if (expected === undefined) return 'unexpected';
  if (actual === undefined) return 'missing';
  return differences.length > 0 ? 'different' : 'same';
}

function messageWords({
  channel,
  template,
  refused,
}: {
  channel: string;
  template?: string;
  refused?: string;
}): string {
  const what = [channel, ...(template === undefined || template === '' ? [] : [template])].join(' ');
  return refused === undefined ? what : t`${what}, not sent: ${refusalWords(refused, { channel })}`;
}

function noteOf(expected: object | undefined, actual: object | undefined, differences: Difference[]): string {
  if (!actual) return t`is missing`;
  if (!expected) return t`unexpected`;
  return differences.flatMap((one) => differenceWords(one, expected, actual)).join(', ');
}

/** Returns the differences in words. A difference in time is shown with the time. */
function differenceWords(one: Difference, expected: object, actual: object): string[] {
  switch (one.in) {
    case 'time':
      return [];
    case 'order':
      return [t`in another order`];
    case 'template':
      return [t`another template`];
    case 'reason':
      return [t`another reason`];
    case 'refusal':
      if (!('refused' in actual)) return [t`was sent`];
      return ['refused' in expected ? t`another reason` : t`was not sent`];
    case 'text':
      return [t`says no "${one.lacks}"`];
  }
}
