import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { detailWords, refusalWords } from './words.ts';

it.each([
  ['holdout:global', 'the hold-out "global" keeps the customer from marketing'],
  ['cap:daily', 'the frequency cap "daily" was reached'],
  ['no-consent', 'no consent for email'],
  ['something new', 'something new'],
])('says %s as “%s”', (reason, words) => {
  expect(refusalWords(reason, { channel: 'email' })).toBe(words);
});

it('has words for every reason that is documented', async () => {
  const guide = await readFile(join(import.meta.dirname, '../../docs/how-it-runs.md'), 'utf8');
  const rows = [...guide.matchAll(/^\| `(?:decided|sent|failed|unknown|suppressed|expired)` +\| (.*?) +\|/gm)];
  const reasons = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code));
  expect(reasons.length).toBeGreaterThan(20);
  expect(reasons.filter((reason) => refusalWords(reason) === reason)).toEqual([]);
});

it('puts codes of connections into words, and leaves the answers of providers', () => {
  expect(detailWords('ECONNREFUSED')).toBe('nobody listens at that address: ECONNREFUSED');
  expect(detailWords('550 5.1.1')).toBe('550 5.1.1');
});
