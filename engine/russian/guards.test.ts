import { expect, it } from 'vitest';
import { stored } from './guards.ts';

it('amounts of guards are written as Russian has them', () => {
  const text = stored['The messages of 7 days would cost {0}, and the guard `max_budget` lets {1} pass.'];
  if (typeof text !== 'function') throw new Error('the text is not there');
  expect(text('€1,201.534', '₽1.00')).toBe(
    'Сообщения за 7 дней будут стоить 1\u00a0201,534\u00a0€, а предел `max_budget` — 1,00\u00a0₽.',
  );
});
