import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadProject } from '../spec/load.ts';
import { findRoot, readProject } from './project.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-project-'));
});
afterEach(() => rm(root, { recursive: true }));

async function put(path: string, content: string | Buffer = ''): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

test('the root is the nearest folder upwards with a crm.yaml', async () => {
  await put('crm.yaml');
  await put('a/b/other.txt');
  expect(await findRoot(join(root, 'a/b'))).toBe(root);
  expect(await findRoot('/', root)).toBe(root);
  await expect(findRoot(root, 'a')).rejects.toThrow(/no crm.yaml in .*a\.$/);
  await rm(join(root, 'crm.yaml'));
  await expect(findRoot(join(root, 'a/b'))).rejects.toThrow(/or above it/);
});

test('a project is crm.yaml, *.crm.yaml anywhere and templates; not files of other tools', async () => {
  const mine = [
    'campaigns/x/a.crm.yaml',
    'crm.yaml',
    'templates/a/b.email.hbs',
    'templates/partials/c.hbs',
    'z.crm.yaml',
  ];
  const not = [
    'node_modules/kaskad/a.crm.yaml',
    '.kaskad/a.crm.yaml',
    'out/a.crm.yaml',
    'other.yaml',
    'b.hbs',
    'nested/crm.yaml',
    'nested/deep/a.crm.yaml',
  ];
  for (const path of [...mine, ...not]) await put(path);
  await symlink(root, join(root, 'loop'));
  expect((await readProject(root)).map((file) => file.path)).toEqual(mine);
});

test('what is not UTF-8 is a diagnostic with its place', async () => {
  await put('crm.yaml', Buffer.from('project:\n  name: shop\n  # \xcf\xf0\xe8\n', 'latin1'));
  const [found] = loadProject(await readProject(root)).diagnostics;
  expect(found).toMatchObject({ code: 'CRM1005', range: { file: 'crm.yaml', start: { line: 3 } } });
});
