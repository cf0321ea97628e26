import type { AbsenceTrigger, Campaign, DateTrigger, EventMatch } from '../../spec/model/campaign.ts';
import { holds } from '../interpreter/evaluate.ts';
import { read } from '../interpreter/world.ts';
import { day, minute } from '../world.ts';
import { instantOf, local, scheduled, zoneOf } from './clock.ts';
import { type Event, ground, type Shopper, type State } from './state.ts';

/** Something that brings a customer into a campaign. */
export interface Call {
  customer: Shopper;
  occurrence: string;
  started: number;
  event?: Event;
}

/** Returns the occurrence of each customer that this tick looks at for a campaign. */
export function calls(state: State, { name, on }: Campaign, launches: number[]): Call[] {
  const { now, customers } = state;
  const { active, after, isFirst } = timesOf(state, name);
  switch (on.kind) {
    case 'event': {
      const asked = state.news.filter((event) => event.at >= active && matches(state, on, event));
      const line = asked.toSorted((a, b) => a.at - b.at || order(a.id, b.id) || a.seq - b.seq);
      const turned = on.restart ? line.toReversed() : line;
      const first = turned.filter((event) => turned.find(({ customer }) => customer === event.customer) === event);
      return first.map((event) => callOf(state, event));
    }
    case 'absence':
      return customers.flatMap((customer) => absence(state, on, customer, { active, after }));
    case 'segment': {
      const members = [...(state.segments.get(on.segment)?.since ?? [])];
      const entering = isFirst ? (on.existing ? members : []) : members.filter(([, since]) => since === now);
      return entering.map(([customer, since]) => ({ customer, occurrence: `since ${since}`, started: now }));
    }
    case 'leaving': {
      const segment = state.segments.get(on.segment);
      const left = !isFirst && segment?.refreshed === now ? segment.left : [];
      return left.map((customer) => ({ customer, occurrence: `left ${now}`, started: now }));
    }
    case 'schedule':
      return customers.flatMap((customer) => {
        const zone = on.zone === 'customer' ? zoneOf(state, customer) : state.model.project.timezone;
        const instant = scheduled(on.cron, zone, after, now).at(-1);
        return instant === undefined ? [] : [{ customer, occurrence: shown(zone, instant), started: instant }];
      });
    case 'manual': {
      const due = [...launches.entries()].filter(
        ([, at]) => at <= now && (state.before === undefined || at > state.before),
      );
      const [latest] = due.toSorted(([, a], [, b]) => b - a);
      return latest
        ? customers.map((customer) => ({ customer, occurrence: `launch ${latest[0] + 1}`, started: latest[1] }))
        : [];
    }
    case 'date':
      return customers.flatMap((customer) => dates(state, on, customer, after));
  }
}

/** `after`: only instants after this count: the tick before, in the first tick the instant before the campaign was applied. */
function timesOf({ active: all, before = Number.NEGATIVE_INFINITY }: State, campaign: string) {
  const active = all.get(campaign);
  if (active === undefined) throw new Error(`${campaign} is not applied`);
  return { active, after: Math.max(before, active - 1), isFirst: before < active };
}

export const order = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** An instant as the clock of a zone shows it. */
const shown = (zone: string, instant: number) => new Date(local(zone, instant)).toISOString().slice(0, 16);

function callOf({ customers }: State, event: Event, started = event.at): Call {
  const customer = customers[event.customer];
  if (!customer) throw new Error(`nobody is number ${event.customer}`);
  return { customer, occurrence: event.id, started, event };
}

/** Returns true if the event is of the kind, and as the match wants it. */
export function matches(state: State, { event, when }: EventMatch, trigger: Event): boolean {
  const customer = state.customers[trigger.customer];
  if (trigger.kind !== event || !customer) return false;
  return !when || holds(when, { ground: ground(state), customer, trigger });
}

export function history(state: State, match: EventMatch, customer: Shopper): Event[] {
  const all = state.events[match.event] ?? [];
  return all.filter((event) => event.customer === customer.customer && matches(state, match, event));
}

/**
 * Counted from the latest event; runs out unless the absent event has happened since. What was over at the tick before has
 * had its turn, unless its event has been collected or corrected only now.
 */
function absence(
  state: State,
  { absent, after: counted, ms }: AbsenceTrigger,
  customer: Shopper,
  { active, after }: { active: number; after: number },
): Call[] {
  const since = history(state, counted ?? absent, customer)
    .toSorted((a, b) => a.at - b.at || a.seq - b.seq)
    .at(-1);
  if (!since) return [];
  const due = since.at + ms;
  const stopped = counted && history(state, absent, customer).some(({ at }) => at >= since.at);
  if (stopped || due > state.now || due < active) return [];
  if (due <= after && !state.news.includes(since)) return [];
  return [callOf(state, since, due)];
}

/** The day is kept at its time in the customer's timezone; of several instants that have passed the latest counts. */
function dates(
  state: State,
  { attribute, days, minuteOfDay, yearly }: DateTrigger,
  customer: Shopper,
  after: number,
): Call[] {
  const date = read(customer.fields, attribute);
  if (typeof date !== 'string') return [];
  const own = Number(date.slice(0, 4));
  const year = new Date(state.now).getUTCFullYear();
  const kept = yearly
    ? [year - 1, year, year + 1].filter((each) => each > own).map((each) => inYear(date, each, yearly.leapDay))
    : [date];
  const zone = zoneOf(state, customer);
  const line = kept.map((occurrence) => {
    const started = instantOf(zone, Date.parse(`${occurrence}T00:00Z`) + days * day + minuteOfDay * minute);
    return { customer, occurrence, started };
  });
  return line.filter(({ started }) => after < started && started <= state.now).slice(-1);
}

function inYear(date: string, year: number, leapDay: 'february 28' | 'march 1'): string {
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  if (!date.endsWith('-02-29') || leap) return `${year}${date.slice(4)}`;
  return leapDay === 'march 1' ? `${year}-03-01` : `${year}-02-28`;
}
