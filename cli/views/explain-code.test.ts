import { afterEach, describe, expect, it } from 'vitest';
import { codes } from '../../spec/diagnostics/codes.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { testIo } from '../../test/io.ts';
import { untranslated } from '../../test/untranslated.ts';
import { crm } from '../crm.ts';

afterEach(() => useLanguage('en'));

async function run(...words: string[]) {
  const io = testIo(process.cwd(), { view: { color: false, width: 80 } });
  const code = await crm([...words, '--lang', 'ru'], io);
  return { code, ...io.said };
}

describe('crm explain-code in Russian', () => {
  it.each(Object.keys(codes))('explains %s', async (code) => {
    const { out } = await run('explain-code', code);
    const [text = '', examples = ''] = out.split('\n\nНеправильно:\n');
    expect(text).toMatch(new RegExp(`^${code} .*[а-яё](.*\n)+\n.*[а-яё]`));
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(untranslated(text.replaceAll('\n', ' '))).toEqual([]);
    expect(examples).toContain('\n\nПравильно:\n');
  });

  it('lists all codes', async () => {
    const { out } = await run('explain-code');
    expect(out).toContain('Значения\n  CRM1020  Не удаётся прочитать длительность\n');
    expect(out.match(/CRM\d{4}/g)).toHaveLength(Object.keys(codes).length);
    expect(untranslated(out)).toEqual([]);
    const lines = out.split('\n').filter((line) => line !== '');
    expect(lines.filter((line) => !/[а-яё]/i.test(line) || line.length > 80)).toEqual([]);
  });

  it('does not know a code', async () => {
    const { code, err } = await run('explain-code', 'CRM4099');
    expect(code).toBe(1);
    expect(err).toContain('Кода CRM4099 нет.');
    expect(err).toContain('Возможно, имелось в виду CRM4009? Все коды показывает `crm explain-code`.');
  });

  it('stays English for programs', async () => {
    const { out } = await run('explain-code', 'CRM4009', '--json');
    expect(JSON.parse(out)).toMatchObject({ title: 'The shares of a split do not sum to 100%' });
    expect(out).not.toMatch(/[а-яё]/i);
  });
});
