import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { crm } from '../../cli/crm.ts';
import * as api from '../../index.ts';
import { testIo } from '../io.ts';
import { blocksOf, inlineOf, repository } from './pages.ts';

const page = 'docs/api.md';
const example = join(import.meta.dirname, 'api.example.ts');
const run = promisify(execFile);
const node = (words: string[], cwd = repository) => run(process.execPath, words, { cwd });

it('the example of the page is a program that the compiler checks', async () => {
  const [block] = blocksOf(page).filter(({ language }) => language === 'ts');
  const text = await readFile(example, 'utf8');
  // The formatter breaks the longer import.
  const own = /import \{([^}]*?),?\s*\} from '..\/..\/index.ts'/;
  expect(block?.text).toBe(
    text.replace(own, (_, names: string) => `import {${names.replaceAll(/\s+/g, ' ')} } from 'kaskad'`),
  );
});

it('the example prints what the page shows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kaskad-api-'));
  try {
    const begin = ['init', 'shop', '--yaml', '--language', 'en', '--timezone', 'UTC'];
    expect(await crm(begin, testIo(folder))).toBe(0);
    const { stdout } = await node([example, join(folder, 'shop')]);
    const [shown] = blocksOf(page).filter(({ language }) => language === 'text');
    expect(stdout).toBe(shown?.text);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('the page names every function of the interface', () => {
  const named = new Set(inlineOf(page).map(({ text }) => text.replace(/\(.*/s, '')));
  expect(Object.keys(api).filter((name) => !named.has(name))).toEqual([]);
});
