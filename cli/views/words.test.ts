import { expect, it } from 'vitest';
import { refusalWords } from './words.ts';

it.each([
  ['holdout:global', 'the hold-out "global" keeps the customer from marketing'],
  ['cap:daily', 'the frequency cap "daily" was reached'],
  ['no-consent', 'no consent for email'],
  ['something new', 'something new'],
])('says %s as “%s”', (reason, words) => {
  expect(refusalWords(reason, { channel: 'email' })).toBe(words);
});
