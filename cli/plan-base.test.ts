import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let repository: string;
let root: string;
const campaign = 'campaigns/welcome.crm.yaml';

async function run(...words: string[]) {
  const io = testIo(root);
  const code = await crm(words, io);
  return { code, ...io.said };
}

async function planned(...words: string[]) {
  const { code, out, err } = await run('plan', '--json', ...words);
  expect(err + code).toBe('0');
  return JSON.parse(out);
}

async function git(...words: string[]): Promise<void> {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  await promisify(execFile)('git', [...who, ...words], { cwd: repository });
}

async function edit(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(root, path), 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  await writeFile(join(root, path), text.replace(from, to));
}

/** A repository with the project in a folder of it, a commit on main, and a change of the files that is not committed. */
beforeAll(async () => {
  repository = await mkdtemp(join(tmpdir(), 'kaskad-base-'));
  root = join(repository, 'shops', 'первый магазин');
  await git('init', '--quiet', '--initial-branch', 'main');
  await writeFile(join(repository, 'README'), 'a repository');
  await git('add', '-A');
  await git('commit', '--quiet', '-m', 'no project yet');
  await git('tag', 'before');
  await mkdir(root, { recursive: true });
  await run('init', '.', '--yaml', '--template', 'welcome');
  await mkdir(join(root, 'inner/campaigns'), { recursive: true });
  await cp(join(root, 'crm.yaml'), join(root, 'inner/crm.yaml'));
  await writeFile(join(root, 'inner/campaigns/other.crm.yaml'), 'nonsense: [');
  // A link within the project is followed in the folder, and so it must be in the commit.
  await mkdir(join(root, 'shared'));
  await writeFile(
    join(root, 'shared/sale.yaml'),
    'campaigns:\n  sale:\n    on: { launch: manual }\n    steps: [send: { email: welcome/offer }]\n',
  );
  await symlink('../shared/sale.yaml', join(root, 'campaigns/sale.crm.yaml'));
  await git('add', '-A');
  await git('commit', '--quiet', '-m', 'first');
  await edit(campaign, '1 day', '2 days');
});
afterAll(() => rm(repository, { recursive: true }));

describe('crm plan --base', () => {
  it('compares the files with those of a commit, and forecasts both on the same data', async () => {
    const plan = await planned('--base', 'main');
    expect(plan.against).toMatchObject({
      kind: 'commit',
      name: 'main',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(plan.base).toBeNull();
    expect(plan.changes.map(({ address, action }: Record<string, string>) => `${action} ${address}`)).toEqual([
      'change campaign.welcome',
    ]);
    const sends = plan.forecast.sends.filter(({ campaign }: { campaign: string }) => campaign === 'welcome');
    expect(sends.length).toBeGreaterThan(0);
    for (const { week } of sends) expect([week.before, week.after]).toEqual([expect.any(Number), expect.any(Number)]);
  });

  it('says first with what it compares, and touches neither files nor a store', async () => {
    const before = await promisify(execFile)('git', ['status', '--porcelain'], { cwd: repository });
    const { out } = await run('plan', '--base', 'HEAD');
    expect(out.split('\n')[0]).toMatch(/^Plan for .* \(against HEAD, commit [0-9a-f]{8}\)$/);
    expect(out).toContain('it uses the data files only');
    const after = await promisify(execFile)('git', ['status', '--porcelain'], { cwd: repository });
    expect(after.stdout).toBe(before.stdout);
  });

  it('exits with 2 under --detailed-exitcode where something changes, and with 0 against the same files', async () => {
    expect((await run('plan', '--base', 'main', '--detailed-exitcode')).code).toBe(2);
    const same = await run('plan', '--base', '.', '--detailed-exitcode');
    expect(same.code).toBe(0);
    expect(same.out).toContain('Nothing to change: both do the same.');
  });

  it('compares with a folder', async () => {
    const copy = join(repository, 'copy');
    await cp(root, copy, { recursive: true, verbatimSymlinks: true });
    const path = join(copy, campaign);
    await writeFile(path, (await readFile(path, 'utf8')).replace('2 days', '5 days'));
    const plan = await planned('--base', '../../copy');
    expect(plan.against).toEqual({ kind: 'folder', name: '../../copy' });
    expect(plan.changes).toHaveLength(1);
    await rm(copy, { recursive: true });
  });

  it('plans everything as new against a commit without the project', async () => {
    const plan = await planned('--base', 'before');
    expect(plan.summary).toMatchObject({ change: 0, remove: 0 });
    expect(plan.summary.add).toBeGreaterThan(1);
    expect(plan.against.empty).toBe(true);
    expect((await run('plan', '--base', 'before')).out).toContain('which has no project here');
  });

  it.each([
    ['nowhere', 'There is no commit `nowhere`'],
    ['--upload-pack=x', 'There is no commit `--upload-pack=x`'],
    ['main:README', 'There is no commit `main:README`'],
  ])('refuses %s', async (base, said) => {
    const { code, err } = await run('plan', `--base=${base}`);
    expect([code, err]).toEqual([1, expect.stringContaining(said)]);
  });

  it('refuses a base whose files have errors, with the first of them', async () => {
    await git('stash', '--quiet');
    await edit(campaign, '1 day', '1 dya');
    await git('commit', '--quiet', '-am', 'broken');
    await git('tag', 'broken');
    await git('reset', '--quiet', '--hard', 'HEAD~1');
    await git('stash', 'pop', '--quiet');
    const { code, err } = await run('plan', '--base', 'broken');
    expect(code).toBe(1);
    expect(err).toMatch(/The project as of broken has errors.*campaigns\/welcome\.crm\.yaml:\d+:\d+/s);
  });

  it('refuses --out, because such a plan cannot be applied', async () => {
    const { code, err } = await run('plan', '--base', 'main', '--out', 'plan.json');
    expect([code, err]).toEqual([1, expect.stringContaining('cannot be applied')]);
  });

  it('says that the base reads a file that is not there, and takes other line ends for no change', async () => {
    await edit('crm.yaml', 'sample/customers.csv', 'sample/people.csv');
    await cp(join(root, 'sample/customers.csv'), join(root, 'sample/people.csv'));
    await rm(join(root, 'sample/customers.csv'));
    const template = 'templates/welcome/offer.email.hbs';
    const text = await readFile(join(root, template), 'utf8');
    await writeFile(join(root, template), text.replaceAll('\n', '\r\n'));
    const { out } = await run('plan', '--base', 'main');
    await writeFile(join(root, template), text);
    await cp(join(root, 'sample/people.csv'), join(root, 'sample/customers.csv'));
    await rm(join(root, 'sample/people.csv'));
    await edit('crm.yaml', 'sample/people.csv', 'sample/customers.csv');
    expect(out).toContain('What the plan starts from: Without sample/customers.csv, which does not exist');
    expect(out).not.toContain('template welcome/offer');
  });

  it('refuses a folder without a project', async () => {
    const { code, err } = await run('plan', '--base', '../..');
    expect([code, err]).toEqual([1, expect.stringContaining('There is no crm.yaml in')]);
  });

  it('says that the base lacks the environment', async () => {
    await mkdir(join(root, 'environments'), { recursive: true });
    await writeFile(join(root, 'environments/test.yaml'), 'variables: {}\n');
    const { code, err } = await run('plan', '--base', 'main', '--env', 'test');
    await rm(join(root, 'environments/test.yaml'));
    expect([code, err]).toEqual([0, expect.stringContaining('main has no environment `test`')]);
  });

  it('refuses a commit outside of a repository', async () => {
    const alone = await mkdtemp(join(tmpdir(), 'kaskad-alone-'));
    await cp(root, alone, { recursive: true, verbatimSymlinks: true });
    const io = testIo(alone);
    expect(await crm(['plan', '--base', 'main'], io)).toBe(1);
    expect(io.said.err).toContain('is in no git repository');
    await rm(alone, { recursive: true });
  });
});
