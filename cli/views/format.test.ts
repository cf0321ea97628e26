import { afterEach, expect, it } from 'vitest';
import { useLanguage } from '../../spec/words/language.ts';
import { change, clockFormat, count, duration, many, moneyFormat, percent } from './format.ts';

afterEach(() => useLanguage('en'));

it('writes money as the language of the output does, and rounds nothing away', () => {
  const rubles = moneyFormat({ currency: 'RUB' });
  expect([0, 0.002, 8_900, 0.1 + 0.2].map(rubles)).toEqual(['₽0.00', '₽0.002', '₽8,900.00', '₽0.30']);
  expect(moneyFormat({ currency: 'GBP' })(0.046)).toBe('£0.046');
  expect(moneyFormat({ currency: 'JPY' })(8_900)).toBe('¥8,900');
  expect(moneyFormat({ currency: 'JPY' })(0.5)).toBe('¥0.5');
  useLanguage('ru');
  expect([0, 0.002, 8_900].map(moneyFormat({ currency: 'RUB' }))).toEqual([
    '0,00\u00a0₽',
    '0,002\u00a0₽',
    '8\u00a0900,00\u00a0₽',
  ]);
  expect([count(8_900.5), percent(0.125)]).toEqual(['8\u00a0900,5', '12,5\u00a0%']);
});

it('writes lengths of time in words', () => {
  const hour = 3_600_000;
  expect([0, 36 * hour, 61_000].map(duration)).toEqual(['0 seconds', '1 day 12 hours', '1 minute 1 second']);
});

it('writes instants on the clock of a zone, also across a change of it', () => {
  const berlin = clockFormat('Europe/Berlin');
  expect(berlin(Date.UTC(2026, 2, 29, 0, 59))).toBe('2026-03-29 01:59');
  expect(berlin(Date.UTC(2026, 2, 29, 1, 0))).toBe('2026-03-29 03:00');
  expect(clockFormat('Europe/Berlin', 10_000)(Date.UTC(2026, 2, 29, 1, 0, 7)), 'ticks by seconds').toBe(
    '2026-03-29 03:00:07',
  );
});

it('shows what changes', () => {
  expect(change({ before: 1_200, after: 1_180 })).toBe('1,200 → 1,180');
  expect(change({ before: 5, after: 5 })).toBe('5');
  expect(change({ before: null, after: 5 })).toBe('5');
  expect(change({ before: 5, after: null })).toBe('5 → none');
  expect(change({ before: null, after: null })).toBe('–');
});

it('counts things', () => {
  expect([many(1, 'customer'), many(12_480, 'customer'), many(2, 'entry', 'entries')]).toEqual([
    '1 customer',
    '12,480 customers',
    '2 entries',
  ]);
});
