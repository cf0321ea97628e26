import { afterEach, expect, it } from 'vitest';
import type { HoldoutResults, Uplift } from '../../engine/metrics/holdouts.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { untranslated } from '../../test/untranslated.ts';
import { catalogue } from '../russian/index.ts';
import { partLines } from './grid.ts';
import { holdoutContent } from './holdouts.ts';

const project = { currency: 'RUB', timezone: 'Europe/Moscow' };
const around = (estimate: number, half: number) => ({ estimate, low: estimate - half, high: estimate + half });
const brought = (each: number, verdict: 'more' | 'few') => ({
  each: around(each, each / 2),
  all: around(each * 900, each * 450),
  verdict,
});
const month: Uplift = {
  held: { customers: 100, reached: 9, events: 10, revenue: 1_000 },
  others: { customers: 900, reached: 170, events: 180, revenue: 22_500 },
  events: brought(0.1, 'more'),
  revenue: brought(15, 'more'),
};
const one: HoldoutResults = {
  ...{ holdout: 'quiet', share: 0.1, campaigns: null, began: Date.UTC(2026, 0, 20, 9) },
  ratio: { chiSquare: 0, p: 1, mismatch: false },
  goals: [
    {
      ...{ event: 'order_paid', valuedBy: 'cart', total: month },
      months: [{ month: '2026-01', from: 0, to: 1, ...month, events: brought(0.1, 'few'), revenue: null }],
    },
  ],
};
const shown = (found: HoldoutResults) => partLines(holdoutContent(found, project), 100).join('\n');

afterEach(() => useLanguage('en'));

it('shows the months, all of them together, and what can be said', () => {
  expect(shown(one)).toMatchInlineSnapshot(`
    "Since 2026-01-20 12:00 10% of the customers get no marketing.
    order_paid

    month    customers  held out  events of one customer  of one held out  brought  with 95% confidence
    2026-01        900       100                   0.200            0.100       90                    –
    all            900       100                   0.200            0.100       90            45 to 135

                                    revenue of one
    month    customers  held out          customer  of one held out     brought      with 95% confidence
    2026-01        900       100            ₽25.00           ₽10.00           –                        –
    all            900       100            ₽25.00           ₽10.00  ₽13,500.00  ₽6,750.00 to ₽20,250.00

    order_paid: marketing brings more of them. It brings revenue."
  `);
});

it('says why nothing is judged', () => {
  const nobody = { customers: 0, reached: 0, events: 0, revenue: 0 };
  const empty = { ...month, held: nobody, events: null, revenue: null };
  const [goal] = one.goals;
  if (!goal) throw new Error('no goal');
  expect(shown({ ...one, goals: [] })).toContain('has a goal');
  expect(shown({ ...one, goals: [{ ...goal, total: empty }] })).toContain('No customers can be compared yet');
  expect(shown({ ...one, campaigns: ['a', 'b'], ratio: { chiSquare: 99, p: 1e-9, mismatch: true } })).toMatch(
    /nothing from a and b[\s\S]*p = 1\.0e-9/,
  );
});

it('is translated', () => {
  useLanguage('ru', catalogue);
  expect(untranslated(shown(one).replaceAll('order_paid', ''))).toEqual([]);
});
