import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let root: string;
let minutes = 0;
async function run(...words: string[]) {
  const at = Date.parse('2026-11-22T08:00:00Z') + ++minutes * 60_000;
  const io = testIo(root, { now: () => at, view: { color: false, width: 1000 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

beforeEach(async () => {
  minutes = 0;
  root = await mkdtemp(join(tmpdir(), 'kaskad-shared-'));
  await mkdir(join(root, 'templates'));
  await writeFile(
    join(root, 'crm.yaml'),
    `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: customers.csv, attributes: { email: email, phone: phone } }
  events: { registered: { from: registered.csv, fields: {} } }
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, unsubscribe: https://shop.example/u }
  sms: { transport: file, directory: out }
`,
  );
  await writeFile(
    join(root, 'customers.csv'),
    'id,email,phone\n6,home@example.com,+79000000006\n7,Home@example.com,\n8,other@example.com,\n',
  );
  await writeFile(join(root, 'registered.csv'), 'customer,at\n');
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
  expect(await run('tick')).toMatchObject({ code: 0 });
});
afterEach(() => rm(root, { recursive: true }));

it('a suppression and a lift name the others who share the address', async () => {
  expect((await run('suppression', 'add', '6')).out).toBe(
    'Suppressed customer 6 on every channel. That holds for customer 7, too, who shares an address. `crm suppression lift 6` ends it.\n',
  );
  expect((await run('suppression', 'lift', '7', '--channel', 'sms')).out).toBe(
    'Lifted the suppression of customer 7 on sms. Still suppressed on email.\n',
  );
  const { out } = await run('suppression', 'add', 'home@example.com', '--json');
  expect(JSON.parse(out)).toMatchObject({ customers: ['6', '7'], others: [] });
  await run('suppression', 'lift', 'home@example.com');
  await run('suppression', 'add', 'home@example.com');
  expect((await run('suppression', 'lift', '7')).out).toBe(
    'Lifted the suppression of customer 7 on every channel. That ends it for customer 6, too, who shares an address.\n',
  );
  expect((await run('suppression', 'add', '8')).out).not.toContain('shares');
  expect(JSON.parse((await run('suppression', 'lift', '8', '--json')).out).others).toEqual([]);
});

it('erasing a customer names the others who share an address, and does not call them erased', async () => {
  const { out } = await run('erase', '6', '--auto-approve');
  expect(out).toContain(
    '\nNothing is sent to customer 7 either, who shares an address, on any channel; `crm suppression lift` of the customer ends that.\nErased customer 6.',
  );
  expect(out).toMatch(
    /\nFrom now on nothing is sent to customer 7 either, who shares an address, on any channel; .*\n$/,
  );
  const list = (await run('suppression', 'list')).out;
  expect(list).toMatch(/\n7 +every channel +another customer who had the address was erased /);
  const story = (await run('explain', '7')).out;
  expect(story).toContain('(another customer who had the address was erased)');
  expect(story).toContain('every channel: another customer who had the address was erased');
  expect(story).not.toContain('erased)\n');
  expect((await run('suppression', 'lift', '7')).out).toBe('Lifted the suppression of customer 7 on every channel.\n');
  expect(JSON.parse((await run('erase', '8', '--auto-approve', '--json')).out).others).toEqual([]);
});
