import { IANAZone } from 'luxon';
import type { QuietHours } from '../../spec/model/model.ts';
import { read } from '../interpreter/world.ts';
import { day, minute } from '../world.ts';
import type { Shopper, State } from './state.ts';

export function zoneOf({ model }: State, customer: Shopper): string {
  const attribute = model.data.customers.attributes.find(({ type }) => type === 'timezone')?.name;
  return String((attribute && read(customer.fields, attribute)) ?? model.project.timezone);
}

/** By zone and quarter of an hour: clocks change at whole ones. */
const offsets = new Map<string, number>();

/** Returns the time that the clock on the wall shows, as if it were UTC. */
export function local(zone: string, instant: number): number {
  const key = `${zone} ${Math.floor(instant / (15 * minute))}`;
  const offset = offsets.get(key) ?? IANAZone.create(zone).offset(instant) * minute;
  offsets.set(key, offset);
  return instant + offset;
}

export const midnight = (wall: number) => Math.floor(wall / day) * day;
export const minuteOfDay = (wall: number) => Math.floor((wall - midnight(wall)) / minute);

/** The instants at which the clock on the wall shows `wall`: usually one. */
function instantsOf(zone: string, wall: number): number[] {
  const shows = [wall - day, wall + day].map((around) => wall - (local(zone, around) - around));
  return [...new Set(shows)].filter((instant) => local(zone, instant) === wall).toSorted((a, b) => a - b);
}

/** The first instant at which the clock on the wall shows `wall`; where it leaps over it, the instant of the leap. */
export function instantOf(zone: string, wall: number): number {
  const [exact] = instantsOf(zone, wall);
  if (exact !== undefined) return exact;
  let [early, late] = [wall - day, wall + day];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (local(zone, middle) < wall) early = middle;
    else late = middle;
  }
  return late;
}

/** The first instant, not before the present minute, at which it is that minute of the day, on one of the days of the week. */
export function nextTime(zone: string, now: number, time: number, weekdays?: number[]): number {
  for (let date = midnight(local(zone, now)); ; date += day) {
    const instant = instantOf(zone, date + time * minute);
    if (instant >= now - (now % minute) && falls(date, weekdays)) return Math.max(instant, now);
  }
}

/** The first whole minute after `now` of which this is true. */
export function firstAfter(now: number, isSo: (instant: number) => boolean): number {
  let instant = now - (now % minute) + minute;
  while (!isSo(instant)) instant += minute;
  return instant;
}

function falls(date: number, weekdays?: number[]): boolean {
  return !weekdays || weekdays.includes(new Date(date).getUTCDay() || 7);
}

export function isQuiet({ from, to }: QuietHours, zone: string, now: number): boolean {
  const time = minuteOfDay(local(zone, now));
  return from < to ? from <= time && time < to : from <= time || time < to;
}

/** Returns the instants of a schedule in (after, until]; one with a single time of day has an instant every day. */
export function scheduled(cron: string, zone: string, after: number, until: number): number[] {
  const [minutes, hours, days, months, weekdays] = cron.split(' ').map(field);
  const daily = /^\d+ \d+ /.test(cron);
  const found: number[] = [];
  for (let date = midnight(local(zone, after)); date <= local(zone, until); date += day) {
    const at = new Date(date);
    if (!days?.(at.getUTCDate()) || !months?.(at.getUTCMonth() + 1)) continue;
    if (!weekdays?.(at.getUTCDay()) && !weekdays?.(at.getUTCDay() || 7)) continue;
    for (let time = 0; time < 1440; time++) {
      if (!minutes?.(time % 60) || !hours?.(Math.floor(time / 60))) continue;
      const wall = date + time * minute;
      found.push(...(daily ? [instantOf(zone, wall)] : instantsOf(zone, wall)));
    }
  }
  return found.filter((instant) => after < instant && instant <= until);
}

/** A field of cron: numbers, or any. */
function field(text: string): (value: number) => boolean {
  const values = text.split(',').map(Number);
  return (value) => text === '*' || values.includes(value);
}
