import { describe, expect, it } from 'vitest';
import { day } from '../../test/world.ts';
import { expectedEntries, expectedRefusals, expectedSends, type KeptForecast } from './kept-forecast.ts';

const at = Date.UTC(2026, 2, 2, 10);
const delta = (after: number) => ({ before: null, after });
const none = delta(0);

function forecast(days: number[]): KeptForecast {
  const week = days.reduce((sum, n) => sum + n, 0);
  const of = { campaign: 'cart', channel: 'email' };
  return {
    from: at,
    to: at + 7 * day,
    sends: [{ ...of, day: delta(days[0] ?? 0), dayCost: none, week: delta(week), weekCost: none }],
    entries: [{ campaign: 'cart', ...delta(70) }],
    details: { days: [{ ...of, before: null, after: days }], refusals: [{ ...of, reason: 'cap:daily', ...delta(14) }] },
  };
}

const days = [100, 0, 0, 0, 0, 300, 300];

describe('what a forecast lets expect of some of its days', () => {
  it.each([
    [{ first: 0, end: 1 }, 100],
    [{ first: 0, end: 5 }, 100],
    [{ first: 1, end: 6 }, 300],
    [{ first: 0, end: 7 }, 700],
  ])('are the messages of these days: %o', (part, expected) => {
    const [sends] = expectedSends(forecast(days), part);
    expect(sends).toMatchObject({ campaign: 'cart', channel: 'email', whole: 700 });
    expect(sends?.expected).toBeCloseTo(expected);
  });

  it('are all customers who enter', () => {
    expect(expectedEntries(forecast(days))).toMatchObject([{ campaign: 'cart', whole: 70, expected: 70 }]);
  });

  it('are as many of the refusals as of the messages', () => {
    const of = { campaign: 'cart', channel: 'email', reason: 'cap:daily' };
    expect(expectedRefusals(forecast(days), { first: 0, end: 1 }, of)).toBe(2);
    expect(expectedRefusals(forecast(days), { first: 0, end: 1 }, { ...of, reason: 'no-consent' })).toBe(0);
    expect(expectedRefusals(forecast(Array(7).fill(0)), { first: 0, end: 1 }, of), 'by time').toBe(2);
  });
});
