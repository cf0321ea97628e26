import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { currentLanguage, useLanguage } from '../../spec/words/language.ts';
import { testIo } from '../../test/io.ts';
import { untranslated } from '../../test/untranslated.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
afterEach(() => useLanguage('en'));

const now = () => Date.UTC(2026, 2, 2, 10);
const terminal = { stdin: true, stdout: true, stderr: true };

let root: string;
let shop: string;
let applied: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-languages-'));
  shop = join(root, 'shop');
  applied = join(root, 'applied');
  for (const folder of [shop, applied]) await run(root, 'init', folder, '--template', 'cart', '--language', 'ru');
  await writeFile(join(shop, 'event.json'), '[]');
  await writeFile(join(shop, 'broken.json'), '{');
  await mkdir(join(shop, 'environments'));
  await writeFile(join(shop, 'environments/staging.yaml'), 'variables: {}\n');
  await run(applied, 'apply', '--auto-approve');
  await run(applied, 'tick', '--no-dispatch');
});
afterAll(() => rm(root, { recursive: true }));

async function run(cwd: string, ...words: string[]) {
  const io = testIo(cwd, { now });
  const code = await crm([...words, '--lang', 'ru'], io);
  return { code, ...io.said };
}

/** Leaves out paths, options and names of the project. */
function prose(text: string): string {
  return text.replaceAll(root, '').replaceAll(/--[a-z-]+|\S*[/.]\S*/g, '·');
}

describe('the output of commands in Russian', () => {
  const unapplied = [
    ['apply', '--project', 'nowhere'],
    ['apply'],
    ['apply', 'nowhere.json'],
    ['audience', 'crat'],
    ['customer', 'nobody'],
    ['data', 'check', '--env', 'stagng'],
    ['erase', 'c1'],
    ['explain', 'c1'],
    ['fmt', 'nowhere'],
    ['graph', 'nowhere'],
    ['import', 'nowhere.csv'],
    ['import', 'sample'],
    ['import', 'event.json', '--as', 'других'],
    ['import', 'event.json', '--as', 'other.json=orders'],
    ['import', 'event.json', '--name', 'Имя=имя'],
    ['init', '.'],
    ['init', 'other', '--timezone', 'Europe/Moscw'],
    ['init', 'other', '--currency', 'none'],
    ['launch', 'cart'],
    ['lsp', '--stdio', 'x'],
    ['pause'],
    ['pause', 'cart', '--all'],
    ['preview', 'nowhere'],
    ['preview', 'cart/reminder', '--channel', 'carrier-pigeon'],
    ['preview', 'cart/reminder', '--event', 'nowhere.json'],
    ['preview', 'cart/reminder', '--event', 'event.json'],
    ['preview', 'cart/reminder', '--event', 'broken.json'],
    ['preview', 'cart/reminder', '--locale', '???'],
    ['segment', 'vip'],
    ['send-test', 'nowhere', '--to', 'you@example.com'],
    ['send-test', 'cart/reminder'],
    ['send-test', 'cart/reminder', '--to', 'nobody'],
    ['send-test', 'cart/reminder', '--to', 'you@example.com'],
    ['send-test', 'cart', '--to', 'you@example.com', '--channel', 'carrier-pigeon'],
    ['simulate', '--from', 'yesterday'],
    ['simulate', '--from', '2026-03-02', '--to', '2026-03-01'],
    ['simulate', '--launch', 'cart'],
    ['status'],
    ['suppression', 'add'],
    ['test', 'nowhere'],
    ['tick'],
    ['resume', '--all'],
  ];
  test.each(unapplied.map((words) => [words]))('%j is refused', async (words) => {
    const { code, err } = await run(shop, ...words);
    expect(code).toBe(1);
    expect(err).toMatch(/^(ошибка|error) .*[а-я]/m);
    expect(untranslated(prose(err))).toEqual([]);
  });

  test.each(
    [
      ['audience', 'nowhere'],
      ['launch', 'cart', '--auto-approve'],
      ['launch', 'nowhere', '--auto-approve'],
      ['pause', 'nowhere'],
      ['resume', '--channel', 'nowhere'],
      ['suppression', 'add', 'nobody'],
      ['suppression', 'lift', 'you@example.com'],
      ['suppression', 'list', '--channel', 'nowhere'],
      ['explain', 'you@example.com'],
      ['customer', 'nobody'],
      ['erase', 'nobody', '--auto-approve'],
      ['tick', '--at', '2027-01-01'],
      ['tick', '--at', '2026-01-01'],
    ].map((words) => [words]),
  )('%j is refused where something is applied', async (words) => {
    const { code, err } = await run(applied, ...words);
    expect(code).toBe(1);
    expect(err).toMatch(/[а-я]/);
    expect(untranslated(prose(err))).toEqual([]);
  });

  test('an error on a terminal breaks at whole words', async () => {
    for (const lang of ['en', 'ru']) {
      const io = testIo(shop, { now, terminal, errorView: { color: true, width: 60 } });
      await crm(['import', 'event.json', '--name', 'Имя=имя', '--lang', lang], io);
      const lines = io.said.err.trimEnd().split('\n');
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(60);
    }
  });

  test('a new project', async () => {
    const { out } = await run(root, 'init', 'new', '--template', 'cart');
    expect(out).toBe(`Проект с одной кампанией, её тестами и примерами клиентов — в папке new.
Дальше:
  cd new
  crm validate           проверит файлы
  crm test               выполнит тесты кампании
  crm simulate           проживёт 30 дней с примерами клиентов
  crm plan               покажет, что произойдёт
  crm apply, crm run     введут это в действие
`);
  });
});

describe('on 60 columns', () => {
  const narrow = { color: false, width: 60 };
  test.each(
    ['en', 'ru'].flatMap((lang) =>
      [
        ['audience', 'cart'],
        ['customer', 'nobody'],
        ['plan', '-o', 'plan.json'],
        ['simulate', '--days', '2', '--render', 'out/messages'],
        ['apply', '--auto-approve'],
        ['preview', 'cart/reminder', '-o', 'out/page.html'],
        ['launch', 'cart', '--auto-approve'],
      ].map((words) => [lang, words] as const),
    ),
  )('remarks in %s break at whole words: %j', async (lang, words) => {
    const io = testIo(shop, { now, terminal, view: narrow, errorView: narrow });
    await crm([...words, '--lang', lang], io);
    const own = io.said.err.split('\n').concat(io.said.out.split('\n').slice(-3));
    for (const line of own) expect(stringWidth(line), line).toBeLessThanOrEqual(60);
  });
});

test('a run whose log is for programs goes on in English', async () => {
  for (const [stdout, language] of [
    [false, 'en'],
    [true, 'ru'],
  ] as const) {
    const io = testIo(applied, { now, terminal: { ...terminal, stdout }, interrupted: () => AbortSignal.abort() });
    expect(await crm(['run', '--lang', 'ru'], io), io.said.err).toBe(0);
    expect(currentLanguage().language).toBe(language);
    expect(io.said.out).toContain(stdout ? 'завершено' : '"msg":"ended"');
  }
});
