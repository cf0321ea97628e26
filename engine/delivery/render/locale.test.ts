import { expect, it } from 'vitest';
import { chooseVariant } from './locale.ts';

const variants = (...locales: (string | undefined)[]) =>
  locales.map((locale) => ({ path: String(locale), body: '', ...(locale && { locale }) }));

it.each([
  ['pt-BR', ['pt', 'pt-BR', undefined], 'pt-BR'],
  ['pt-br', ['pt', 'pt-BR', undefined], 'pt-BR'],
  ['pt-PT', ['pt', 'pt-BR', undefined], 'pt'],
  ['zh-Hant-TW', ['zh', 'zh-Hant', 'ru'], 'zh-Hant'],
  ['de', ['en', 'ru', undefined], 'ru'],
  [null, ['en', 'ru', undefined], 'ru'],
  ['de', ['en', undefined, 'fr'], 'undefined'],
  ['de', ['fr', 'en'], 'en'],
])('%s of %j is %s', (wanted, locales, expected) => {
  expect(chooseVariant(variants(...locales), wanted, 'ru-RU')?.path).toBe(expected);
});
