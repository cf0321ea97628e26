import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

test('CONTRIBUTING.md gives a reason for every entry of the root', async () => {
  const page = await readFile('CONTRIBUTING.md', 'utf8');
  const section = page.split('## Where things live')[1]?.split('<!-- generated: rooms -->')[0] ?? '';
  const listed = [...section.matchAll(/^\| `([^`/]+)\/?` +\| \S.* \|$/gm)].map(([, name]) => name);
  const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
  const entries = new Set(tracked.map((path) => path.split('/')[0]));
  expect(listed.toSorted()).toEqual([...entries].toSorted());
});
