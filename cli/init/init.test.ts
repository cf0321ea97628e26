import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { compile } from '../../engine/compile/compile.ts';
import { runTests } from '../../engine/dry-run/tests/run-tests.ts';
import type { Surface } from '../../spec/convert.ts';
import { loadProject } from '../../spec/load.ts';
import { testIo } from '../../test/io.ts';
import { choose } from '../choose.ts';
import { init } from '../commands/init.ts';
import { crm } from '../crm.ts';
import type { Setting } from './setting.ts';
import { projectName, type Starter, starterFiles, starters } from './starters.ts';

vi.setConfig({ testTimeout: 60_000 });

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'kaskad-init-'));
});
afterEach(() => rm(parent, { recursive: true }));

async function run(...words: string[]) {
  const io = testIo(parent);
  const code = await crm(words, io);
  return { code, ...io.said };
}

const all = Object.keys(starters) as Starter[];
const real = all.filter((each) => each !== 'empty');
const surfaces: Surface[] = ['yaml', 'dsl'];

async function project(starter: Starter, surface: Surface, setting: Setting) {
  const files = Object.entries(await starterFiles(starter, surface, setting));
  return loadProject(files.map(([path, text]) => ({ path, text })));
}

const english = { name: 'shop', language: 'en', timezone: 'Europe/London', currency: 'GBP' } as const;
const russian = { name: 'shop', language: 'ru', timezone: 'Asia/Yekaterinburg', currency: 'RUB' } as const;
const settings: Setting[] = [english, russian];

describe.each(all)('a project that begins with %s', (starter) => {
  it.each(surfaces)('is in order, written in %s', async (surface) => {
    const begun = await run('init', 'shop', '--template', starter, `--${surface}`);
    expect(begun).toMatchObject({ code: 0, err: '', out: expect.stringContaining('cd shop') });
    const validated = await run('validate', '--project', 'shop');
    expect(validated).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/: fine\n$/) });
    expect(await run('fmt', '--check', '--project', 'shop'), 'canonical').toMatchObject({ code: 0, out: '' });
    const files = await readdir(join(parent, 'shop'), { recursive: true });
    expect(files.some((path) => path.endsWith(surface === 'dsl' ? '.crm.yaml' : '.crm'))).toBe(false);
    expect(files).toContain(surface === 'dsl' ? 'project.crm' : 'crm.yaml');
  });

  it.each(settings)('means the same on both surfaces, in $language', async (setting) => {
    const projects = await Promise.all(surfaces.map((surface) => project(starter, surface, setting)));
    const [yaml, dsl] = projects.map(({ model }) => model);
    expect(yaml).toBeDefined();
    expect(dsl).toEqual(yaml);
  });

  it('has a README of five lines', async () => {
    const readme = (await starterFiles(starter, 'yaml', english))['README.md'] ?? '';
    expect(readme.split('\n')).toHaveLength(6);
    expect(readme).toMatch(/^# shop\n/);
  });
});

describe.each(['en', 'ru'])('the folder of the starters in %s', (language) => {
  it.each(['shop', 'empty'])('has a project %s that is in order', async (name) => {
    const folder = join(import.meta.dirname, 'starters', language, name);
    expect(await run('validate', '--project', folder)).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/: fine\n$/),
    });
    expect(await run('fmt', '--check', '--project', folder), 'canonical').toMatchObject({ code: 0, out: '' });
  });
});

describe.each(real)('the sample of %s', (starter) => {
  it('has messages sent in a simulation, and a plan', async () => {
    await run('init', 'shop', '--template', starter, '--language', starter === 'cart' ? 'ru' : 'en');
    const { code, out } = await run('simulate', '--project', 'shop', '--json');
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; status?: string; reason?: string });
    const sent = lines.filter(({ type, status }) => type === 'decision' && status === 'sent');
    expect(sent.length).toBeGreaterThan(5);
    expect(await run('plan', '--project', 'shop', '--detailed-exitcode')).toMatchObject({ code: 2 });
  });

  it.each([
    ...settings,
    { ...english, timezone: 'America/Los_Angeles' },
    { ...english, timezone: 'Pacific/Auckland' },
    { ...russian, timezone: 'Asia/Kolkata' },
  ])('passes its tests, which reach every arm, in $language and $timezone', async (setting) => {
    const { model } = await project(starter, 'yaml', setting);
    if (!model) expect.unreachable();
    const program = compile(model);
    const results = await runTests(program, model.tests, { parallel: 1, tz: 'test' });
    const failed = results.filter(({ passed }) => !passed);
    expect(
      failed.map(({ test, problems, observed }) => [test.name, problems, observed.messages, observed.exits]),
    ).toEqual([]);
    expect(results.length).toBeGreaterThan(2);
    const arms = model.tests.flatMap((test) => Object.values(test.arms));
    for (const arm of program.campaigns.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'split' ? step.arms : [])),
    ))
      expect(arms).toContain(arm.name);
  });
});

describe('crm init', () => {
  it('asks nothing without a terminal', async () => {
    const ask = vi.fn();
    const io = testIo(parent);
    expect(await init(io, '.', {}, ask)).toBe(0);
    expect(ask).not.toHaveBeenCalled();
    expect(io.said.out).toContain('is in this folder');
    expect(await readdir(join(parent, 'campaigns'))).toEqual(['welcome.crm.yaml']);
  });

  it.each([
    [{}, ['cart', 'dsl', 'en', 'UTC', 'EUR'], ['cart.crm']],
    [{ template: 'winback' as const, timezone: 'UTC' }, ['dsl', 'ru', 'RUB'], ['winback.crm']],
    [{ dsl: true, language: 'en' as const }, ['winback', 'UTC', 'EUR'], ['winback.crm']],
    [
      { template: 'cart' as const, yaml: true, language: 'ru' as const, timezone: 'UTC', currency: 'RUB' },
      [],
      ['cart.crm.yaml'],
    ],
  ])('asks on a terminal for what %j leaves open', async (options, answers, files) => {
    const io = testIo(parent, { terminal: { stdin: true, stdout: true, stderr: true } });
    const ask = vi.fn(async () => answers[ask.mock.calls.length - 1] as never);
    expect(await init(io, 'shop', options, ask)).toBe(0);
    expect(ask).toHaveBeenCalledTimes(answers.length);
    expect(await readdir(join(parent, 'shop/campaigns'))).toEqual(files);
  });

  it.each([
    [{ LANG: 'ru_RU.UTF-8', TZ: 'Asia/Omsk' }, [], { locale: 'ru', timezone: 'Asia/Omsk', currency: 'RUB' }],
    [
      { LC_ALL: 'en_US.UTF-8', LANG: 'ru_RU', TZ: 'America/Chicago' },
      [],
      { locale: 'en', timezone: 'America/Chicago', currency: 'USD' },
    ],
    [{ LANG: 'C.UTF-8', TZ: 'Nowhere/Here' }, [], { locale: 'en', timezone: 'UTC', currency: 'EUR' }],
    [{ TZ: 'UTC' }, ['--lang', 'ru'], { locale: 'ru', timezone: 'Europe/Moscow', currency: 'RUB' }],
    [{ TZ: 'UTC' }, ['--lang', 'ru', '--language', 'en'], { locale: 'en', timezone: 'UTC', currency: 'EUR' }],
    [{ CRM_LANG: 'ru', LC_ALL: 'C', TZ: 'Asia/Omsk' }, [], { locale: 'ru', timezone: 'Asia/Omsk', currency: 'RUB' }],
    [{ TZ: 'UTC' }, ['--language', 'ru'], { locale: 'ru', timezone: 'Europe/Moscow', currency: 'RUB' }],
    [
      { TZ: 'UTC' },
      ['--timezone', 'asia/tokyo', '--currency', 'jpy'],
      { locale: 'en', timezone: 'Asia/Tokyo', currency: 'JPY' },
    ],
  ])('takes language, zone and currency from %j and %j', async (env, words, expected) => {
    const io = testIo(parent, { env });
    expect(await crm(['init', '--template', 'empty', ...words], io), io.said.err).toBe(0);
    const text = await readFile(join(parent, 'crm.yaml'), 'utf8');
    for (const [key, value] of Object.entries(expected)) expect(text).toContain(`  ${key}: ${value}\n`);
  });

  it('has amounts as they are usual in the currency, with which its tests hold, and says where it knows none', async () => {
    const setting = { name: 'shop', language: 'en', timezone: 'UTC', currency: 'RUB' } as const;
    const files = await starterFiles('cart', 'yaml', setting);
    expect(files['crm.yaml']).toContain('directory: out/sms, price: 4 }');
    expect(files['crm.yaml']).toContain('    price: 0.1\n');
    expect(files['campaigns/cart.crm.yaml']).toContain('event.total >= 5000');
    expect(files['tests/cart.crm.yaml']).toContain('total: 8000');
    expect(files['sample/carts.csv']).toContain('\nc01,2026-03-02T09:00:00Z,1,2000\n');
    const back = await starterFiles('cart', 'yaml', { ...setting, language: 'ru', currency: 'EUR' });
    expect(back['crm.yaml']).toContain('directory: out/sms, price: 0.045 }');
    const own = await starterFiles('cart', 'yaml', { ...setting, currency: 'GBP' });
    expect(own['sample/carts.csv']).toContain(',1,20.00\n');
    await run('init', 'shop', '--template', 'cart', '--currency', 'RUB');
    expect(await run('test', '--project', 'shop')).toMatchObject({ code: 0 });
    expect((await run('init', 'far', '--currency', 'ISK')).err).toContain('are not of ISK');
    expect((await run('init', 'near', '--currency', 'USD')).err).toBe('');
  });

  it.each([
    ['--timezone', 'Europe/Moskow', 'There is no timezone "Europe/Moskow".', 'Did you mean Europe/Moscow?'],
    ['--currency', 'руб', 'There is no currency "руб".', 'Write it as in `--currency EUR`.'],
  ])('refuses %s %s and writes nothing', async (option, value, ...said) => {
    const { code, err } = await run('init', option, value);
    expect(code).toBe(1);
    for (const words of said) expect(err).toContain(words);
    expect(await readdir(parent)).toEqual([]);
  });

  it('writes the schema that editors check YAML by, and lets git ignore data', async () => {
    await run('init');
    const yaml = await readFile(join(parent, 'crm.yaml'), 'utf8');
    expect(yaml).toMatch(/^# yaml-language-server: \$schema=crm\.schema\.json\n/);
    const campaign = await readFile(join(parent, 'campaigns/welcome.crm.yaml'), 'utf8');
    expect(campaign).toMatch(/^# yaml-language-server: \$schema=\.\.\/crm\.schema\.json\n/);
    const schema = new Ajv({ strict: false }).compile(
      JSON.parse(await readFile(join(parent, 'crm.schema.json'), 'utf8')),
    );
    expect(schema(parse(campaign))).toBe(true);
    const git = (...words: string[]) => execFileSync('git', words, { cwd: parent, encoding: 'utf8' });
    await writeFile(join(parent, 'customers.csv'), 'id\nc1\n');
    git('init', '-q');
    const files = git('ls-files', '--others', '--exclude-standard').split('\n');
    expect(files).toContain('sample/customers.csv');
    expect(files).not.toContain('customers.csv');
  });

  it('writes nothing when the one who is asked goes away', async () => {
    const io = testIo(parent, { terminal: { stdin: true, stdout: true, stderr: true } });
    expect(await init(io, 'shop', {}, async () => undefined)).toBe(1);
    expect(io.said.err).toBe('Nothing was written.\n');
    expect(await readdir(parent)).toEqual([]);
  });

  it('overwrites nothing, and names the files in the way', async () => {
    await mkdir(join(parent, 'campaigns'));
    await writeFile(join(parent, 'campaigns/cart.crm'), 'mine');
    const { code, err } = await run('init', '--template', 'cart', '--dsl');
    expect(code).toBe(1);
    expect(err).toContain('holds campaigns/cart.crm already; nothing was written');
    expect(await readdir(parent)).toEqual(['campaigns']);
  });

  it('begins no second project on the other surface', async () => {
    await run('init', '--dsl');
    expect(await run('init', '--yaml')).toMatchObject({ code: 1, err: expect.stringContaining('holds project.crm') });
  });

  it('lets git ignore the plans that the commands write', async () => {
    await run('init');
    execFileSync('git', ['init', '--quiet'], { cwd: parent });
    const plans = ['plan.json', 'plan.json.used', 'plan.json.approvals', 'plan/plan.md', 'plan/plan.html'];
    const ignored = execFileSync('git', ['check-ignore', ...plans, 'crm.yaml', 'docs/plan/a.md'], { cwd: parent });
    expect(ignored.toString().trim().split('\n')).toEqual(plans);
  });

  it('leaves a README and a .gitignore as they are', async () => {
    await writeFile(join(parent, 'README.md'), 'mine');
    await writeFile(join(parent, '.gitignore'), 'mine');
    const { code, out } = await run('init');
    expect(code).toBe(0);
    expect(out).toContain('README.md and .gitignore had been there');
    expect(out).toContain('Let git ignore .kaskad/ and out/.');
    expect(await readFile(join(parent, 'README.md'), 'utf8')).toBe('mine');
  });

  it('takes one surface', async () => {
    expect(await run('init', '--dsl', '--yaml')).toMatchObject({
      code: 1,
      err: expect.stringContaining('--yaml and --dsl cannot be used together'),
    });
    expect(await run('init', '--template', 'wellcome')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Did you mean welcome? It is one of welcome, cart, winback, empty.'),
    });
  });

  it.each([
    ['My Shop 2', 'my-shop-2'],
    ['2026_shop', 'shop'],
    ['Магазин', 'my-shop'],
  ])('names the project in %s', (folder, name) => {
    expect(projectName(folder)).toBe(name);
  });
});

describe('a choice on the terminal', () => {
  const options = [
    { value: 'one', about: 'first' },
    { value: 'two', about: 'second' },
  ];
  async function answer(...lines: string[]) {
    const streams = { input: new PassThrough(), output: new PassThrough() };
    const chosen = choose('Which?', options, undefined, streams);
    for (const line of lines) streams.input.write(line);
    streams.input.end();
    return { chosen: await chosen, shown: String(streams.output.read()) };
  }

  it.each([
    ['\n', 'one'],
    ['2\n', 'two'],
    ['TWO\n', 'two'],
  ])('%j', async (line, value) => {
    const { chosen, shown } = await answer(line);
    expect(chosen).toBe(value);
    expect(shown).toContain('Which?\n  1 one  first\n  2 two  second\n');
  });

  it('is another value where one can be read', async () => {
    const streams = { input: new PassThrough(), output: new PassThrough() };
    const other = { read: (text: string) => (text === 'Three' ? 'three' : undefined), example: 'three' };
    const chosen = choose('Which?', options, other, streams);
    let shown = '';
    streams.output.on('data', (text) => {
      shown += text;
    });
    streams.input.write('four\n');
    await vi.waitFor(() => expect(shown).toContain('Write a number from 1 to 2, or another as three.\n[1] '));
    streams.input.write('Three\n');
    expect(await chosen).toBe('three');
  });

  it('is asked again after a slip, and is none after the end', async () => {
    expect((await answer('3\n')).shown).toContain('Write a number from 1 to 2.');
    expect((await answer('3\n')).chosen).toBeUndefined();
    expect((await answer()).chosen).toBeUndefined();
  });
});
