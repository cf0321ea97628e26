import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';
import { launch } from './launch.ts';

// Each plan lives through a week.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 20, 12, 0, 30);
let root: string;

async function run(words: string[], at = now) {
  const io = testIo(root, { now: () => at });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const sale = `campaigns:
  sale:
    title: Spring sale
    on: { launch: manual }
    steps:
      - send: { email: welcome/offer }
      - send: { sms: welcome/offer }
`;
const later = sale.replace('sale:', 'later:');

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-launch-'));
  await run(['init', '.', '--yaml', '--template', 'welcome', '--timezone', 'Europe/London', '--currency', 'GBP']);
  await writeFile(join(root, 'campaigns/sale.crm.yaml'), sale);
});
afterAll(() => rm(root, { recursive: true }));

describe('crm launch', () => {
  it('needs something applied', async () => {
    const { code, err } = await run(['launch', 'sale', '--auto-approve']);
    expect(code).toBe(1);
    expect(err).toContain('nothing has been applied');
  });

  it('launches what is applied', async () => {
    expect(await run(['apply', '--auto-approve', '--json'])).toMatchObject({ code: 0 });
    expect(await run(['tick', '--no-dispatch'], now - 30_000)).toMatchObject({ code: 0 });
    const { code, out } = await run(['launch', 'sale', '--at', '2026-03-21T10:00', '--auto-approve']);
    expect(code).toBe(0);
    expect(out).toBe(`Launch of sale "Spring sale" at 2026-03-21 10:00 (Europe/London)
  32 customers would enter now
  email  reaches 27 of them
  sms    reaches 26 of them
  The audience is asked anew at the launch; hold-outs, frequency caps and quiet hours apply after it.
Launch 1 is requested; the first tick from 2026-03-21 10:00 on takes it.
`);
  });

  it('reports the same to programs, and shows people the enrolments in progress', async () => {
    const { out } = await run(['launch', 'sale', '--auto-approve', '--json']);
    expect(JSON.parse(out)).toEqual({
      format: 1,
      type: 'launch',
      launch: 2,
      campaign: 'sale',
      at: '2026-03-20T12:00:30.000Z',
      audience: {
        customers: 32,
        entering: 32,
        channels: [
          { channel: 'email', reachable: 27 },
          { channel: 'sms', reachable: 26 },
        ],
      },
    });
    expect((await run(['launch', 'sale', '--auto-approve'])).out).toContain(
      'Requested already and not taken yet: 2026-03-20 12:00, 2026-03-21 10:00.',
    );
  });

  it('brings the audience in with the next tick', async () => {
    const { out } = await run(['tick', '--no-dispatch', '--json'], now + 60_000);
    expect(JSON.parse(out)).toMatchObject({ ticked: true });
    const { out: after } = await run(['launch', 'sale', '--auto-approve'], now + 120_000);
    expect(after).toContain('0 customers would enter now; 32 more may not');
  });

  it('reports that the campaign is paused, and how to resume it', async () => {
    for (const [target, resume] of [
      ['sale', 'crm resume sale'],
      ['--all', 'crm resume --all'],
    ] as const) {
      await run(['pause', target], now + 120_000);
      const { out } = await run(['launch', 'sale', '--auto-approve'], now + 120_000);
      expect(out).toMatch(/Paused: .* is paused since 2026-03-20 12:02\. Who enters waits at the first step/);
      expect(out).toContain(resume);
      await run(['resume', target], now + 120_000);
    }
  });

  it('asks nobody who is not there', async () => {
    const { code, out, err } = await run(['launch', 'sale']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('nobody to ask');
    expect(err).toContain('--auto-approve');
  });

  it('asks on a terminal, and accepts only a yes', async () => {
    const terminal = { stdin: true, stdout: true, stderr: true };
    for (const [answer, code, says] of [
      [false, 1, 'Nothing was launched.'],
      [true, 0, 'is requested'],
    ] as const) {
      const io = testIo(root, { now: () => now + 120_000, terminal });
      const ask = vi.fn(async () => answer);
      expect(await launch(io, 'sale', {}, ask)).toBe(code);
      expect(ask).toHaveBeenCalledExactlyOnceWith('Launch it?');
      expect(io.said.out).toContain('customers would enter now');
      expect(io.said.out).toContain(says);
    }
  });

  it.each([
    [['sael'], 'There is no campaign "sael" in what is applied.', 'Did you mean "sale"?'],
    [['welcome'], 'starts by itself, not by hand', 'launch: manual'],
    [['sale', '--at', '2026-03-20T11:59'], 'has passed', 'leave --at out'],
    [['sale', '--at', 'tomorrow'], '--at is not an instant', '2026-03-02'],
  ])('%j', async (words, says, help) => {
    const { code, out, err } = await run(['launch', ...words, '--auto-approve']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(says);
    expect(err).toContain(help);
  });

  it('distinguishes the files from the deployment', async () => {
    await writeFile(join(root, 'campaigns/later.crm.yaml'), later);
    expect(await readFile(join(root, 'campaigns/later.crm.yaml'), 'utf8')).toContain('later:');
    const { code, err } = await run(['launch', 'later', '--auto-approve']);
    expect(code).toBe(1);
    expect(err).toContain('The campaign "later" is not applied yet.');
    expect(err).toContain('crm apply');
  });
});
