import { expect, it } from 'vitest';
import { printableCell } from './problem.ts';

it.each([
  ['anna@example.com', '"xxxx@xxxxxxx.xxx"'],
  ['+7 (916) 123-45-67', '"+9 (999) 999-99-99"'],
  ['4510 123456', '"9999 999999"'],
  ['Анна Каренина', '"Xxxx Xxxxxxxx"'],
  ['Sadovaya 14', '"Xxxxxxxx 99"'],
  [{ name: 'Anna Karenina' }, '"{"xxxx":"Xxxx Xxxxxxxx"}"'],
])('shows the shape of a cell that may be of a customer: %s', (cell, shape) => {
  expect(printableCell(cell)).toBe(shape);
});

it.each(['2026-02-31 10:00:00', '31.02.2026', '12,50 EUR', 'granted?', 'Europe/Moskva', '-10', ''])(
  'shows a cell that says what is wrong: %s',
  (cell) => {
    expect(printableCell(cell)).toBe(`"${cell}"`);
  },
);
