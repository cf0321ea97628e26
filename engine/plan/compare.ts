import type { Program } from '../program/program.ts';
import type { Count, Counted, Slot } from './counts.ts';
import { type Busiest, type Details, mostPairs, type Peak, type Series } from './details.ts';
import type { Audience, Delta, Forecast, SendForecast } from './effects.ts';
import { experiments } from './experiments.ts';
import { DAY, firstHour, HOUR } from './hours.ts';
import type { Measured, Sent } from './measure.ts';
import { messagesOf, type Rewritten } from './messages.ts';

/** The sides of a forecast: what both programs do. `before`: absent where nothing is applied. */
export interface Sides {
  before: Measured | undefined;
  after: Measured;
  /** The planned program. */
  desired: Program;
  /** The texts in which they differ, whose missing values are counted after. */
  rewritten: Rewritten[];
  /** Half-open, epoch milliseconds. */
  from: number;
  to: number;
}

type Compared = Pick<Forecast, 'sends' | 'entries' | 'audiences' | 'losses' | 'lossesBefore' | 'details'>;

/** Returns the numbers of both programs beside one another. Pure. */
export function compare(sides: Sides): Compared {
  const { before, after } = sides;
  const names = (of: (one: Measured) => Iterable<string>) =>
    [...new Set([before, after].flatMap((one) => (one ? [...of(one)] : [])))].sort();
  const sends = rows(sides, ({ sends }) => sends, flow, forecastOf);
  const entries = names(({ entries }) => entries.keys()).map((campaign) => ({
    campaign,
    ...delta(sides, (one) => one.entries.get(campaign), 0),
  }));
  const audiences = names(({ audiences }) => audiences.keys()).map(
    (address): Audience => ({ address, ...delta(sides, (one) => one.audiences.get(address), null) }),
  );
  const lost = new Set(after.losses.map(({ path }) => path));
  const lossesBefore = (before?.losses ?? []).filter(({ path }) => !lost.has(path));
  return {
    sends,
    entries,
    audiences,
    losses: after.losses,
    ...(lossesBefore.length > 0 && { lossesBefore }),
    details: detailsOf(sides),
  };
}

function delta({ before, after }: Sides, of: (one: Measured) => number | undefined, none: number | null): Delta {
  return { before: before ? (of(before) ?? none) : null, after: of(after) ?? none };
}

/** Returns a row for each key that a side has, in the order of keys. */
function rows<T, R>(
  { before, after }: Sides,
  of: (one: Measured) => T[],
  key: (one: T) => string,
  row: (was: T | undefined, becomes: T | undefined, compared: boolean) => R,
): R[] {
  const index = (one: Measured | undefined) => new Map((one ? of(one) : []).map((each) => [key(each), each]));
  const [old, now] = [index(before), index(after)];
  const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
  return keys.map((each) => row(old.get(each), now.get(each), before !== undefined));
}

const flow = ({ campaign, channel }: Pick<Sent, 'campaign' | 'channel'>) => `${campaign}\n${channel}`;

function forecastOf(was: Sent | undefined, becomes: Sent | undefined, compared: boolean): SendForecast {
  const { campaign = '', channel = '' } = becomes ?? was ?? {};
  const of = (field: 'day' | 'dayCost' | 'week' | 'weekCost'): Delta => ({
    before: compared ? (was?.[field] ?? 0) : null,
    after: becomes?.[field] ?? 0,
  });
  return { campaign, channel, day: of('day'), dayCost: of('dayCost'), week: of('week'), weekCost: of('weekCost') };
}

function detailsOf(sides: Sides): Details {
  const { before, after, desired, from, to } = sides;
  const start = firstHour(from);
  const one = (figure: 'recipients' | 'several') =>
    delta(sides, ({ counts }) => counts[figure].reduce((sum, { n }) => sum + n, 0), 0);
  const counted = (figure: Counted) =>
    rows(
      sides,
      ({ counts }) => counts[figure],
      ({ one, other, channel }) => [one, other, channel].join('\n'),
      (was, becomes, compared) => ({ of: (becomes ?? was) as Count, delta: countDelta(was, becomes, compared) }),
    );
  const pairs = counted('overlaps');
  const series = (of: (one: Measured) => Slot[], length: number) =>
    seriesOf(before && of(before), of(after), Math.ceil(length));
  const hours = series(({ hours }) => hours, (to - start) / HOUR).map(({ campaign: _, ...rest }) => rest);
  return {
    recipients: one('recipients'),
    several: one('several'),
    steps: rows(
      sides,
      ({ steps }) => steps,
      (each) => `${each.campaign}\n${each.step}\n${each.channel}`,
      (was, becomes, compared) => ({ ...forecastOf(was, becomes, compared), step: (becomes ?? was)?.step ?? '' }),
    ),
    leaving: counted('leaving').map(({ of, delta }) => ({ campaign: of.one, ...delta })),
    exits: counted('exits').map(({ of, delta }) => ({ campaign: of.one, reason: of.other, ...delta })),
    refusals: counted('refusals').map(({ of, delta }) => ({
      ...{ campaign: of.one, channel: of.channel, reason: of.other },
      ...delta,
    })),
    overlaps: {
      pairs: pairs.length,
      greatest: pairs
        .map(({ of, delta }) => ({ campaigns: [of.one, of.other] as [string, string], ...delta }))
        .sort((a, b) => changeOf(b) - changeOf(a) || sizeOf(b) - sizeOf(a))
        .slice(0, mostPairs),
    },
    days: series(({ days }) => days, (to - from) / DAY),
    hours,
    peaks: hours.map((one) => peakOf(one, start, desired)),
    moves: [],
    experiments: experiments(desired, after.entries, (to - from) / DAY, after.courses),
    messages: messagesOf(sides.rewritten, after.missing),
  };
}

function countDelta(was: Count | undefined, becomes: Count | undefined, compared: boolean): Delta {
  return { before: compared ? (was?.n ?? 0) : null, after: becomes?.n ?? 0 };
}

const changeOf = ({ before, after }: Delta) => (before === null ? 0 : Math.abs((after ?? 0) - before));
const sizeOf = ({ before, after }: Delta) => Math.max(before ?? 0, after ?? 0);

function seriesOf(
  before: Slot[] | undefined,
  after: Slot[],
  length: number,
): ({ campaign: string; channel: string } & Series)[] {
  const found = new Map<string, { campaign: string; channel: string } & Series>();
  const add = (slots: Slot[], side: 'before' | 'after') => {
    for (const { campaign, channel, slot, n } of slots) {
      const key = flow({ campaign, channel });
      const zeros = () => Array<number>(length).fill(0);
      const one = found.get(key) ?? { campaign, channel, before: before ? zeros() : null, after: zeros() };
      const list = one[side];
      if (list) list[slot] = n;
      found.set(key, one);
    }
  };
  add(before ?? [], 'before');
  add(after, 'after');
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function peakOf({ channel, before, after }: { channel: string } & Series, start: number, desired: Program): Peak {
  const rate = desired.channels.find(({ name }) => name === channel)?.rate;
  const busiest = (messages: number[]): Busiest | null => {
    const most = Math.max(0, ...messages);
    return most === 0 ? null : { at: start + messages.indexOf(most) * HOUR, messages: most };
  };
  return {
    channel,
    ...(rate !== undefined && { rate: Math.floor(rate * 3_600 + 1e-6) }),
    before: before && busiest(before),
    after: busiest(after),
  };
}
