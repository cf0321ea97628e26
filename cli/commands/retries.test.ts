import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const start = Date.parse('2026-03-02T12:00:00Z');
const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: customers.csv, attributes: { city: string } }
  events: { order_paid: { from: orders.csv, fields: { total: money } } }
channels:
  crm: { kind: webhook, transport: http, url: env:HTTP_URL }
campaigns:
  call: { on: { event: order_paid }, steps: [{ webhook: { crm: [city] } }] }
`;

let answers: number[] = [];
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.statusCode = answers.shift() ?? 200;
    response.end();
  });
});

let root: string;
beforeEach(async () => {
  answers = [];
  root = await mkdtemp(join(tmpdir(), 'kaskad-retries-'));
  await writeFile(join(root, 'crm.yaml'), project);
  await writeFile(join(root, 'customers.csv'), 'id,city\nc1,Tver\n');
  await writeFile(join(root, 'orders.csv'), 'id,customer,at,total\n');
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  await new Promise((done) => server.close(done));
  await rm(root, { recursive: true });
});

async function run(minutes: number, ...words: string[]) {
  const HTTP_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const io = testIo(root, { now: () => start + minutes * 60_000, env: { HTTP_URL } });
  const code = await crm(words, io);
  expect({ words, code, err: io.said.err }).toMatchObject({ code: 0 });
  return io.said.out;
}

async function story(minutes: number) {
  const text = await run(minutes, 'explain', 'c1');
  const { enrolments } = JSON.parse(await run(minutes, 'explain', 'c1', '--json'));
  return { line: text.replace(/\s+/g, ' '), message: enrolments[0].timeline[0] };
}

it('attempts and the last answer are shown while a message waits, and after it has been sent', async () => {
  await run(0, 'apply', '--auto-approve');
  await writeFile(join(root, 'orders.csv'), 'id,customer,at,total\no1,c1,2026-03-02T12:00:30Z,5\n');
  answers = [503, 429];
  await run(1, 'tick');
  const first = await story(2);
  expect(first.message).toMatchObject({ status: 'decided', tried: { attempts: 1, trouble: 'HTTP 503' } });
  expect(first.message.tried.next).toMatch(/^2026-03-02T12:01:/);
  expect(first.line).toMatch(/decided, not sent yet.*503.*; attempts: 1, the next not before 2026-03-02 12:01/);
  await run(3, 'tick');
  expect((await story(3)).message).toMatchObject({ status: 'decided', tried: { attempts: 2, trouble: 'HTTP 429' } });
  await run(10, 'tick');
  const last = await story(10);
  expect(last.message).toMatchObject({ status: 'sent', tried: { attempts: 3, trouble: 'HTTP 429' } });
  expect(last.message.tried).not.toHaveProperty('next');
  expect(last.line).toMatch(/sent; attempts: 3, the answer before the last: HTTP 429/);
  expect(await run(10, 'customer', 'c1')).toContain('attempts: 3');
});

it('one attempt that succeeds needs no word', async () => {
  await run(0, 'apply', '--auto-approve');
  await writeFile(join(root, 'orders.csv'), 'id,customer,at,total\no1,c1,2026-03-02T12:00:30Z,5\n');
  await run(1, 'tick');
  const { line, message } = await story(2);
  expect(message.status).toBe('sent');
  expect(message).not.toHaveProperty('tried');
  expect(line).not.toContain('attempts');
});
