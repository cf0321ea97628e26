import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type Hook, openHook, type Received } from '../../../test/hook.ts';
import type { Outgoing } from './carrier.ts';
import { openHttp } from './http.ts';
import { openCarrier } from './open.ts';

const opened: Hook[] = [];
afterEach(async () => {
  for (const hook of opened.splice(0)) await hook.close();
});

async function hooked(answer?: (response: ServerResponse, request: Received, n: number) => void): Promise<Hook> {
  const hook = await openHook(answer);
  opened.push(hook);
  return hook;
}

const webhook: Outgoing = {
  id: '0123456789abcdef0123456789abcdef',
  channel: 'crm',
  to: 'c1',
  text: '{"id":"0123456789abcdef0123456789abcdef","fields":{"город":"Омск"}}',
  category: 'marketing',
  campaign: 'welcome',
  at: Date.UTC(2026, 2, 2, 12),
};

test('a webhook is posted as JSON under the id of its message', async () => {
  const { url, received } = await hooked();
  expect(await openHttp('crm', 'webhook', url).send(webhook)).toEqual({ status: 'sent', detail: 'HTTP 200' });
  expect(received).toMatchObject([
    {
      method: 'POST',
      path: '/hooks/crm',
      headers: { 'content-type': 'application/json', 'idempotency-key': webhook.id },
      body: webhook.text,
    },
  ]);
  expect(received[0]?.headers.authorization).toBeUndefined();
});

test('a task is posted with its title and its text', async () => {
  const { url, received } = await hooked();
  await openHttp('managers', 'task', url).send({ ...webhook, subject: 'Call Anna', text: 'She has left.' });
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({
    id: webhook.id,
    campaign: 'welcome',
    customer: 'c1',
    title: 'Call Anna',
    text: 'She has left.',
    decided_at: '2026-03-02T12:00:00.000Z',
  });
});

test('the URL comes by reference, and its user and password go as authentication', async () => {
  const { url, received } = await hooked();
  const secret = url.replace('//', '//us%65r:p%zz%3A1@');
  const channel = { name: 'crm', kind: 'webhook', price: 0, transport: { kind: 'http', url: 'env:CRM' } } as const;
  const carrier = await openCarrier(channel, async (name) => `${name === 'env:CRM' ? secret : ''}\n`, {
    root: '/',
    output: async () => {},
  });
  expect(await carrier.send(webhook)).toMatchObject({ status: 'sent' });
  expect(received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('user:p%zz%3A1').toString('base64')}`);
});

describe('an answer', () => {
  const cases: [string, number, Record<string, string>, object][] = [
    ['204 is fine', 204, {}, { status: 'sent', detail: 'HTTP 204' }],
    ['404 is final', 404, {}, { status: 'failed', reason: 'rejected', detail: 'HTTP 404' }],
    ['a redirect leads nowhere', 307, { location: '/elsewhere' }, { status: 'failed', reason: 'rejected' }],
    ['500 is for later', 500, {}, { status: 'retry', reason: 'temporary', detail: 'HTTP 500' }],
    ['429 may say when', 429, { 'retry-after': '120' }, { status: 'retry', reason: 'temporary', afterMs: 120_000 }],
    [
      '503 may say when by a date',
      503,
      { date: 'Mon, 02 Mar 2026 12:00:00 GMT', 'retry-after': 'Mon, 02 Mar 2026 12:01:30 GMT' },
      { status: 'retry', afterMs: 90_000 },
    ],
    [
      'a date that is past is now',
      429,
      { date: 'Mon, 02 Mar 2026 12:00:00 GMT', 'retry-after': 'Mon, 02 Mar 2026 11:00:00 GMT' },
      { status: 'retry', afterMs: 0 },
    ],
  ];
  test.each(cases)('%s', async (_, status, headers, outcome) => {
    const { url, received } = await hooked((response) => response.writeHead(status, headers).end());
    expect(await openHttp('crm', 'webhook', url).send(webhook)).toMatchObject(outcome);
    expect(received).toHaveLength(1);
  });

  test('whose wish nobody understands has none', async () => {
    const { url } = await hooked((response) => response.writeHead(429, { 'retry-after': 'soon' }).end());
    const outcome = await openHttp('crm', 'webhook', url).send(webhook);
    expect(outcome).toEqual({ status: 'retry', reason: 'temporary', detail: 'HTTP 429' });
  });

  test('is not kept, however it goes on', async () => {
    const answers = [
      (response: ServerResponse) => void response.writeHead(400).end('anna@example.com is unknown'),
      (response: ServerResponse) => void response.writeHead(200).end('x'.repeat(5_000_000)),
      (response: ServerResponse) => void response.writeHead(200).write('the rest never comes'),
      (response: ServerResponse) => void response.writeHead(200).write('and', () => response.destroy()),
    ];
    const { url } = await hooked((response, _, n) => answers[n - 1]?.(response));
    const carrier = openHttp('crm', 'webhook', url, { timeoutMs: 300 });
    expect(await carrier.send(webhook)).toEqual({ status: 'failed', reason: 'rejected', detail: 'HTTP 400' });
    for (const _ of answers.slice(1))
      expect(await carrier.send(webhook)).toEqual({ status: 'sent', detail: 'HTTP 200' });
  });
});

describe('without an answer a message is for later', () => {
  test('when none comes in time', async () => {
    const { url } = await hooked(() => {});
    const outcome = await openHttp('crm', 'webhook', url, { timeoutMs: 100 }).send(webhook);
    expect(outcome).toEqual({ status: 'retry', reason: 'connection', detail: 'no answer in time' });
  });

  test('when the connection is refused', async () => {
    const hook = await openHook();
    await hook.close();
    const outcome = await openHttp('crm', 'webhook', hook.url).send(webhook);
    expect(outcome).toEqual({ status: 'retry', reason: 'connection', detail: 'ECONNREFUSED' });
  });

  test('when the connection breaks', async () => {
    const { url } = await hooked((response) => response.destroy());
    const outcome = await openHttp('crm', 'webhook', url).send(webhook);
    expect(outcome).toMatchObject({ status: 'retry', reason: 'connection' });
    expect(JSON.stringify(outcome)).not.toContain('127.0.0.1');
  });
});

test.each(['not a URL', 'ftp://host/path', 'user:secret@host'])('what is no URL cannot be opened: %s', (url) => {
  expect(() => openHttp('crm', 'webhook', url)).toThrow('channel "crm": its URL is not one; write https://host/path');
});
