import { expect, it } from 'vitest';
import { idWord, liftAdvice } from './suppression.ts';

it.each([
  ['c1', 'c1'],
  ['К-000001', 'К-000001'],
  ['anna@example.com', 'anna@example.com'],
  ['Anna O’Neill 7', '"Anna O’Neill 7"'],
  ["a'b", '"a\'b"'],
  ['-c3', '<customer>'],
  ['a"; rm x', '<customer>'],
  ['$(x)', '<customer>'],
])('an id is one word of a command: %s', (id, word) => {
  expect(idWord(id)).toBe(word);
});

it.each([
  ['bounced', false],
  ['by-hand', false],
  ['complained', true],
  ['unsubscribed', true],
  ['отписался', true],
])('a suppression is advised to be lifted unasked only where nobody refused anything: %s', (reason, asked) => {
  const advice = liftAdvice({ customer: 'К-1', word: 'email', reason });
  expect(advice).toContain('`crm suppression lift К-1 --channel email` ends that');
  expect(advice.endsWith('if the customer asks for it.')).toBe(asked);
});
