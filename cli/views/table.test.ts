import stringWidth from 'string-width';
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

it('cuts texts to the width, never numbers', () => {
  const lines = table(
    [...columns, { title: 'why' }],
    [['a very long name of a campaign', '1,000,000', 'a long reason']],
    36,
  );
  expect(lines).toEqual(['name                 n  why', 'a very lon…  1,000,000  a long reas…']);
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(36);
  expect(table(columns, [['abcdefghij', '1,000,000']], 5)[1]).toBe('abcde…  1,000,000');
});

it('cuts between letters as people see them', () => {
  expect(truncate('購物車的提醒', 6)).toBe('購物…');
  expect(truncate('e\u0301te\u0301te\u0301', 3)).toBe('e\u0301t…');
  expect(truncate('short', 5)).toBe('short');
});
