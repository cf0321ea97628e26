import { IANAZone } from 'luxon';
import type { CalendarFunction } from '../../spec/model/expression.ts';
import { type Place, read } from './world.ts';

export const day = 86_400_000;

/** Days since 1970. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / day;
}

export function dateOf(dayNumber: number): string {
  return new Date(dayNumber * day).toISOString().slice(0, 10);
}

export function today({ ground, customer }: Place): string {
  const { model, now } = ground;
  const attribute = model.data.customers.attributes.find(({ type }) => type === 'timezone')?.name;
  const zone = (attribute && read(customer.fields, attribute)) ?? model.project.timezone;
  return dateOf(Math.floor((now + IANAZone.create(String(zone)).offset(now) * 60_000) / day));
}

export function calendar(fn: CalendarFunction, date: string, today: string): number | undefined {
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
  switch (fn) {
    case 'month':
      return month;
    case 'day':
      return dayOfMonth;
    case 'weekday':
      return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
    case 'age': {
      if (date > today) return undefined;
      const passed = today.slice(5) >= date.slice(5);
      return Number(today.slice(0, 4)) - year - (passed ? 0 : 1);
    }
    case 'days_until_anniversary': {
      const thisYear = Number(today.slice(0, 4));
      const coming = [thisYear, thisYear + 1].map((of) => Date.UTC(of, month - 1, dayOfMonth) / day);
      return Math.min(...coming.map((at) => at - dayNumber(today)).filter((days) => days >= 0));
    }
    default:
      return fn satisfies never;
  }
}
