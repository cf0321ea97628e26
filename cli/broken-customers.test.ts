import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 2, 12);
let root: string;
let minutes = 0;

/** Each command is a minute after the one before. */
async function run(...words: string[]) {
  const at = now + ++minutes * 60_000;
  const io = testIo(root, { now: () => at, view: { color: false, width: 1000 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const project = (tolerance: number) => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 minute }
data:
  tolerance: ${tolerance}%
  customers: { from: customers.csv, complete: true, attributes: { name: string, email: email } }
  events: { registered: { from: registered.csv, fields: {} } }
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, unsubscribe: https://shop.example/u }
campaigns:
  welcome:
    category: transactional
    on: { event: registered }
    steps: [{ wait: 30 days }, { send: { email: hello } }]
`;

/** `broken`: the numbers of the rows that are not UTF-8; `gone`: those that are not there. */
function customers({ broken = 0, gone = 0 } = {}): Buffer {
  const row = (nth: number) => Buffer.from(`c${nth},Müller,c${nth}@example.com\n`, nth <= broken ? 'latin1' : 'utf8');
  const rows = Array.from({ length: 19 }, (_, i) => i + 1).filter((nth) => nth <= 19 - gone);
  return Buffer.concat([Buffer.from('id,name,email\n'), ...rows.map(row)]);
}
const registered = 'customer,at\nc1,2026-03-02T12:01:30Z\nc19,2026-03-02T12:01:30Z\n';
const put = (path: string, text: string | Buffer) => writeFile(join(root, path), text);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-broken-'));
  await put('crm.yaml', project(48));
  await mkdir(join(root, 'templates'));
  await put('templates/hello.email.hbs', '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">No more</a>\n');
  await put('customers.csv', customers());
  await put('registered.csv', registered);
  minutes = 0;
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
  expect(await run('tick')).toMatchObject({ code: 0 });
});
afterEach(() => rm(root, { recursive: true }));

it('rows that cannot be read are named before the customers who are missing by them, and the advice is enough', async () => {
  await put('customers.csv', customers({ broken: 10 }));
  for (const command of [['plan'], ['apply', '--auto-approve'], ['tick'], ['run']]) {
    const { code, err } = await run(...command);
    expect(code, command[0]).toBe(3);
    expect(err, command[0]).toContain(
      'customers.csv: 10 of 19 rows cannot be read; customers whom it named and no row that can be read names now: 10. The first problem (line 2): ',
    );
    expect(err, command[0]).toContain(
      'a `data.tolerance` of 53% (48% now), applied, is enough too, and removes those 10 customers.',
    );
    expect(err, command[0]).not.toContain('of 48%');
    expect(err, command[0]).toContain('Rows of customers.csv that cannot be read may name these customers.');
    expect(err, command[0]).toContain('`crm tick` and `crm run` then remove those 10 customers.');
  }
  await put('crm.yaml', project(53));
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
  const { code, out } = await run('tick');
  expect(code).toBe(0);
  expect(out).toContain(
    '\n10 customers removed (in no file of customers any more), 1 journey ended. 10 rows of customers.csv cannot be read, and may name these customers.\n',
  );
});

it('one tolerance is named that is enough for all files', async () => {
  await put('crm.yaml', project(20));
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
  await put('customers.csv', customers({ broken: 4, gone: 4 }));
  await put('registered.csv', `${registered}c2,today\nc3,now\nc4,then\n`);
  const { code, err } = await run('tick');
  expect(code).toBe(3);
  expect(err).toContain('Correct customers.csv, registered.csv.');
  expect(err).toContain('For customers.csv, registered.csv a `data.tolerance` of 60% (20% now)');
  await put('registered.csv', registered);
  // 4 of 15 rows, but 8 of 19 customers.
  expect((await run('tick')).err).toContain('For customers.csv a `data.tolerance` of 43% (20% now)');
  await put('crm.yaml', project(43));
  expect((await run('apply', '--auto-approve', '--allow-bad-data')).code).toBe(0);
  const { out } = await run('tick', '--json');
  expect(JSON.parse(out).removed).toEqual({
    customers: 8,
    journeys: 2,
    unread: [{ path: 'customers.csv', rows: 4 }],
  });
});
