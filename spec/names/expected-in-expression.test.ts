import { describe, expect, it } from 'vitest';
import { ownWords } from '../expression/tokens.ts';
import { expectedInExpression } from './expected-in-expression.ts';

const names = (text: string) =>
  expectedInExpression(text, 'cart').names.map(({ kind, owner }) => (owner ? `${kind} of ${owner}` : kind));
const words = (text: string) => expectedInExpression(text, 'cart').words;

describe('what may follow in a half-written expression', () => {
  it.each([
    ['', ['attribute', 'event', 'variable']],
    ['city == ', ['attribute', 'event', 'variable']],
    ['in segment ', ['segment']],
    ['city == "x" and in segment vip-', ['segment']],
    ['reachable(', ['channel']],
    ['count(', ['event']],
    ['count(paid where paid.', ['field of paid']],
    ['event.', ['field of cart']],
    ['customer.', ['attribute']],
    ['any one in event.items where one.', ['field of cart.items']],
    ['seen then not ', ['event']],
    ['city ', []],
    ['$limit ', []],
    ['city == "in segment ', []],
  ])('names after %j', (text, expected) => expect(names(text)).toEqual(expected));

  it.each([
    ['city ', 'is missing'],
    ['city is ', 'not missing'],
    ['name starts ', 'with'],
    ['tier in ', '('],
    ['last(paid) < 45 days ', 'ago'],
    ['count(paid ', 'where'],
    ['top 10% ', 'by'],
    ['seen then paid ', 'within'],
    ['rfm.', 'recency'],
    ['', 'in segment'],
  ])('words after %j', (text, expected) => expect(words(text)).toContain(expected));

  it('is something else only where the expression is whole', () => {
    expect(expectedInExpression('count(paid) > 3 ', undefined).complete).toBe(true);
    expect(expectedInExpression('count(paid ', undefined).complete).toBe(false);
    expect(expectedInExpression('count(paid) > ', undefined).complete).toBe(false);
  });

  it('includes every word of the language, somewhere', () => {
    const states = [
      '',
      'a ',
      'a is ',
      'a not ',
      'a starts ',
      'a then ',
      'a then b ',
      '(a ',
      '1 day ',
      'top 10% ',
      'a in ',
    ];
    const said = new Set(states.flatMap((text) => words(text).flatMap((word) => word.split(' '))));
    const all = ownWords;
    expect(all.filter((word) => !said.has(word))).toEqual([]);
  });
});
