import { expect, it } from 'vitest';
import { hang } from './wrap.ts';

it('starts further lines under the text, and keeps a time and a command whole', () => {
  expect(hang('10:00  ', 'sent since 2026-03-02 10:00. `crm suppression list` lists all', 24)).toEqual([
    '10:00  sent since',
    '       2026-03-02 10:00.',
    '       `crm suppression list`',
    '       lists all',
  ]);
});

it('leaves a text that fits as it is', () => {
  expect(hang('', 'nothing is wrong', 16, 2)).toEqual(['nothing is wrong']);
  expect(hang('', 'nothing is wrong', 15, 2)).toEqual(['nothing is', '  wrong']);
});
