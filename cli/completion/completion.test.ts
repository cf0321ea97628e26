import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { scriptOfProgram } from '../../test/program.ts';
import { crm } from '../crm.ts';
import { starters } from '../init/starters.ts';
import { namesIn } from './glance.ts';
import { scripts, shells } from './scripts.ts';

const main = await scriptOfProgram();

vi.setConfig({ testTimeout: 60_000 });

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-completion-'));
  const io = testIo(root);
  expect(await crm(['init', 'my shop', '--template', 'cart'], io)).toBe(0);
  await writeFile(join(root, 'my shop/campaigns/more.crm'), 'campaign cascade-of-gifts {\n  half written');
  await mkdir(join(root, 'my shop/environments'));
  await writeFile(join(root, 'my shop/environments/staging.yaml'), 'variables: {}\n');
  await mkdir(join(root, 'bin'));
  await writeFile(join(root, 'bin/crm'), `#!/bin/sh\nexec "${process.execPath}" --no-warnings "${main}" "$@"\n`);
  await chmod(join(root, 'bin/crm'), 0o755);
});
afterAll(() => rm(root, { recursive: true }));

async function offers(...words: string[]): Promise<string[]> {
  const io = testIo(join(root, 'my shop'));
  expect(await crm(['__complete', '--', ...words], io)).toBe(0);
  expect(io.said.err).toBe('');
  return io.said.out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0] ?? '');
}

describe('the choices at the cursor', () => {
  it('is a command, but none for programs', async () => {
    const commands = await offers('');
    expect(commands).toEqual(expect.arrayContaining(['init', 'plan', 'graph', 'help']));
    expect(commands).not.toContain('__complete');
    expect(await offers('gra')).toEqual(['graph']);
    expect(await offers('help', 'laun')).toEqual(['launch']);
  });

  it('is an option that is not there yet', async () => {
    expect(await offers('plan', '--d')).toEqual(['--debug', '--detailed-exitcode']);
    expect(await offers('plan', '--debug', '--d')).toEqual(['--detailed-exitcode']);
    expect(await offers('plan', '-o', 'x', '--o')).toEqual([]);
    expect(await offers('--v')).toEqual(['--version']);
  });

  it('is a template or a segment', async () => {
    expect(await offers('preview', 'ca')).toEqual(['cart/reminder']);
    await writeFile(join(root, 'my shop/campaigns/segments.crm'), 'segment buyers {\n');
    expect(await offers('segment', '')).toEqual(['buyers']);
  });

  it('is a value of an option', async () => {
    expect(await offers('init', '--template', '')).toEqual(Object.keys(starters));
    expect(await offers('init', '--template=c')).toEqual(['--template=cart']);
    expect(await offers('init', '--template', '=', 'c'), 'as bash has it').toEqual(['cart']);
    expect(await offers('init', '--template', '='), 'as bash has it').toEqual(Object.keys(starters));
    expect(await offers('plan', '--out', '')).toEqual([':files']);
    expect(await offers('plan', '--project', '')).toEqual([':folders']);
    expect(await offers('simulate', '--days', '')).toEqual([]);
  });

  it('is an argument', async () => {
    expect(await offers('graph', '')).toEqual(['cart', 'cascade-of-gifts']);
    expect(await offers('graph', '--format', 'svg', 'cas')).toEqual(['cascade-of-gifts']);
    expect(await offers('graph', 'cart', ''), 'there is only one').toEqual([]);
    expect(await offers('fmt', 'a', 'b', ''), 'any number').toEqual([':files']);
    expect(await offers('completion', '')).toEqual([...shells]);
    expect(await offers('test', 'a-')).toEqual([
      'a-buyer-gets-no-reminder',
      'a-full-cart-is-worth-an-sms',
      'a-small-cart-is-not',
      ':files',
    ]);
    expect(await offers('explain-code', 'CRM100')).toContain('CRM1001');
    expect(await offers('plan', '--env', '')).toEqual(['staging']);
    expect(await offers('explain', '')).toEqual([]);
    expect(await offers('nonsense', '')).toEqual([]);
  });

  it('knows the campaigns of another project, and of none', async () => {
    const io = testIo(root);
    await crm(['__complete', '--', 'launch', '--project', 'my shop', ''], io);
    await crm(['__complete', '--', 'launch', ''], io);
    expect(io.said.out).toBe('cart\t\ncascade-of-gifts\t\n');
  });
});

describe('a glance at a file', () => {
  it.each([
    ['a.crm', 'campaign a "A" {\n  on event x\n}\nsegment b {\n}\ncampaign c', ['a', 'c']],
    [
      'a.crm.yaml',
      '# x\ncampaigns:\n\n  # y\n  a:\n    on: { event: x }\n    goal:\n      event: y\n  b: {}\nsegments:\n  c: {}\n',
      ['a', 'b'],
    ],
    ['crm.yaml', 'segments:\n  c: {}\r\ncampaigns:\r\n    a:\r\n        steps: []\r\n    b:\r\n', ['a', 'b']],
    ['a.crm.yaml', 'campaigns: { a: {} }\n', []],
    ['a.email.hbs', 'campaign a', []],
  ])('%s: %j', (path, text, names) => {
    expect(namesIn('campaign', { path, text })).toEqual(names);
  });
});

/** Returns the offers of bash after `crm …`; the last word is being written. */
function bash(...words: string[]): string[] {
  const list = ['crm', ...words].map((word) => `'${word}'`).join(' ');
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '--norc',
      '-c',
      `source <(crm completion bash); COMP_WORDS=(${list}); COMP_CWORD=${words.length}
       _crm_completion crm; for each in "\${COMPREPLY[@]}"; do echo "$each"; done; complete -p crm`,
    ],
    {
      cwd: join(root, 'my shop'),
      env: { ...process.env, PATH: `${join(root, 'bin')}:${process.env.PATH}` },
      encoding: 'utf8',
    },
  );
  expect(stderr).toBe('');
  const lines = stdout.trimEnd().split('\n');
  expect(lines.pop()).toBe('complete -F _crm_completion crm');
  return lines;
}

// A system without bash, such as Windows, cannot run this; the scripts themselves are tested above.
describe.skipIf(spawnSync('bash', ['--version']).error)('in bash', () => {
  it('completes commands, options, values and campaigns', () => {
    expect(bash('gra')).toEqual(['graph']);
    expect(bash('plan', '--det')).toEqual(['--detailed-exitcode']);
    expect(bash('graph', '--format', '=', 's')).toEqual(['svg']);
    expect(bash('graph', 'c')).toEqual(['cart', 'cascade-of-gifts']);
  });

  it('leaves paths to bash', () => {
    expect(bash('fmt', 'c')).toEqual(expect.arrayContaining(['campaigns', 'crm.yaml']));
    expect(bash('plan', '--project', 'c')).toEqual(['campaigns']);
    expect(bash('plan', '--project', '../my')).toEqual(['../my shop']);
  });
});

describe('the scripts', () => {
  it.each(shells)('of %s is printed, and asks `crm __complete`', async (shell) => {
    const io = testIo(root);
    expect(await crm(['completion', shell], io)).toBe(0);
    expect(io.said.out).toBe(scripts[shell]);
    expect(io.said.out).toContain('__complete -- ');
    expect(io.said.out).not.toContain('undefined');
  });

  it.each(['zsh', 'fish'] as const)('of %s is one to that shell, where it is there', (shell) => {
    const { error, status, stderr } = spawnSync(shell, ['-n'], { input: scripts[shell], encoding: 'utf8' });
    if (!error) expect([status, stderr]).toEqual([0, '']);
    for (const [open, close] of ['{}', '()', '[]']) {
      const count = (sign = '') => scripts[shell].split(sign).length;
      // The patterns of `case` in zsh close what they never opened.
      const patterns = shell === 'zsh' && open === '(' ? scripts.zsh.match(/^ +[^ (]+(?: \| [^ (]+)?\)/gm)?.length : 0;
      expect(count(close) - count(open), open).toBe(patterns ?? 0);
    }
  });

  it('refuses a shell that it does not know', async () => {
    const io = testIo(root);
    expect(await crm(['completion', 'tcsh'], io)).toBe(1);
    expect(io.said.err).toContain('It is one of bash, zsh, fish.');
  });
});
