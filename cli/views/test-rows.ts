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
  /** As `+2h` after the start; empty: nobody has said when. */
  when: string;
  customer: string;
  expected: string;
  came: string;
  /** The fault. */
  note: string;
}

interface Placed extends TimelineRow {
  at: number;
}

/**
 * Returns the events, the expectations and the results of a test, in order of time. Also what was not asked for and may explain the rest: refusals,
 * who left and why, and where customers still were at the end.
 */
export function timelineRows(result: TestResult): TimelineRow[] {
  const { test, messages = [], exits = [], attributes, observed } = result;
  const told = new Set<object>(messages.flatMap(({ actual }) => actual ?? []));
  const aside = observed.messages.filter((message) => !told.has(message));
  const rows = [
    ...given(result),
    ...placed(messages, test.start, messageRow),
    ...aside.map(
      (message): Placed => ({
        ...messageRow({ actual: message, differences: [] }),
        mark: 'aside',
        note: '',
        at: message.at - test.start,
      }),
    ),
    ...placed(exits, test.start, exitRow),
    ...leavers(result),
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
      came: `${attribute}: ${JSON.stringify(actual)}`,
      note: t`another value`,
    }),
  );
  const inside = observed.inside.map(
    ({ customer, step }): TimelineRow => ({
      ...blank,
      mark: 'aside',
      when: t`end`,
      customer,
      came: t`still at step ${step}`,
    }),
  );
  return [...timeline, ...ends, ...inside];
}

/** Returns who left and why, where the test asks for other things only: it may explain what is missing. */
function leavers({ test, exits, observed }: TestResult): Placed[] {
  if (exits) return [];
  return observed.exits.map((actual): Placed => {
    const { reason } = actual;
    const words = exitWords(reason);
    return {
      ...blank,
      mark: 'aside',
      customer: actual.customer,
      came: words === reason ? t`leaves: ${reason}` : t`leaves: ${reason}, ${words}`,
      at: actual.at - test.start,
    };
  });
}

const blank = { when: '', customer: '', expected: '', came: '', note: '' };

/** Returns the events of a test from its start on. Earlier ones are history, and seldom the reason of a failure. */
function given({ test }: TestResult): Placed[] {
  const line = (at: number, customer: string, expected: string): Placed => ({
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

/** A missing message without a time stands where it was expected: after what was expected before it. */
function placed<E extends { at?: number }, A extends { at: number }>(
  pairings: Pairing<E, A>[],
  start: number,
  row: (pairing: Pairing<E, A>) => Omit<Placed, 'at'>,
): Placed[] {
  let last = 0;
  return pairings.map((pairing) => {
    const { expected, actual } = pairing;
    last = actual ? actual.at - start : (expected?.at ?? last);
    const known = actual !== undefined || expected?.at !== undefined;
    const told = row(pairing);
    const wanted = pairing.differences.some((one) => one.in === 'time') ? expected?.at : undefined;
    const late = actual && wanted !== undefined ? [lateness(actual.at - start - wanted)] : [];
    const note = [...late, told.note].filter((words) => words !== '').join(', ');
    return { ...told, note, when: known ? offset(last) : '', at: last };
  });
}

function lateness(by: number): string {
  return by > 0 ? t`${duration(by)} later than expected` : t`${duration(-by)} earlier than expected`;
}

function messageRow({ expected, actual, differences }: Pairing<ExpectedMessage, ObservedMessage>): Omit<Placed, 'at'> {
  return {
    ...blank,
    mark: markOf(expected, actual, differences),
    customer: actual?.customer ?? expected?.customer ?? '',
    expected: expected ? messageWords(expected) : '',
    came: actual ? messageWords(actual) : '',
    note: noteOf(expected, actual, differences),
  };
}

function exitRow({ expected, actual, differences }: Pairing<ExpectedExit, ObservedExit>): Omit<Placed, 'at'> {
  return {
    ...blank,
    mark: markOf(expected, actual, differences),
    customer: actual?.customer ?? expected?.customer ?? '',
    expected: expected ? t`leaves: ${expected.reason}` : '',
    came: actual ? t`leaves: ${actual.reason}` : '',
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

/** A difference in time is told with the time. */
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
