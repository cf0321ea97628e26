import { glob, readFile } from 'node:fs/promises';
import { matchesGlob } from 'node:path';
import { expect, it } from 'vitest';
import { leftOut, sized } from './extent.ts';

const files: string[] = [];
for await (const path of glob('{cli,engine,language-server,scripts,spec,test}/**/*.test.ts')) files.push(path);

it('names files that are there', () => {
  expect([...leftOut, ...sized].filter((pattern) => !files.some((path) => matchesGlob(path, pattern)))).toEqual([]);
});

it('leaves out everything that needs PostgreSQL alone or trials with processes, and keeps most files', async () => {
  const kept = files.filter((path) => !leftOut.some((pattern) => matchesGlob(path, pattern)));
  const texts = await Promise.all(kept.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
  const costly = texts.filter(({ text }) => /openPostgres|trials\/|fork\(|startCluster/.test(text));
  expect(costly.map(({ path }) => path).filter((path) => path !== 'test/extent.test.ts')).toEqual([]);
  expect(kept.length).toBeGreaterThan(files.length / 2);
});
