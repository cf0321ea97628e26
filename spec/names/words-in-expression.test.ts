import { expect, it } from 'vitest';
import { expectedInExpression } from './expected-in-expression.ts';
import { wordsInExpression } from './words-in-expression.ts';

const found = (text: string) =>
  wordsInExpression(text).map(({ meaning, start, end }) => `${text.slice(start, end)}: ${meaning.form}`);

it('every function and operator that may be written has a meaning', () => {
  for (const start of ['', 'city ', 'viewed then order_paid ', 'count(order_paid ', 'rfm.']) {
    for (const word of expectedInExpression(start, 'order_paid').words) {
      if (/^\d/.test(word)) continue;
      const behind = { any: ' x in', all: ' x in', top: ' 5% by', bottom: ' 5% by', in: ' (', 'not in': ' (' };
      const call = /^(customer|event)$/.test(word) ? '.x' : '(';
      const text = `${start}${word}${word in behind ? behind[word as keyof typeof behind] : call}`;
      const last = word.split(' ').at(-1) ?? '';
      const at = start.length + word.length - last.length;
      const words = wordsInExpression(text).filter((one) => one.start === at && one.end === at + last.length);
      expect(words, text).toHaveLength(1);
    }
  }
});

it('a word means what its place makes of it', () => {
  expect(found('last(viewed) in last 5 days')).toEqual([
    'last: last(event), last(event.field)',
    'in: in last 90 days',
    'last: in last 90 days',
  ]);
  expect(found('any x in event.items where x.in == 1')).toEqual([
    'any: any item in list where …',
    'in: any item in list where …',
    'event: event.field',
    'where: … where condition',
    '==: a == b',
  ]);
  expect(found('email is not missing and rfm.recency > 2')).toEqual([
    ...['is', 'not', 'missing'].map((word) => `${word}: a is missing, a is not missing`),
    'and: a and b',
    'rfm: rfm',
    'recency: rfm.recency',
    '>: a < b, a <= b, a > b, a >= b',
  ]);
  expect(found('top 5% by not in segment top')).toEqual([
    ...['top', 'by'].map((word) => `${word}: top N% by value`),
    'not: not a',
    'in: in segment name',
    'segment: in segment name',
  ]);
});

it('names of the project’s own are left to it, also those called like functions', () => {
  expect(found('customer.count == sum and day')).toEqual([
    'customer: customer.attribute',
    '==: a == b',
    'and: a and b',
  ]);
  expect(found('any == all')).toEqual(['==: a == b']);
});
