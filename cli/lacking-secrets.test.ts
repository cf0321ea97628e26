import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let root: string;

async function notices(env: Record<string, string>, ...words: string[]): Promise<Record<string, string>[]> {
  const io = testIo(root, { now: () => Date.UTC(2026, 2, 2, 12), env });
  expect(await crm(['plan', '--json', ...words], io), io.said.err).toBe(0);
  return JSON.parse(io.said.out).notices;
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-lacking-'));
  await mkdir(join(root, 'templates'));
  await writeFile(
    join(root, 'crm.yaml'),
    `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { attributes: { email: email, phone: phone } }
channels:
  email: { transport: smtp, url: env:MAIL_URL, from: Shop <shop@example.com>, unsubscribe: "https://shop.example/u" }
  managers: { kind: task, transport: http, url: file:secrets/managers }
  erp: { kind: webhook, transport: http, url: env:ERP_URL }
campaigns:
  news:
    on: { launch: manual }
    steps: [{ send: { email: hello } }, { task: { managers: hello } }]
`,
  );
  await writeFile(
    join(root, 'templates/hello.email.hbs'),
    '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">No more</a>\n',
  );
  await writeFile(join(root, 'templates/hello.task.hbs'), '---\nsubject: Call\n---\nHello\n');
});
afterAll(() => rm(root, { recursive: true }));

it('a plan names the channels of its campaigns whose secret is missing, and never a secret', async () => {
  const found = await notices({});
  expect(found.map(({ level, address }) => `${level} ${address}`)).toEqual([
    'lacking channel.email',
    'lacking channel.managers',
  ]);
  expect(found[0]?.message).toBe('The channel email takes its address from `env:MAIL_URL`, which is not there.');
  expect(await notices({ MAIL_URL: 'smtp://user:hidden@mail.example' })).toMatchObject([
    { address: 'channel.managers' },
  ]);
});

it('a plan against other files, which nobody sends by, names none', async () => {
  expect(await notices({}, '--base', '.')).toEqual([]);
});
