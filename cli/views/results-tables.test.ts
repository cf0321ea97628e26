import { expect, it } from 'vitest';
import { enrolmentFigures } from '../../engine/metrics/figures.ts';
import { partLines } from './grid.ts';
import { entryTable } from './results-tables.ts';

const project = { currency: 'EUR' };
const none = { entered: 9, aimed: 9, converted: 3, revenue: 0, spent: 0.002, squares: 0 };

it.each([
  [619.5, '>+9,999%'],
  [0.19, '+9,400%'],
  [0, '−100%'],
])('shows what comes back of 0.002 with a revenue of %d in few digits', (revenue, roi) => {
  const figures = enrolmentFigures({ ...none, revenue, squares: revenue ** 2 });
  expect(partLines(entryTable(['campaign'], [{ names: ['welcome'], figures }], project), 100).join('\n')).toMatch(
    new RegExp(` ${roi.replace('+', '\\+')}$`),
  );
});
