import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';
import type { Io } from './io.ts';

// Each forecast lives through a week.
vi.setConfig({ testTimeout: 120_000 });

let parent: string;
let root: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'kaskad-crm-'));
  root = join(parent, 'shop');
});
afterAll(() => rm(parent, { recursive: true }));

/** Runs a command in the project; returns its exit code and its output. */
async function run(words: string[], part: Partial<Io> = {}): Promise<{ code: number; out: string; err: string }> {
  const io = testIo(root, part);
  const code = await crm(words, io);
  return { code, ...io.said };
}

/** Runs `work` while a file of the project has another text. */
async function edited(path: string, from: string, to: string, work: () => Promise<void>): Promise<void> {
  const text = await readFile(join(root, path), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(root, path), text.replace(from, to));
  try {
    await work();
  } finally {
    await writeFile(join(root, path), text);
  }
}

describe('a new project', () => {
  it('is begun once and not overwritten', async () => {
    const first = await run(['init', 'shop', '--timezone', 'Europe/London', '--currency', 'GBP'], { cwd: parent });
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toContain('cd shop');
    const second = await run(['init', 'shop', '--timezone', 'Europe/London', '--currency', 'GBP'], { cwd: parent });
    expect(second.code).toBe(1);
    expect(second.err).toMatch(/holds crm\.yaml already; nothing was written/);
  });

  it('validates', async () => {
    expect(await run(['validate'])).toEqual({ code: 0, out: '1 campaign, 0 segments, 3 templates: fine\n', err: '' });
    const { out } = await run(['validate', '--json', '--project', root], { cwd: '/' });
    expect(JSON.parse(out)).toEqual({
      type: 'summary',
      format: 1,
      fine: true,
      errors: 0,
      warnings: 0,
      notes: 0,
      campaigns: 1,
      segments: 0,
      templates: 3,
    });
  });

  it('compiles to the same text each time', async () => {
    const { out } = await run(['compile', '--json']);
    expect(JSON.parse(out)).toMatchObject({ format: 3, campaigns: [{ name: 'welcome' }] });
    expect((await run(['compile', '--json'])).out).toBe(out);
  });

  it('reports the error and its place', async () => {
    await edited('campaigns/welcome.crm.yaml', 'wait: 2 days', 'wait: 2 dayz', async () => {
      const { code, out } = await run(['validate']);
      expect(code).toBe(1);
      expect(out).toMatch(/error CRM1020 .*\n {2}campaigns\/welcome\.crm\.yaml:11:15\n/);
      const planned = await run(['plan']);
      expect(planned).toMatchObject({ code: 1, out: '' });
      expect(planned.err).toContain('1 error in 1 file');
      const [line] = (await run(['validate', '--json'])).out.split('\n');
      expect(JSON.parse(line ?? '')).toMatchObject({ type: 'diagnostic', code: 'CRM1020', line: 11, column: 15 });
    });
  });

  it('is simulated, with a line for each decision, the same each time', async () => {
    const { code, out } = await run(['simulate', '--json']);
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter((line) => line.type === 'entry')).toHaveLength(20);
    expect(lines.filter((line) => line.type === 'decision' && line.status === 'sent').length).toBeGreaterThan(10);
    expect(lines.at(-1)).toMatchObject({
      type: 'summary',
      from: '2026-03-02T00:00:00.000Z',
      to: '2026-03-31T23:00:00.000Z',
    });
    const short = ['simulate', '--json', '--from', '2026-03-03', '--days', '5'];
    const again = await Promise.all([run(short), run(short), run([...short, '--seed', 'other'])]);
    expect(again[0].out).toBe(again[1].out);
    expect(again[0].out).not.toBe(again[2].out);
  });

  it('is simulated for people, with messages to look at', async () => {
    const { code, out } = await run(['simulate', '--days', '4', '--render', 'out/messages', '--samples', '2']);
    expect(code).toBe(0);
    expect(out).toContain(
      '\n4 messages, up to 2 of each step, are in out/messages; out/messages/index.html shows them.\n',
    );
    const steps = await readdir(join(root, 'out/messages/welcome'));
    const files = await Promise.all(steps.map((step) => readdir(join(root, 'out/messages/welcome', step))));
    expect(files.flat().filter((file) => file.endsWith('.eml'))).toHaveLength(4);
  });

  it('is not simulated backwards, or from a day that is none', async () => {
    const backwards = await run(['simulate', '--from', '2026-03-02', '--to', '2026-03-01']);
    expect(backwards).toMatchObject({ code: 1, out: '', err: expect.stringContaining('would end before it begins') });
    expect((await run(['simulate', '--from', 'monday'])).err).toContain('--from is not an instant: "monday"');
  });

  it('is planned without a store, and none is made', async () => {
    const { code, out } = await run(['plan', '--detailed-exitcode', '--out', 'out/plan.json']);
    expect(code).toBe(2);
    expect(out).toMatch(/Plan: \d+ to add, 0 to change, 0 to remove\n/);
    expect(out).toContain('crm apply out/plan.json');
    await expect(access(join(root, '.kaskad'))).rejects.toThrow('ENOENT');
    for (const command of [['status'], ['explain', 'c01'], ['tick'], ['run']]) {
      const { code, err } = await run(command);
      expect(code, command.join(' ')).toBe(1);
      expect(err).toContain('Run `crm apply` first');
    }
  });

  it('is not applied without a yes', async () => {
    expect(await run(['apply'])).toMatchObject({ code: 1, err: expect.stringContaining('nobody to ask') });
    await expect(access(join(root, '.kaskad'))).rejects.toThrow('ENOENT');
  });

  it('is applied by its plan file, unedited and once', async () => {
    const text = await readFile(join(root, 'out/plan.json'), 'utf8');
    await writeFile(join(root, 'edited.json'), text.replace('tick: 1 minute', 'tick: 5 minutes'));
    const apply = async (file: string) => {
      const { code, out, err } = await run(['apply', file]);
      return `${code} ${out}${err}`;
    };
    expect(await apply('edited.json')).toMatch(/^3 error .*changed after it was made/);
    expect(await apply('none.json')).toMatch(/^1 error .*\(ENOENT\)/);
    expect(await apply('out/plan.json')).toMatch(/^0 Applied as deployment 1\./);
    expect(await apply('out/plan.json')).toMatch(/^3 error .*applied already/);
  });

  it('is applied at once where nobody need be asked, which makes an earlier plan stale', async () => {
    await edited('campaigns/welcome.crm.yaml', 'wait: 2 days', 'wait: 3 days', async () => {
      expect((await run(['plan', '--out', 'out/stale.json', '--detailed-exitcode'])).code).toBe(2);
      await edited('campaigns/welcome.crm.yaml', 'wait: 3 days', 'wait: 4 days', async () => {
        const { out } = await run(['apply', '--auto-approve', '--json']);
        expect(JSON.parse(out)).toEqual({ format: 1, type: 'applied', status: 'applied', serial: 2 });
        expect((await run(['plan', '--detailed-exitcode'])).code, 'nothing to do').toBe(0);
      });
    });
    expect(await run(['apply', 'out/stale.json'])).toMatchObject({ code: 3, err: expect.stringContaining('stale') });
  });

  it('ticks, and shows the state', async () => {
    const at = ['--at', '2026-11-22T12:00'];
    const first = JSON.parse((await run(['tick', '--json', ...at])).out);
    const read = [{ path: 'sample/customers.csv', rows: 32 }, {}, {}, {}, {}];
    expect(first).toMatchObject({ type: 'tick', ticked: true, read });
    expect((await run(['tick', '--no-dispatch', ...at])).out).toContain('has been ticked already');
    const status = JSON.parse((await run(['status', '--json'])).out);
    expect(status).toMatchObject({ type: 'status', deployment: { serial: 2 } });
    expect((await run(['status'])).out).toContain('sample/customers.csv');
    expect((await run(['explain', 'c01'])).out).toContain('Customer c01');
    expect(await run(['explain', 'zz'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('ids are those of the customers’ file'),
    });
  });

  it('ticks later than the clock only where that is forced, and then goes on from the clock', async () => {
    const future = ['tick', '--no-dispatch', '--at', '2941-01-01T12:00'];
    const refused = await run(future);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('--at lies after the clock') });
    expect(refused.err).toContain('--force');
    expect((await run([...future, '--force'])).out).toContain('Ticked at 2941-01-01');
    expect((await run(['status'])).out).toMatch(/Last ran for .*2941.* after the clock, .* The next tick\s+goes on/);
    const next = await run(['tick', '--no-dispatch']);
    expect(next.err).toContain('The last tick was for 2941-01-01');
    expect(next.out).toMatch(/^Ticked at 20/);
    expect((await run(['status'])).out).toContain('up to date');
  });

  it('can be looked at while its files are broken', async () => {
    await edited('crm.yaml', 'currency: GBP', 'curency: GBP', async () => {
      expect((await run(['status'])).code).toBe(0);
      expect((await run(['explain', 'c01'])).code).toBe(0);
    });
  });
});

describe('the command line', () => {
  it('suggests what was meant', async () => {
    expect(await run(['vlidate'])).toMatchObject({ code: 1, err: expect.stringContaining('Did you mean validate?') });
    expect(await run(['validate', '--jsn'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('Did you mean --json?'),
    });
    expect(await run(['simulate', '--days', '0'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('whole number'),
    });
  });

  it('explains itself', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('simulate');
    expect(await run(['--version'])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('takes a bug of ours upon itself, and shows the stack only when asked', async () => {
    const broken = {
      out: () => Promise.reject(new Error('boom')),
    };
    const quiet = await run(['validate'], broken);
    expect(quiet).toMatchObject({ code: 70, err: expect.stringMatching(/^internal error boom\n.*bug in Kaskad/s) });
    expect(quiet.err).not.toContain('crm.test.ts');
    expect((await run(['validate', '--debug'], broken)).err).toContain('crm.test.ts');
  });
});
