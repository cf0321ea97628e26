import { expect, it } from 'vitest';
import { readDateForm } from './date-forms.ts';

it.each([
  'DD.MM.YYYY',
  'D/M/YYYY H:mm',
  'YYYY-MM-DD HH:mm:ss UTC',
  'M/D/YYYY h:mm A',
  'epoch seconds',
  'YYYYMMDDTHHmmssZ',
])('%s is a form', (text) => {
  expect(readDateForm(text)).toBeDefined();
});

it.each([
  ['dd.mm.yyyy', 'small letters'],
  ['DD.MM', 'no year'],
  ['DD.MM.YYYY DD', 'a part twice'],
  ['DD.MM.YYYY mm', 'minutes without hours'],
  ['DD.MM.YYYY h:mm', 'half a day without its word'],
  ['DD.MM.YYYY HH:mm A', 'a word of half a day for whole ones'],
  ['DD MMM YYYY', 'names of months'],
  ['DD.MM.YYYY HH:mm Z UTC', 'two offsets'],
  ['epoch', 'no unit'],
  ['', 'nothing'],
])('%s is none: %s', (text) => {
  expect(readDateForm(text)).toBeUndefined();
});
