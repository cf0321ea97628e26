import { expect, test } from 'vitest';
import { parsePattern } from './pattern.ts';

test.each([
  'a',
  '^\\+7\\d{10}$',
  '(foo|ba[rz])+\\.(?:com|ru)',
  '[^\\s@]+@[^\\s@]+',
  '[а-яё-]{2,}',
  '[a\\-z\\]]?',
  'x*y{0,255}',
  '[[{(]',
  '😀{2}',
])('%s can be used', (text) => {
  expect(parsePattern(text)).toHaveProperty('pattern');
});

test.each([
  ['', 'it is empty'],
  ['a|', 'an alternative or a group is empty'],
  ['()', 'an alternative or a group is empty'],
  ['(a', '"(" is never closed'],
  ['a)', '(character 2): ")" closes nothing'],
  ['[a', '"[" is never closed'],
  ['[]a]', '(character 2): "[]" holds nothing'],
  ['[z-a]', 'a range ends before it begins'],
  ['[\\d-z]', 'a class cannot begin a range'],
  ['[a-\\d]', '\\d cannot stand here'],
  ['[\\D]', '\\D cannot stand here'],
  ['[[:alpha:]]', 'named classes'],
  ['*a', '(character 1): "*" has nothing to repeat'],
  ['a**', 'a repetition cannot be repeated'],
  ['a+?', 'lazy'],
  ['a{2}+', 'lazy and possessive'],
  ['^*', '"^" and "$" cannot be repeated'],
  ['a{,3}', '"{" begins a count'],
  ['a{3,2}', 'ends before it begins'],
  ['a{256}', 'counts go up to 255'],
  ['(a{100}){100}', 'more than 2,000 characters'],
  ['(a)\\1', '(character 4): references to groups'],
  ['\\bword', '(character 1): word boundaries'],
  ['\\q', 'there is no escape "\\q"'],
  ['a\\', 'stands at the end'],
  ['(?=a)', 'looking ahead'],
  ['(?<!a)', 'looking ahead and behind'],
  ['(?i)a', 'flags and names'],
  ['(?<x>a)', 'flags and names'],
  ['a'.repeat(201), '201 characters; 200 are the limit'],
  [`${'('.repeat(30)}a${')'.repeat(30)}`, 'nested more than 20 deep'],
])('%s is refused', (text, why) => {
  expect(parsePattern(text)).toMatchObject({ refusal: expect.stringContaining(why) });
});
