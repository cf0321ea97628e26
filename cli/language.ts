import { UserError } from '../engine/user-error.ts';
import { type Language, languages, useLanguage } from '../spec/words/language.ts';
import { suggest } from '../spec/words/suggest.ts';
import { t } from '../spec/words/t.ts';

/**
 * Sets the language of the texts of a call: English for programs, so that they need to know no other; else `--lang`; else
 * that of the environment. `words`: as typed after `crm`. Throws UserError for an unknown language.
 */
export async function chooseLanguage(words: string[], env: Record<string, string | undefined>): Promise<void> {
  useLanguage('en');
  const language = wanted(words) ?? fromEnvironment(env);
  if (language === 'ru' && !forPrograms(words)) useLanguage('ru', (await import('./russian/index.ts')).catalogue);
}

function wanted(words: string[]): Language | undefined {
  const index = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = words[index];
  if (word === undefined) return undefined;
  const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : words[index + 1];
  const known = languages.find((one) => one === value);
  // The parser of the command line reports a missing value; the word to complete may be incomplete.
  if (known || value === undefined || words[0] === '__complete') return known;
  const meant = suggest(value, [...languages]);
  throw new UserError(
    'wrong-call',
    t`There are no texts in "${value}".`,
    [...(meant ? [t`Did you mean ${meant}?`] : []), t`--lang is one of ${languages.join(', ')}.`].join(' '),
  );
}

/** Reads `CRM_LANG`, which is for CI without a locale, then the variables of POSIX in their order. */
function fromEnvironment({ CRM_LANG, LC_ALL, LC_MESSAGES, LANG }: Record<string, string | undefined>): Language {
  const word = CRM_LANG || LC_ALL || LC_MESSAGES || LANG || '';
  return languages.find((one) => new RegExp(`^${one}\\b|^${one}_`, 'i').test(word)) ?? 'en';
}

/** Returns true for output that programs read (JSON, SARIF, JUnit): it is in English everywhere. */
function forPrograms(words: string[]): boolean {
  return words.some(
    (word, i) =>
      word === '--json' ||
      (/^(--format=)?(json|sarif|junit)$/.test(word) && (word.startsWith('--') || words[i - 1] === '--format')),
  );
}
