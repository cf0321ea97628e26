import stringWidth from 'string-width';
import { afterEach, describe, expect, test } from 'vitest';
import { useLanguage } from '../../spec/words/language.ts';
import { testIo } from '../../test/io.ts';
import { untranslated } from '../../test/untranslated.ts';
import { commandLine } from '../command-line.ts';
import { crm } from '../crm.ts';
import { meantBy } from './meant.ts';
import { examples } from './pages.ts';

afterEach(() => useLanguage('en'));

async function said(words: string[], width = 80) {
  const io = testIo('/', { view: { color: false, width }, errorView: { color: false, width } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const program = commandLine(testIo('/'), () => {});
const names = program.commands.map((command) => command.name()).filter((name) => !name.startsWith('__'));
const pages = [[], ...names.map((name) => [name])].flatMap((words) =>
  (['en', 'ru'] as const).flatMap((language) => [80, 120].map((width) => ({ words, language, width }))),
);

describe('a page of the help', () => {
  test.each(pages)('%j', async ({ words, language, width }) => {
    const { out } = await said([...words, '--help', '--lang', language], width);
    const lines = out.trimEnd().split('\n');
    for (const line of lines) {
      expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      expect(line, 'no blank hangs over').toBe(line.trimEnd());
    }
    // Descriptions start at one column, and go on there.
    const listed = lines.flatMap((line) => /^ {2}(?:-\S, )?--\S+(?: <\S+>)? {2,}/.exec(line)?.[0].length ?? []);
    const further = lines.filter((line) => /^ {12,}\S/.test(line)).map((line) => /^ */.exec(line)?.[0].length ?? 0);
    const columns = new Set([...listed, ...further.filter((column) => column !== exampleColumn(words[0]))]);
    expect(columns.size).toBeLessThanOrEqual(1);
    if (language === 'ru') expect(untranslated(withoutNames(out))).toEqual([]);
  });

  test('breaks the same words at every width', async () => {
    for (const name of names) {
      const [narrow, wide] = await Promise.all([80, 1000].map((width) => said([name, '--help'], width)));
      expect(narrow?.out.split(/\s+/)).toEqual(wide?.out.split(/\s+/));
    }
  });
});

/** The column of the texts beside examples. */
function exampleColumn(name = ''): number {
  return 4 + Math.max(...(examples()[name] ?? []).map(([call]) => call.length), 0);
}

/** Leaves out calls, the names of what is typed, and values that are possible. */
function withoutNames(page: string): string {
  const calls = Object.values(examples()).flatMap((own) => own.map(([call]) => call));
  const bare = calls.toSorted((a, b) => b.length - a.length).reduce((text, call) => text.replaceAll(call, ''), page);
  const commands = new RegExp(`(?<![\\w-])(${names.join('|')})(?![\\w-])`, 'g');
  return bare
    .replaceAll(/^Вызов: .*$/gm, '')
    .replaceAll(/--?[a-z][\w-]*|<[^>]*>|\[[^\]]*\]/g, '')
    .replaceAll(commands, '');
}

describe('a command that there is not', () => {
  test.each([
    ['pasue', 'Did you mean pause?'],
    ['info', 'Did you mean status?'],
    ['stats', 'Did you mean report?'],
    ['reprot', 'Did you mean report?'],
    ['send', 'Did you mean send-test, launch or run? `crm --help` lists the commands.'],
    ['Deploy', 'Did you mean apply?'],
    ['delete', 'Did you mean erase?'],
    ['unsubscribe', 'Did you mean suppression?'],
    ['export', 'Did you mean segment or audience? `crm --help` lists the commands.'],
    ['ыефегы', 'Did you mean status?'],
    ['рlan', 'Did you mean plan?'],
    ['constructor', '`crm --help` lists the commands.'],
    ['order', '`crm --help` lists the commands.'],
  ])('%s is refused with those that can be meant', async (word, help) => {
    const message = `error There is no command "${word}".\n  help: ${help}\n`;
    expect(await said([word])).toEqual({ code: 1, out: '', err: message });
    expect(await said(['help', word])).toEqual({ code: 1, out: '', err: message });
    expect(await said([word, '--help'])).toEqual({ code: 1, out: '', err: message });
  });

  test('is refused in Russian', async () => {
    expect((await said(['send', '--lang', 'ru'])).err).toBe(
      'ошибка Нет команды «send».\n  помощь: Возможно, имелось в виду send-test, launch или run? `crm --help` перечисляет команды.\n',
    );
  });

  test('never hides one that there is', () => {
    for (const name of names) expect(meantBy(name, names)).toEqual([name]);
  });
});

describe('the language before the command', () => {
  test('is not taken for the command', async () => {
    const plain = await said(['plan', '--help', '--lang', 'ru']);
    expect(await said(['--lang', 'ru', 'plan', '--help'])).toEqual(plain);
    expect(await said(['--lang', 'ru', 'help', 'plan'])).toEqual(plain);
    expect((await said(['--lang', 'ru', 'plan', '--otu'])).err).toContain('У `crm plan` нет параметра --otu.');
  });

  test('is asked for where it is missing', async () => {
    expect((await said(['plan', '--lang'])).err).toContain('--lang needs a value');
  });

  test('is offered where it is completed, and what follows it', async () => {
    const offered = async (...words: string[]) => (await said(['__complete', '--', ...words])).out;
    expect(await offered('plan', '--lang', '')).toBe('en\t\nru\t\n');
    expect(await offered('--lang', 'r')).toBe('ru\t\n');
    expect(await offered('--lang', 'en', 'gra')).toBe(await offered('gra'));
    expect(await offered('--lang=en', 'graph', '--form')).toBe(await offered('graph', '--form'));
    expect(await offered('--lang', 'ru', 'gra')).toBe('graph\tНарисовать цепочку одной кампании или всех.\n');
  });
});

test('calls that are not understood are refused in Russian', async () => {
  const calls = [
    ['explain'],
    ['status', '--env'],
    ['status', 'now'],
    ['status', '-x'],
    ['convert', '--all'],
    ['graph', '--format', 'png'],
    ['simulate', '--days', 'two'],
    ['test', '--min-coverage', '101'],
    ['init', '--dsl', '--yaml'],
  ];
  for (const words of calls) {
    const { code, err } = await said([...words, '--lang', 'ru']);
    expect(code).toBe(1);
    expect(err).toMatch(/^ошибка .*\n {2}помощь: .*\n$/);
    expect(untranslated(withoutNames(err))).toEqual([]);
  }
});
