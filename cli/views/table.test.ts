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

const file = { title: 'file', whole: true };
const figures = ['rows', 'lost', 'read'].map((title) => ({ title, right: title !== 'read' }));

it('puts the names of files on lines of their own where they do not fit beside the figures', () => {
  const rows = [
    ['exports/Контрагенты 1С.csv (registered events)', '4,004', '3', '2026-11-29'],
    ['exports/carts.json', '903', '1', '2026-11-29'],
  ];
  expect(table([file, ...figures], rows, 80)).toEqual([
    'file                                             rows  lost  read',
    'exports/Контрагенты 1С.csv (registered events)  4,004     3  2026-11-29',
    'exports/carts.json                                903     1  2026-11-29',
  ]);
  expect(table([file, ...figures], rows, 48)).toEqual([
    'file',
    '   rows  lost  read',
    'exports/Контрагенты 1С.csv (registered events)',
    '  4,004     3  2026-11-29',
    'exports/carts.json',
    '    903     1  2026-11-29',
  ]);
  expect(table([file, ...figures], rows, 30).slice(2, 5)).toEqual([
    'exports/Контрагенты 1С.csv',
    '(registered events)',
    '  4,004     3  2026-11-29',
  ]);
});

it('breaks names that are kept whole where nothing else helps, and cuts none', () => {
  const rows = [['1', 'exports/кассы/выгрузка2026.csv', 'x']];
  const lines = table([{ title: 'n', right: true }, file, { title: 'k' }], rows, 20);
  expect(lines).toEqual(['n  file            k', '1  exports/кассы/  x', '   выгрузка2026.', '   csv']);
  const [, ...long] = table([file], [['выгрузка'.repeat(5)]], 30);
  expect(long).toEqual(['выгрузкавыгрузкавыгрузкавыгруз', 'кавыгрузка']);
});

it('breaks names only where nothing else helps, and never a number', () => {
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
