import { expect, it } from 'vitest';
import { hold, reconcile, type Stored } from './verdict.ts';

const arrival = (id: string, taken = true) => ({ id, to: `${id}@example.com`, at: 0, taken });
const stored = (message: string, status: string): Stored => ({
  message,
  status,
  customer: message,
  campaign: 'welcome',
  channel: 'email',
  reason: null,
});
const check = (arrivals: ReturnType<typeof arrival>[], rows: Stored[], most = 0) =>
  hold(reconcile(arrivals, rows), { messages: rows.length, most });

it('finds nothing where every message is sent once, or is in doubt within the limit', () => {
  const rows = [stored('a', 'sent'), stored('b', 'unknown'), stored('c', 'unknown')];
  expect(() => check([arrival('a'), arrival('b'), arrival('c', false)], rows, 2)).not.toThrow();
});

it.each([
  ['twice', [arrival('a'), arrival('a')], [stored('a', 'sent')]],
  ['did not arrive', [], [stored('a', 'sent')]],
  ['did not arrive', [arrival('a', false)], [stored('a', 'sent')]],
  ['neither sent nor in doubt', [arrival('a')], [stored('a', 'decided')]],
  ['neither sent nor in doubt', [arrival('a'), arrival('b')], [stored('a', 'sent')]],
  ['still wait', [], [stored('a', 'claimed')]],
  ['not 1', [], [stored('a', 'expired')]],
  ['in doubt', [arrival('a')], [stored('a', 'unknown')]],
])('finds a message %s', (what, arrivals, rows) => {
  expect(() => check(arrivals, rows)).toThrow(what);
});
