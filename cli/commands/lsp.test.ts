import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Editor } from '../../language-server/editor.test-helper.ts';
import { marked, shop } from '../../language-server/shop.fixture.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crm-lsp-'));
  for (const [path, text] of Object.entries(shop)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
});
afterEach(() => rm(folder, { recursive: true }));

it('speaks with an editor over standard input and output, from hello to goodbye', async () => {
  const main = join(import.meta.dirname, '..', 'main.ts');
  const server = spawn(process.execPath, [main, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  const editor = new Editor(server.stdout, server.stdin, pathToFileURL(folder).href);
  const { capabilities } = await editor.start();
  expect(capabilities).toMatchObject({ renameProvider: { prepareProvider: true }, documentFormattingProvider: true });

  const labels = await editor.complete('typed.crm', 'segment t {\n  where in segment ▮\n}\n');
  expect(labels.map(({ label }) => label)).toContain('sleeping');
  await editor.type('typed.crm', 'segment t {\n  where in segment nobody\n}\n');
  await editor.diagnostics('typed.crm', ([first]) => first?.code === 'CRM2023');

  const changes = await editor.rename('winback.crm', marked('winback.crm', 'enters sle'), 'asleep');
  expect(Object.keys(changes).sort()).toEqual(
    ['cart.crm.yaml', 'more.crm.yaml', 'segments.crm', 'sleep.crm.yaml', 'winback.crm'].sort(),
  );
  expect(await editor.format('typed.crm', 'segment t {where   city=="x"}')).toBe(
    'segment t {\n  where city == "x"\n}\n',
  );

  await editor.leave();
  expect(await ended).toEqual([0, null]);
  editor.close();
});

it.each([
  ['of the editor', 'ru-RU', [], 'Сегмента "nobody" нет.'],
  ['that it was started with', 'ru-RU', ['--lang', 'en'], 'There is no segment "nobody".'],
])('speaks the language %s', async (_name, locale, words, said) => {
  const main = join(import.meta.dirname, '..', 'main.ts');
  const env = { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', CRM_LANG: '' };
  const server = spawn(process.execPath, [main, 'lsp', ...words], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const ended = once(server, 'exit');
  const editor = new Editor(server.stdout, server.stdin, pathToFileURL(folder).href);
  await editor.start(locale);
  await editor.type('typed.crm', 'segment t {\n  where in segment nobody\n}\n');
  const [found] = await editor.diagnostics('typed.crm', (all) => all.length > 0);
  expect(found?.message).toContain(said);
  await editor.leave();
  await ended;
  editor.close();
});

it('sends people at a terminal away', async () => {
  const io = testIo(folder, { terminal: { stdin: true, stdout: true, stderr: true } });
  expect(await crm(['lsp'], io)).not.toBe(0);
  expect(io.said.err).toMatch(/started by editors[\s\S]*docs\/editors\.md/);
});
