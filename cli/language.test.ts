import { afterEach, describe, expect, test } from 'vitest';
import { currentLanguage, useLanguage } from '../spec/words/language.ts';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';
import { chooseLanguage } from './language.ts';

afterEach(() => useLanguage('en'));

describe('the language of texts', () => {
  test.each([
    ['--lang ru', {}, 'ru'],
    ['--lang=ru', {}, 'ru'],
    ['--lang en', { LANG: 'ru_RU.UTF-8' }, 'en'],
    ['', { LANG: 'ru_RU.UTF-8' }, 'ru'],
    ['', { LANG: 'ru_RU.UTF-8', LC_ALL: 'en_GB.UTF-8' }, 'en'],
    ['', { LANG: 'C', LC_MESSAGES: 'ru_UA' }, 'ru'],
    ['', { LC_ALL: 'C.UTF-8', CRM_LANG: 'ru' }, 'ru'],
    ['', { LANG: 'run_XX' }, 'en'],
    ['', { LANG: 'de_DE.UTF-8' }, 'en'],
    ['--json', { LANG: 'ru_RU.UTF-8' }, 'en'],
    ['--format sarif --lang ru', {}, 'en'],
    ['--format github --lang ru', {}, 'ru'],
  ] as const)('with `%s` and %j is %s', async (words, env, language) => {
    await chooseLanguage(['status', ...words.split(' ')], env);
    expect(currentLanguage().language).toBe(language);
  });

  test('that there is not is refused with those that there are', async () => {
    const io = testIo('.');
    expect(await crm(['status', '--lang', 'de'], io)).toBe(1);
    expect(io.said.err).toBe('error There are no texts in "de".\n  help: --lang is one of en, ru.\n');
  });
});
