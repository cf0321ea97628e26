import { afterEach, describe, expect, it } from 'vitest';
import { compileExpression } from '../../spec/expression/compile.ts';
import { meanings } from '../../spec/expression/operators/registry.ts';
import { parsePattern } from '../../spec/expression/pattern.ts';
import { rows, scope } from '../../spec/expression/problems.fixture.ts';
import { explainDuration } from '../../spec/words/durations.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { translated } from '../../spec/words/t.ts';
import { untranslated } from '../../test/untranslated.ts';
import { catalogue } from './index.ts';

afterEach(() => useLanguage('en'));

/** Texts that are quoted from the condition, examples of conditions, and the rest of the sentence in Russian. */
function expectRussian(text: string): void {
  expect(text).toMatch(/[а-яё]/);
  expect(untranslated(text.replaceAll(/(?<=[:,;] )[a-z][^а-яё]*$/g, '…'))).toEqual([]);
}

describe('in Russian', () => {
  it.each(rows)('what is wrong with %s', (condition) => {
    useLanguage('ru', catalogue);
    for (const { message, help } of compileExpression(condition, scope, 'condition').problems) {
      expectRussian(message);
      if (help !== undefined) expectRussian(help);
    }
  });

  it.each(['', '-2 hours', '90', '1,5 hours', '1.00001 hours', '5 min', '2 часа', '3 months', '2 hours ?'])(
    'why "%s" is no duration',
    (text) => {
      useLanguage('ru', catalogue);
      expectRussian(explainDuration(text));
    },
  );

  it.each([
    '',
    'a)',
    '(a',
    '[]a]',
    '*a',
    'a**',
    'a+?',
    '^*',
    'a{,3}',
    'a{256}',
    '(?=a)',
    '(?i)a',
    '\\1',
    '\\b',
    '[b-a]',
  ])('why %j is no pattern', (text) => {
    useLanguage('ru', catalogue);
    const read = parsePattern(text);
    if (!('refusal' in read)) expect.unreachable();
    expectRussian(read.refusal);
    if (read.help !== undefined) expectRussian(read.help);
  });

  it('types fit into sentences', () => {
    useLanguage('ru', catalogue);
    const said = (text: string) => compileExpression(text, scope, 'condition').problems.map(({ message }) => message);
    expect(said('a_date < 45 days ago')).toEqual(['Нельзя сравнить разные типы: дата и момент времени.']);
    expect(said('a_money')).toEqual(['Здесь деньги, а нужно условие.']);
    expect(said('city == "a" and')).toEqual([
      'Выражение обрывается: ожидается значение: имя, число, текст в кавычках или "(".',
    ]);
    expect(said('(city == "a"')).toEqual(['Скобка "(" не закрыта.']);
  });

  it('what the words mean', () => {
    useLanguage('ru', catalogue);
    expect([...meanings.values()].map(({ says }) => translated(says)).filter((says) => !/[а-яё]/.test(says))).toEqual(
      [],
    );
  });
});
