import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type GitServer, gitIn, serveGit } from '../../test/git-server.ts';
import { waitingPlan } from '../views/sync.ts';
import { project, SyncedShop } from './synced.fixture.ts';

vi.setConfig({ testTimeout: 120_000 });

let shop: SyncedShop;
beforeEach(async () => {
  shop = await SyncedShop.create();
});
afterEach(() => shop.close());

const text = 'campaigns/welcome.crm.yaml';
const second = { 'campaigns/second.crm.yaml': project[text]?.replace('welcome', 'second') ?? '' };

async function deployment(): Promise<{ serial: number; commit: string; current: boolean }> {
  return (await shop.json('status')).deployment;
}

describe('crm sync', () => {
  it('applies a commit that needs no approval, and brings the folder to it', async () => {
    const first = await shop.git('rev-parse', 'HEAD');
    const { code, out } = await shop.crm('sync', shop.url);
    expect([code, out]).toEqual([0, expect.stringContaining(`Commit ${first.slice(0, 12)} runs.`)]);
    expect(await deployment()).toMatchObject({ serial: 1, commit: first, current: true });
    const next = await shop.commit({
      ...second,
      'templates/hello.email.hbs': `${project['templates/hello.email.hbs']}\n`,
    });
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 0, applied: next, wanted: next });
    expect(await deployment()).toMatchObject({ serial: 2, commit: next, current: true });
    expect(await readdir(join(shop.folder, 'campaigns'))).toEqual(['second.crm.yaml', 'welcome.crm.yaml']);
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 0, applied: next });
    expect((await deployment()).serial).toBe(2);
    const { out: shown } = await shop.crm('status');
    expect(shown).toMatch(/From git\n {2}file:.*#main, fetched .*\n {2}Commit \w{12} runs\./);
  });

  it('waits with what cannot be undone, and takes the plan that a person applied', async () => {
    await shop.crm('sync', shop.url);
    const hasty = `${project['crm.yaml']}`.replace('name: string', 'name: integer');
    await shop.commit({ 'crm.yaml': hasty });
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 3, trouble: { kind: 'waiting' } });
    const sms = `${project['crm.yaml']}  viber: { kind: messenger, transport: file, directory: out/viber, address: name }\n`;
    await shop.commit({
      'crm.yaml': sms,
      'templates/hello.messenger.hbs': 'Hi',
      [text]: `${project[text]}`.replace('email', 'viber'),
    });
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 0 });
    const before = (await deployment()).serial;
    const wanted = await shop.commit({ ...project, 'templates/hello.messenger.hbs': null });
    const waiting = await shop.json('sync', shop.url);
    expect(waiting).toMatchObject({ code: 3, wanted, trouble: { kind: 'waiting' } });
    expect(waiting.trouble.reasons.join()).toContain('The channel viber is removed');
    expect((await deployment()).serial).toBe(before);
    const { plan } = await shop.json('sync', shop.url);
    expect(plan, 'the plan that somebody looks at is not made anew').toEqual(waiting.plan);
    expect((await shop.crm('status')).out).toContain('waits for an approval');
    expect(await shop.crm('apply', waitingPlan(plan.hash))).toMatchObject({ code: 0 });
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 0, applied: wanted });
    expect(await deployment()).toMatchObject({ serial: before + 1, commit: wanted, current: true });
  });

  it('keeps no plan of a commit that the branch has left', async () => {
    await shop.commit({ ...second });
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 0 });
    await shop.commit({ 'campaigns/second.crm.yaml': null });
    const { plan } = await shop.json('sync', shop.url);
    const before = (await deployment()).serial;
    await shop.commit({ 'crm.yaml': 'broken: yes\n' });
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 1, trouble: { kind: 'broken' } });
    expect((await shop.crm('apply', waitingPlan(plan.hash), '--allow', 'campaign.second')).code).toBe(1);
    expect((await deployment()).serial).toBe(before);
  });

  it('applies a plan that needs approvals when somebody else than its author has approved it', async () => {
    const keys: Record<string, string> = {};
    for (const name of ['anna', 'bob']) {
      keys[name] = join(shop.root, name);
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', keys[name]]);
    }
    const line = async (name: string) =>
      `      - ${name}@shop.example ${(await readFile(`${keys[name]}.pub`, 'utf8')).trim().split(' ').slice(0, 2).join(' ')}\n`;
    const rule = `policies:\n  approvals:\n    for: [breaking]\n    approvers:\n${await line('anna')}${await line('bob')}`;
    await shop.commit({ ...second, 'crm.yaml': `${project['crm.yaml']}${rule}` });
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 0 });
    const wanted = await shop.commit({ 'campaigns/second.crm.yaml': null });
    const waiting = await shop.json('sync', shop.url);
    expect(waiting).toMatchObject({ code: 3, plan: { approvals: 1, allow: [] } });
    const file = waitingPlan(waiting.plan.hash);
    const approve = (name: string) => shop.crm('approve', file, '--auto-approve', '--key', keys[name] ?? '');
    expect((await approve('anna')).code).not.toBe(0);
    const { plan } = await shop.json('sync', shop.url);
    expect((await deployment()).serial).toBe(1);
    expect((await shop.crm('status')).out).toMatch(new RegExp(`crm approve\\s+${file}`));
    expect(await approve('bob')).toMatchObject({ code: 0 });
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 0, applied: wanted });
    expect(await deployment()).toMatchObject({ serial: 2, commit: wanted, current: true });
    const log = (await shop.crm('audit', '--json')).out;
    expect(log).toContain(`"approved":["bob@shop.example"]`);
    expect(log).toContain(plan.hash);
  });

  it('applies nothing in hours in which nothing is applied, and does so after them', async () => {
    shop.now = () => Date.UTC(2027, 0, 4, 17);
    const closed = 'policies: { guards: { no_apply: { from: "18:00", to: "09:00" } } }\n';
    await shop.commit({ 'crm.yaml': `${project['crm.yaml']}${closed}` });
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 0 });
    shop.now = () => Date.UTC(2027, 0, 4, 20);
    const commit = await shop.commit(second);
    const { code, trouble } = await shop.json('sync', shop.url);
    expect([code, trouble.kind, trouble.reasons[0]]).toEqual([
      3,
      'waiting',
      expect.stringContaining('from 18:00 to 09:00'),
    ]);
    shop.now = () => Date.UTC(2027, 0, 5, 10);
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 0, applied: commit });
  });

  it('does not undo what a person has applied since', async () => {
    await shop.crm('sync', shop.url);
    await shop.commit(second);
    await shop.crm('sync', shop.url);
    expect(await shop.crm('rollback', '1', '--auto-approve', '--allow', 'campaign.second')).toMatchObject({ code: 0 });
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 0 });
    expect((await deployment()).serial).toBe(3);
    expect((await shop.crm('status')).out).toContain('What runs was applied by hand');
  });

  it('says that a commit changes nothing, and calls only what a person applied by hand', async () => {
    await shop.crm('sync', shop.url);
    const said = async () => `${(await shop.crm('sync', shop.url)).out}${(await shop.crm('status')).out}`;
    const readme = (text: string | null): Record<string, string | null> => ({ 'README.md': text });
    for (const files of [{}, readme('Read me\n'), second, readme(null)]) {
      const commit = (await shop.commit(files)).slice(0, 12);
      const words = await said();
      expect(words.split(`Commit ${commit} runs${files === second ? '.' : '; it changes nothing.'}`)).toHaveLength(3);
      expect(words).not.toContain('by hand');
    }
    const wanted = await shop.commit({ 'campaigns/second.crm.yaml': null });
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 3, wanted });
    await shop.git('revert', '--no-edit', 'HEAD');
    const back = await shop.commit({});
    expect(await said()).toContain(`Commit ${back.slice(0, 12)} runs; it changes nothing.`);
    expect(await said()).not.toContain('by hand');
    await shop.crm('rollback', '1', '--auto-approve', '--allow', 'campaign.second');
    expect(await said()).toContain(`applied by hand after commit ${back.slice(0, 12)}`);
  });

  it('does not overwrite what somebody has edited in the folder', async () => {
    await shop.crm('sync', shop.url);
    await writeFile(join(shop.folder, text), '# mine\n');
    await shop.commit(second);
    const { code, trouble } = await shop.json('sync', shop.url);
    expect([code, trouble.kind]).toEqual([1, 'edited']);
    expect(trouble.reasons).toEqual([`Edited in the folder, and would be lost: ${text}.`, expect.any(String)]);
    expect(await readFile(join(shop.folder, text), 'utf8')).toBe('# mine\n');
    expect((await deployment()).serial).toBe(1);
  });

  it('puts back what was removed from the folder, and says what was edited there, with the same commit too', async () => {
    const commit = (await shop.git('rev-parse', 'HEAD')).slice(0, 12);
    await shop.crm('sync', shop.url);
    await rm(join(shop.folder, 'campaigns'), { recursive: true });
    expect(await shop.crm('sync', shop.url)).toMatchObject({ code: 0 });
    expect(await readFile(join(shop.folder, text), 'utf8')).toBe(project[text]);
    expect(await shop.crm('drift')).toMatchObject({ code: 0 });
    await writeFile(join(shop.folder, text), '# mine\n');
    const { code, out } = await shop.crm('sync', shop.url);
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`Commit ${commit} runs\\.\n.*lost: ${text}\\. To keep it, commit it`));
    await rm(join(shop.folder, text));
    await rm(join(shop.folder, 'crm.yaml'));
    expect(await shop.crm('sync', shop.url)).toMatchObject({ code: 0 });
    expect(await shop.crm('drift')).toMatchObject({ code: 0 });
  });

  it('writes over nothing in a folder that has files of a project, but no project', async () => {
    await mkdir(join(shop.folder, 'templates'));
    await writeFile(join(shop.folder, 'templates/hello.email.hbs'), 'mine');
    await writeFile(join(shop.folder, 'templates/mine.email.hbs'), 'mine');
    const { code, err } = await shop.crm('sync', shop.url);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining('lost: templates/hello.email.hbs, templates/mine.email.hbs.'),
    ]);
    expect(await readFile(join(shop.folder, 'templates/mine.email.hbs'), 'utf8')).toBe('mine');
  });

  it('asks for the name of a branch where the HEAD of the repository names none that is there', async () => {
    await gitIn(join(shop.server, 'shop.git'), 'symbolic-ref', 'HEAD', 'refs/heads/none');
    const { code, err } = await shop.crm('sync', shop.url.replace('#main', ''));
    expect([code, err]).toEqual([1, expect.stringContaining(`so name one: ${shop.url}`)]);
  });

  it('finishes a folder that was cut off in the middle', async () => {
    await shop.crm('sync', shop.url);
    const next = await shop.commit({
      ...second,
      'campaigns/third.crm.yaml': second['campaigns/second.crm.yaml'].replace('second', 'third'),
    });
    await shop.crm('sync', shop.url);
    // As if the process had ended after the apply and the first of the files.
    const list = JSON.parse(await readFile(join(shop.folder, '.kaskad/sync.json'), 'utf8'));
    const { 'campaigns/third.crm.yaml': _, ...files } = list.files;
    await writeFile(join(shop.folder, '.kaskad/sync.json'), JSON.stringify({ files, next: list.files }));
    await rm(join(shop.folder, 'campaigns/third.crm.yaml'));
    const after = await shop.commit({
      'templates/hello.email.hbs': `${project['templates/hello.email.hbs']}<p>More</p>\n`,
      [text]: `${project[text]}\n`,
    });
    expect(next).not.toBe(after);
    expect(await shop.json('sync', shop.url)).toMatchObject({ code: 0 });
    expect(await readdir(join(shop.folder, 'campaigns'))).toEqual([
      'second.crm.yaml',
      'third.crm.yaml',
      'welcome.crm.yaml',
    ]);
  });

  it('takes a project from a folder of the repository, and the environment', async () => {
    const files = Object.fromEntries(Object.entries(project).map(([path, body]) => [`shops/one/${path}`, body]));
    await shop.commit({ ...files, 'shops/one/environments/staging.yaml': 'delivery: test\n' });
    expect(await shop.crm('sync', `${shop.url}:shops/one`, '--env', 'staging')).toMatchObject({ code: 0 });
    expect(await readdir(join(shop.folder, '.kaskad'))).toContain('staging.duckdb');
  });

  it('refuses what git would take for an option or a program', async () => {
    for (const source of [
      '--upload-pack=x',
      'ext::sh -c x',
      `${shop.url.replace('main', '-x')}`,
      'x#main:../y',
      'x#a:b',
    ]) {
      const { code } = await shop.crm('sync', source);
      expect([source, code]).toEqual([source, 1]);
    }
  });

  it('takes only signed commits under --verify-signatures', async () => {
    const key = join(shop.root, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'anna', '-f', key]);
    const allowed = join(shop.root, 'allowed');
    await writeFile(allowed, `anna@shop.example ${await readFile(`${key}.pub`, 'utf8')}`);
    const config = join(shop.root, 'gitconfig');
    await writeFile(config, `[gpg]\n\tformat = ssh\n[gpg "ssh"]\n\tallowedSignersFile = ${allowed}\n`);
    vi.stubEnv('GIT_CONFIG_GLOBAL', config);
    try {
      expect((await shop.crm('sync', shop.url, '--verify-signatures')).err).toContain('has no signature');
      const signed = await shop.commit(second, `--gpg-sign=${key}`);
      expect(await shop.json('sync', shop.url, '--verify-signatures')).toMatchObject({ code: 0, applied: signed });
      await shop.commit({ [text]: `${project[text]}\n` });
      const { code, trouble, applied } = await shop.json('sync', shop.url, '--verify-signatures');
      expect([code, trouble.kind, applied]).toEqual([1, 'unsigned', signed]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('a repository on a server', () => {
  let server: GitServer;
  beforeEach(async () => {
    server = await serveGit(shop.server);
  });
  afterEach(() => server.close());

  it('gets credentials, which appear nowhere', async () => {
    server.wants = 'robot:hunter2%3F'.replace('%3F', '?');
    const source = `${server.url('shop.git', 'robot:hunter2%3F')}#main`;
    const shown: string[] = [];
    const tell = async (...words: string[]) => {
      const { code, out, err } = await shop.crm(...words);
      shown.push(out, err);
      return code;
    };
    expect(await tell('sync', source)).toBe(0);
    expect(await tell('status')).toBe(0);
    server.wants = 'robot:other';
    expect(await tell('sync', source)).toBe(1);
    expect(await tell('sync', source, '--json')).toBe(1);
    expect(await tell('status', '--json')).toBe(0);
    await server.close();
    expect(await tell('sync', source)).toBe(1);
    expect(shown.join('')).toContain('cannot be fetched');
    expect(shown.join('')).not.toMatch(/hunter2|robot/);
    const { status } = spawnSync('grep', ['-rqE', 'hunter2', shop.folder]);
    expect(status, 'nothing is found').toBe(1);
  });
});
