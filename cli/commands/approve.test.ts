import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DuckDb } from '../../engine/store/duckdb.ts';
import { dump } from '../../test/dump.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const run = promisify(execFile);
const hasKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;
const start = Date.UTC(2026, 2, 2, 12);
const hour = 3_600_000;

let folder: string;
let root: string;
let now: number;

async function call(...words: string[]) {
  const io = testIo(root, {
    now: () => now,
    env: { CRM_ACTOR: 'ci', HOME: folder },
    view: { color: false, width: 200 },
  });
  const code = await crm(words, io);
  return { code, ...io.said };
}

/** Calls a command that must be refused, and expects the rest of the store to be as before. */
async function refused(...words: string[]) {
  const before = await contents();
  const { code, out, err } = await call(...words, '--json');
  expect(code, err).toBe(3);
  expect(await contents()).toEqual(before);
  return JSON.parse(out.trim().split('\n').at(-1) ?? '');
}

async function contents(): Promise<object> {
  const path = join(root, '.kaskad/store.duckdb');
  if (!existsSync(path)) return {};
  const db = await DuckDb.open(path);
  const { audit: _, meta: __, ...rest } = await dump(db);
  await db.close();
  return rest;
}

async function writeProject(delay: string, part = ''): Promise<void> {
  const key = async (name: string) => (await readFile(join(folder, `${name}.pub`), 'utf8')).trim();
  await writeFile(
    join(root, 'crm.yaml'),
    `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { attributes: { email: email } }
  events: { registered: {} }
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, unsubscribe: "https://shop.example/u" }
policies:
  approvals:
    for: [always]
    approvers:
      - ann@example.com ${await key('ann')}
      - bob@example.com ${await key('bob')}
${part}
campaigns:
  welcome:
    on: { event: registered }
    steps: [{ wait: ${delay} }, { send: { email: hello } }]
`,
  );
}

async function commit(author: string): Promise<void> {
  const as = ['-c', `user.email=${author}`, '-c', 'user.name=x'];
  await run('git', ['add', '.'], { cwd: root });
  await run('git', [...as, 'commit', '-qm', 'change'], { cwd: root });
}

const approve = (name: string, ...words: string[]) =>
  call('approve', 'plan.json', '--key', join(folder, name), '--auto-approve', ...words);

beforeEach(async () => {
  now = start;
  folder = await mkdtemp(join(tmpdir(), 'kaskad-approve-'));
  root = join(folder, 'shop');
  await mkdir(join(root, 'templates'), { recursive: true });
  for (const name of ['ann', 'bob', 'eve'])
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(folder, name)]);
  await writeProject('1 day');
  await writeFile(
    join(root, 'templates/hello.email.hbs'),
    '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">No more</a>\n',
  );
  await writeFile(join(root, '.gitignore'), '.kaskad\nplan.json*\n');
  await run('git', ['init', '-q'], { cwd: root });
  await commit('carl@example.com');
  expect(await call('plan', '--out', 'plan.json')).toMatchObject({ code: 0 });
});
afterEach(() => rm(folder, { recursive: true }));

// OpenSSH signs the approvals; a machine without it cannot make any.
describe.runIf(hasKeygen)('a plan that needs an approval', () => {
  it('is refused without one, and applied with one by somebody who has not written it', async () => {
    expect(await refused('apply', 'plan.json')).toMatchObject({
      id: 'plan-unapproved',
      message: 'The plan needs 1 approval and has none.',
      help: expect.stringContaining('(ann@example.com, bob@example.com): `crm approve plan.json`'),
    });
    expect(await approve('ann')).toMatchObject({ code: 0 });
    expect(await call('apply', 'plan.json')).toMatchObject({ code: 0 });
    const { out } = await call('audit', '--json');
    expect(out).toContain('"approved":["ann@example.com"]');
    expect(await approve('bob')).toMatchObject({ code: 3, err: expect.stringContaining('has been applied already') });
  });

  it('is not approved by a stranger, by its author, when it was edited or has expired, or by the key of another plan', async () => {
    const strange = await approve('eve', '--json');
    expect(strange).toMatchObject({ code: 3, out: expect.stringContaining('"id":"approval-refused"') });
    await writeProject('2 days');
    await commit('Ann@example.com');
    await call('plan', '--out', 'plan.json');
    expect(await approve('ann')).toMatchObject({
      code: 3,
      err: expect.stringContaining('ann@example.com wrote commits of this plan'),
    });
    const text = await readFile(join(root, 'plan.json'), 'utf8');
    await writeFile(join(root, 'plan.json'), text.replace('2 days', '3 days'));
    expect(await approve('bob')).toMatchObject({
      code: 3,
      err: expect.stringContaining('was changed after it was made'),
    });
    expect(await refused('apply', 'plan.json')).toMatchObject({ id: 'plan-tampered' });
    await writeFile(join(root, 'plan.json'), text);
    now += 25 * hour;
    expect(await approve('bob')).toMatchObject({ code: 3, err: expect.stringContaining('The plan expired') });
    now = start;
    expect(await approve('bob')).toMatchObject({ code: 0 });
    await writeProject('4 days');
    await call('plan', '--out', 'plan.json');
    expect(await refused('apply', 'plan.json')).toMatchObject({
      id: 'plan-unapproved',
      message: expect.stringContaining('A signature is not of this plan'),
    });
  });

  it('is applied once, also to a store that was put back from a copy', async () => {
    const [store, copy] = [join(root, '.kaskad/store.duckdb'), join(folder, 'copy')];
    await approve('ann');
    await call('apply', 'plan.json');
    await copyFile(store, copy);
    await writeProject('2 days');
    await call('plan', '--out', 'second.json');
    await call('approve', 'second.json', '--key', join(folder, 'bob'), '--auto-approve');
    expect(await call('apply', 'second.json')).toMatchObject({ code: 0 });
    expect(await refused('apply', 'second.json')).toMatchObject({ id: 'plan-applied' });
    await copyFile(copy, store);
    await rm(`${store}.wal`, { force: true });
    expect(await refused('apply', 'second.json')).toMatchObject({ id: 'plan-applied' });
  });

  it('is approved by its hash in the store, by whoever what is applied names', async () => {
    await approve('ann');
    await call('apply', 'plan.json');
    const eve = (await readFile(join(folder, 'eve.pub'), 'utf8')).trim();
    await writeProject('2 days', `      - eve@example.com ${eve}`);
    await commit('carl@example.com');
    await call('plan', '--out', 'plan.json');
    await rm(join(root, 'plan.json.approvals'));
    // The plan itself makes Eve an approver, and that does not count yet.
    expect(await approve('eve')).toMatchObject({ code: 3 });
    const { planHash } = JSON.parse(await readFile(join(root, 'plan.json'), 'utf8'));
    expect(planHash).toMatch(/^[0-9a-f]{64}$/);
    expect(await call('approve', planHash, '--key', join(folder, 'bob'), '--auto-approve')).toMatchObject({ code: 0 });
    const shown = (await call('audit')).out;
    expect(shown).toContain('approver: bob@example.com');
    expect(shown).not.toContain('SSH SIGNATURE');
    expect(await call('apply', 'plan.json')).toMatchObject({ code: 0 });
  });

  it('cannot be applied without a plan file', async () => {
    expect(await refused('apply', '--auto-approve')).toMatchObject({ id: 'plan-unapproved' });
  });

  it('says what is wrong with a key, before it shows the plan', async () => {
    expect(await approve('nobody')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('cannot sign') });
    expect(await approve('eve')).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringContaining('none of an approver'),
    });
    await writeProject('2 days');
    await commit('ann@example.com');
    await call('plan', '--out', 'plan.json');
    expect(await approve('ann')).toMatchObject({ code: 3, out: '', err: expect.stringContaining('wrote commits') });
    expect((await approve('bob')).out).toContain('Plan for shop');
    expect(await call('approve', 'plan.json')).toMatchObject({
      code: 1,
      err: expect.stringContaining('nobody to ask'),
    });
  });
});
