import { expect, it } from 'vitest';
import type { DataModel } from '../model/data.ts';
import { likelyPurchases } from './purchases.ts';

const money = [{ name: 'worth', type: 'money' as const, pii: false }];
const events: DataModel['events'] = [
  { name: 'opened', fields: [], sources: [] },
  { name: 'cart', fields: money, sources: [] },
  { name: 'paid', fields: money, sources: [] },
  { name: 'refund', fields: money, sources: [] },
];
const [refund, opened] = [{ event: 'refund' }, { event: 'opened' }];
const goal = (event = '') => ({ event, within: 1 });

it.each([
  [
    'the goal of most campaigns',
    [{ goal: goal('cart'), exit: [] }, ...Array(2).fill({ goal: goal('paid'), exit: [] })],
    'paid',
  ],
  ['a goal rather than an exit', [{ goal: goal('paid'), exit: [refund] }, { exit: [refund] }], 'paid'],
  ['an exit rather than the first', [{ exit: [opened, refund] }], 'refund'],
  ['the first where no campaign tells', [{ goal: goal('opened'), exit: [] }], 'cart'],
])('takes for purchases the event with money that is %s', (_, campaigns, event) => {
  expect(likelyPurchases({ events }, campaigns)).toEqual({ event, field: 'worth' });
  expect(likelyPurchases({ events: events.slice(0, 1) }, campaigns)).toBe(undefined);
});
