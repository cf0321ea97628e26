import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { treeAt } from './git-tree.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-tree-'));
});
afterAll(() => rm(root, { recursive: true }));

/** Makes a repository with a commit for each of these sets of files, and returns its folder. */
async function repository(...commits: Record<string, string>[]) {
  const folder = await mkdtemp(join(root, 'repository-'));
  const git = (...words: string[]) => {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
    return execFileSync('git', [...who, ...words], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
  };
  git('init', '-q', '-b', 'main');
  for (const files of commits) {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    git('add', '-A');
    git('commit', '-q', '-m', 'next');
  }
  return { folder, git };
}

async function contents(folder: string, ref = 'HEAD') {
  const { paths, read } = await treeAt(folder, ref);
  const texts = await read(paths);
  return Object.fromEntries(paths.map((path, i) => [path, texts[i]?.toString('utf8')]));
}

it.each([':shop', ':!x', 'a*b', 'первый магазин', 'a\nb'])(
  'reads a folder that is called %j, and files of any name',
  async (name) => {
    const { folder } = await repository({
      [`${name}/a.yaml`]: '1',
      [`${name}/b\n c.yaml`]: '2',
      [`${name}/empty`]: '',
      'other/a.yaml': '3',
    });
    expect(await contents(join(folder, name))).toEqual({ 'a.yaml': '1', 'b\n c.yaml': '2', empty: '' });
  },
);

it('reads the folder in which it is, also where a hook of git has set GIT_DIR', async () => {
  const { folder } = await repository({ 'crm.yaml': 'top', 'shop/crm.yaml': 'shop' });
  process.env.GIT_DIR = join(folder, '.git');
  try {
    expect(await contents(join(folder, 'shop'))).toEqual({ 'crm.yaml': 'shop' });
  } finally {
    delete process.env.GIT_DIR;
  }
});

it('follows links to files of the folder, and refuses others', async () => {
  const { folder, git } = await repository({ 'shop/real/a.yaml': 'a', 'outside.yaml': 'secret' });
  const shop = join(folder, 'shop');
  await symlink('real/a.yaml', join(shop, 'one'));
  await symlink('../shop/one', join(shop, 'two'));
  await symlink(join(shop, 'real/a.yaml'), join(shop, 'absolute'));
  git('add', '-A');
  git('commit', '-q', '-m', 'links');
  expect(await contents(shop)).toEqual({ 'real/a.yaml': 'a', one: 'a', two: 'a', absolute: 'a' });
  for (const target of ['../outside.yaml', '/etc/hostname', 'missing', 'loop']) {
    await symlink(target, join(shop, 'loop'));
    git('add', '-A');
    git('commit', '-q', '-m', 'a link');
    await expect(contents(shop), target).rejects.toThrow('loop is a link that leads out of the project');
    await rm(join(shop, 'loop'));
  }
});

it('refuses what is no commit, and suggests a name', async () => {
  const { folder } = await repository({ a: '1' });
  for (const ref of ['^HEAD', 'HEAD:a', '--all', 'HEAD..HEAD', ''])
    await expect(treeAt(folder, ref), ref).rejects.toThrow('There is no commit');
  await expect(treeAt(folder, 'mian')).rejects.toMatchObject({ help: 'Did you mean "main"?' });
  await expect(treeAt(folder, 'origin/v1')).rejects.toMatchObject({
    help: expect.stringMatching(/git fetch origin v1$/),
  });
});

it('does not take what it cannot read for what is not there', async () => {
  const { folder, git } = await repository({ 'crm.yaml': 'a text of its own' });
  const object = git('rev-parse', 'HEAD:crm.yaml');
  await rm(join(folder, '.git/objects', object.slice(0, 2), object.slice(2)), { force: true });
  await expect(contents(folder)).rejects.toThrow('git cannot read');
  const tree = git('rev-parse', 'HEAD^{tree}');
  await rm(join(folder, '.git/objects', tree.slice(0, 2), tree.slice(2)), { force: true });
  await expect(contents(folder)).rejects.toThrow('git cannot read the repository');
  expect(await readdir(folder)).toContain('crm.yaml');
});

it('counts the commits that the present one lacks, and finds the common ancestor', async () => {
  const { folder, git } = await repository({ 'shop/a': '1', other: '1' });
  const begin = git('rev-parse', 'HEAD');
  git('branch', 'mine');
  await writeFile(join(folder, 'shop/a'), '2');
  git('commit', '-q', '-am', 'of main');
  await writeFile(join(folder, 'other'), '2');
  git('commit', '-q', '-am', 'of another folder');
  git('checkout', '-q', 'mine');
  expect(await treeAt(join(folder, 'shop'), 'main')).toMatchObject({ ahead: 1 });
  expect(await treeAt(join(folder, 'shop'), 'main...')).toMatchObject({ ahead: 0, commit: begin });
  expect(await treeAt(join(folder, 'shop'), 'main...HEAD')).toMatchObject({ commit: begin });
});

it('names the submodules', async () => {
  const { folder: inner } = await repository({ 'x.yaml': '1' });
  const { folder, git } = await repository({ a: '1' });
  git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'campaigns');
  git('commit', '-q', '-m', 'a submodule');
  expect(await treeAt(folder, 'HEAD')).toMatchObject({ submodules: ['campaigns'], paths: ['.gitmodules', 'a'] });
});
