import { expect, it } from 'vitest';
import { differenceWords, estimatedMoney, estimateWords } from './estimates.ts';

const money = estimatedMoney({ currency: 'RUB' });

it('estimated amounts have the decimals of the currency, and the ends of their intervals are rounded outwards', () => {
  expect(estimateWords({ estimate: 0.396, low: 0.1515, high: 0.9946 }, money)).toBe('≈\u00a0₽0.40 (₽0.15–₽1.00)');
  expect(estimateWords({ estimate: 5.94, low: 3.42, high: 9.93 }, money)).toBe('≈\u00a0₽5.94 (₽3.42–₽9.93)');
  expect(differenceWords({ estimate: -0.0046, low: -0.0123, high: 0.0311 }, money)).toBe(
    '≈\u00a0−₽0.00 (−₽0.02 to +₽0.04)',
  );
  expect(estimateWords({ estimate: 400, low: 310, high: 520 }, estimatedMoney({ currency: 'JPY' }))).toBe(
    '≈\u00a0¥400 (¥310–¥520)',
  );
});

it('an amount that is exact stands alone', () => {
  expect(estimateWords({ estimate: 0.5, low: 0.5, high: 0.5 }, money)).toBe('₽0.50');
});
