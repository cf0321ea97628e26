import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 2, 12);
let root: string;

async function call(who: string, ...words: string[]) {
  const io = testIo(root, { now: () => now, env: { CRM_ACTOR: who }, view: { color: false, width: 300 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

async function writeProject(wait: string, text = 'Hello'): Promise<void> {
  await writeFile(
    join(root, 'crm.yaml'),
    `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { attributes: { phone: phone } }
  events: { paid: {} }
channels:
  sms: { transport: file, directory: out }
campaigns:
  cart: { on: { event: paid }, steps: [{ wait: ${wait} }, { send: { sms: hello } }] }
  other: { on: { event: paid }, steps: [{ wait: 1 day }, { send: { sms: bye } }] }
`,
  );
  await writeFile(join(root, 'templates/hello.sms.hbs'), text);
  await writeFile(join(root, 'templates/bye.sms.hbs'), 'Bye');
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-lock-'));
  await mkdir(join(root, 'templates'));
  await writeProject('1 day');
  expect(await call('Ann', 'apply', '--auto-approve')).toMatchObject({ code: 0 });
});
afterEach(() => rm(root, { recursive: true }));

const isLocked = 'campaign.cart is locked by Ann since 2026-03-02 12:00 (UTC): a sale';

describe('a locked campaign', () => {
  beforeEach(async () => {
    expect(await call('Ann', 'lock', 'campaign.cart', '--reason', 'a sale')).toMatchObject({ code: 0 });
  });

  it('is changed by its holder alone, nor by what it uses; others are told how to break the lock', async () => {
    for (const [wait, text] of [
      ['2 days', 'Hello'],
      ['1 day', 'Hi'],
    ] as const) {
      await writeProject(wait, text);
      const { code, err } = await call('Bob', 'apply', '--auto-approve');
      expect([code, err]).toEqual([3, expect.stringContaining(isLocked)]);
      expect(err).toContain('`crm unlock cart --force` breaks the lock');
    }
    expect(await call('Ann', 'apply', '--auto-approve')).toMatchObject({ code: 0 });
  });

  it('is listed, and stops no other campaign', async () => {
    expect((await call('Bob', 'lock')).out).toBe(`${isLocked}\n`);
    expect(JSON.parse((await call('Bob', 'lock', '--json')).out)).toMatchObject({
      locks: [{ campaign: 'cart', holder: 'Ann', reason: 'a sale', since: '2026-03-02T12:00:00.000Z' }],
    });
    await writeFile(join(root, 'templates/bye.sms.hbs'), 'Good bye');
    expect(await call('Bob', 'apply', '--auto-approve')).toMatchObject({ code: 0 });
  });

  it('is locked or unlocked by nobody else without force, and the log says who it was', async () => {
    expect(await call('Bob', 'lock', 'cart', '--reason', 'mine')).toMatchObject({ code: 3 });
    expect(await call('Bob', 'unlock', 'cart')).toMatchObject({ code: 3, err: expect.stringContaining(isLocked) });
    expect(await call('Bob', 'unlock', 'cart', '--force')).toMatchObject({ code: 0 });
    expect((await call('Bob', 'lock')).out).toBe('Nothing is locked.\n');
    expect((await call('Bob', 'audit')).out).toMatch(/Bob +unlock +\w+\n +campaign: cart, holder: Ann/);
    expect(await call('Ann', 'unlock', 'cart')).toMatchObject({ code: 1 });
  });
});

it('needs a reason, and a campaign that is applied', async () => {
  expect(await call('Ann', 'lock', 'cart')).toMatchObject({ code: 1, err: expect.stringContaining('--reason') });
  expect(await call('Ann', 'lock', 'card', '--reason', 'x')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Did you mean "cart"?'),
  });
});
