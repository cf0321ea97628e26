import { afterEach, expect, it } from 'vitest';
import { useLanguage } from '../../spec/words/language.ts';
import { model } from '../../test/world.ts';
import { catalogue } from '../russian/index.ts';
import { clockFormat } from './format.ts';
import { valueText } from './values.ts';

const values = { project: { ...model().project, currency: 'GBP' }, clock: clockFormat('Europe/Moscow') };

afterEach(() => useLanguage('en'));

it('shows values as the language of the output writes them, with all their decimals', () => {
  const shown = () => [
    valueText('number', 1_742.567, values),
    valueText('integer', 12_480, values),
    valueText('money', 0.046, values),
    valueText('boolean', true, values),
    valueText('instant', Date.UTC(2026, 2, 2, 7), values),
    valueText('list', [1, 2], values),
    valueText('string', 'yes', values),
    valueText('email', 'anna@xn--80a1acny.xn--p1ai', values),
  ];
  expect(shown()).toEqual([
    '1,742.567',
    '12,480',
    '£0.046',
    'yes',
    '2026-03-02 10:00',
    '2 items',
    'yes',
    'anna@почта.рф',
  ]);
  useLanguage('ru', catalogue);
  expect(shown().map((text) => text.replaceAll(/\s/g, ' '))).toEqual([
    '1 742,567',
    '12 480',
    '0,046 £',
    'да',
    '2026-03-02 10:00',
    '2 значения',
    'yes',
    'anna@почта.рф',
  ]);
});
