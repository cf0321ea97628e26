import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Setting } from '../../cli/init/setting.ts';
import { type Starter, starterFiles, starters } from '../../cli/init/starters.ts';
import { loadProject } from '../../spec/load.ts';
import { callsIn, misunderstood } from './commands.ts';
import { inlineOf, repository } from './pages.ts';

// Commands in the texts of the program, and examples in the files of a new project.

const settings: Setting[] = [
  { name: 'shop', language: 'en', timezone: 'Europe/London', currency: 'GBP' },
  { name: 'shop', language: 'ru', timezone: 'Europe/Moscow', currency: 'RUB' },
];
const starts = settings.flatMap((setting) =>
  Object.keys(starters).map((beginning) => ({ beginning: beginning as Starter, setting })),
);

it('names commands and options that are there in errors, advice and views', async () => {
  const faults: string[] = [];
  let calls = 0;
  for await (const path of glob('{cli,engine,spec,language-server}/**/*.ts', { cwd: repository })) {
    const text = await readFile(join(repository, path), 'utf8');
    for (const [, call = ''] of text.matchAll(/\\?`(crm [^`\\$…%{]+)\\?`/g)) {
      calls += 1;
      const wrong = misunderstood(call.replace(/ \|.*$/, ''));
      if (wrong) faults.push(`${path}: ${call}: ${wrong}`);
    }
  }
  expect(faults).toEqual([]);
  expect(calls).toBeGreaterThan(100);
});

it.each(starts)('a project of $beginning in $setting.language names commands that are there', async (start) => {
  const files = Object.entries(await starterFiles(start.beginning, 'yaml', start.setting));
  const calls = files
    .filter(([path]) => path !== 'crm.schema.json')
    .flatMap(([path, text]) => inlineOf(path, text))
    .flatMap(({ text }) => callsIn(text));
  expect(calls.length).toBeGreaterThan(3);
  expect(calls.flatMap((call) => misunderstood(call) ?? [])).toEqual([]);
});

it.each(settings)('the channel in the comment of a new project can be taken, in $language', async (setting) => {
  const files = await starterFiles('cart', 'yaml', setting);
  const [, shown] = /# .*?(\{ transport: smtp.*\})/.exec(files['crm.yaml'] ?? '') ?? [];
  const project = parse(files['crm.yaml'] ?? '');
  const { unsubscribe } = project.channels.email;
  project.channels.email = { ...parse(shown ?? ''), unsubscribe };
  const taken = { ...files, 'crm.yaml': stringify(project) };
  expect(loadProject(Object.entries(taken).map(([path, text]) => ({ path, text }))).diagnostics).toEqual([]);
});
