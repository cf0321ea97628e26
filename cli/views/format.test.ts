import { expect, it } from 'vitest';
import { change, clockFormat, many, moneyFormat } from './format.ts';

it('writes money as the project does, and small amounts too', () => {
  const rubles = moneyFormat({ locale: 'ru', currency: 'RUB' });
  expect([0, 0.002, 8_900].map((amount) => rubles(amount).replaceAll(/\s/g, ' '))).toEqual([
    '0,00 ₽',
    '0,002 ₽',
    '8 900,00 ₽',
  ]);
  expect(moneyFormat({ locale: 'en', currency: 'JPY' })(8_900)).toBe('¥8,900');
  expect(moneyFormat({ locale: 'en', currency: 'JPY' })(0.5)).toBe('¥0.5');
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
