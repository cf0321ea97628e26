import { expect, it } from 'vitest';
import { table, truncate } from './table.ts';

const columns = [{ title: 'name' }, { title: 'n', right: true }];

it('aligns by what characters take on a terminal', () => {
  expect(
    table(
      columns,
      [
        ['Корзина', '1'],
        ['購物車', '12,480'],
      ],
      80,
    ),
  ).toEqual(['name          n', 'Корзина       1', '購物車   12,480']);
});

it('breaks titles, texts and changes of numbers at blanks where it is too wide', () => {
  const wide = [...columns, { title: 'cost in 7 days', right: true }, { title: 'why' }];
  const rows = [['cart', '1 → 12', '₽1,000.50 → ₽2,000.50', 'a long reason of somebody']];
  expect(table(wide, rows, 80)).toEqual([
    'name       n         cost in 7 days  why',
    'cart  1 → 12  ₽1,000.50 → ₽2,000.50  a long reason of somebody',
  ]);
  expect(table(wide, rows, 54)).toEqual([
    'name       n         cost in 7 days  why',
    'cart  1 → 12  ₽1,000.50 → ₽2,000.50  a long reason of',
    '                                     somebody',
  ]);
  expect(table(wide, rows, 36)).toEqual([
    '                 cost in 7',
    'name       n          days  why',
    'cart  1 → 12     ₽1,000.50  a long',
    '               → ₽2,000.50  reason',
    '                            of',
    '                            somebody',
  ]);
});

it('breaks names only where nothing else helps, and never a number or the name of a file', () => {
  const rows = [['abandoned-cart', '1,000,000', 'plan']];
  expect(table([...columns, { title: 'what' }], rows, 28)).toEqual([
    'name                 n  what',
    'abandoned-   1,000,000  plan',
    'cart',
  ]);
});

it('cuts between letters as people see them', () => {
  expect(truncate('購物車的提醒', 6)).toBe('購物…');
  expect(truncate('e\u0301te\u0301te\u0301', 3)).toBe('e\u0301t…');
  expect(truncate('short', 5)).toBe('short');
});
