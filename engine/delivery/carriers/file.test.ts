import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChannelKind } from '../../../spec/model/channel-kinds.ts';
import type { Transport } from '../../../spec/model/transports.ts';
import type { Outgoing } from './carrier.ts';
import { openCarrier } from './open.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-file-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const message: Outgoing = {
  id: '0123456789abcdef0123456789abcdef',
  channel: 'email',
  to: 'buyer@example.com',
  from: 'Каскад <shop@example.com>',
  subject: 'Привет',
  html: '<p>Привет</p>',
  text: 'Привет',
  category: 'marketing',
  campaign: 'welcome',
  at: Date.UTC(2026, 2, 2, 12),
};

function open(kind: ChannelKind, transport: Transport, output = async (_: string) => {}) {
  const channel = { name: kind, kind, address: 'email', price: 0, transport };
  return openCarrier(channel, async (text) => text, { root, output });
}

const folder: Transport = { kind: 'file', directory: 'out/messages' };
const files = () => readdir(join(root, 'out/messages'));
const content = (file: string) => readFile(join(root, 'out/messages', file), 'utf8');

test('an e-mail becomes a readable .eml', async () => {
  expect(await (await open('email', folder)).send(message)).toEqual({ status: 'sent' });
  expect(await files()).toEqual(['20260302T120000Z-email-0123456789ab.eml']);
  const mail = await PostalMime.parse(await content('20260302T120000Z-email-0123456789ab.eml'));
  expect(mail).toMatchObject({ subject: 'Привет', date: '2026-03-02T12:00:00.000Z' });
  expect(mail.to).toEqual([{ name: '', address: 'buyer@example.com' }]);
  expect(mail.html?.trim()).toBe('<p>Привет</p>');
});

test('sending again leaves one file with the same bytes', async () => {
  const carrier = await open('email', folder);
  await carrier.send(message);
  const before = await content('20260302T120000Z-email-0123456789ab.eml');
  await carrier.send(message);
  expect(await files()).toHaveLength(1);
  expect(await content('20260302T120000Z-email-0123456789ab.eml')).toBe(before);
});

test('a text message becomes .txt, a push .json', async () => {
  await (await open('sms', folder)).send({ ...message, channel: 'sms', to: '+70000000000' });
  await (await open('push', folder)).send({ ...message, channel: 'push', to: 'token', subject: 'Заголовок' });
  expect(await files()).toEqual(['20260302T120000Z-push-0123456789ab.json', '20260302T120000Z-sms-0123456789ab.txt']);
  expect(await content('20260302T120000Z-sms-0123456789ab.txt')).toContain('To: +70000000000\n');
  const push = JSON.parse(await content('20260302T120000Z-push-0123456789ab.json'));
  expect(push).toMatchObject({ to: 'token', title: 'Заголовок', text: 'Привет', at: '2026-03-02T12:00:00.000Z' });
});

test('a webhook becomes .json, a task .txt', async () => {
  await (await open('webhook', folder)).send({ ...message, channel: 'crm', to: 'c1', text: '{"id":"1"}' });
  await (await open('task', folder)).send({ ...message, channel: 'managers', to: 'c1', subject: 'Позвонить' });
  expect(await files()).toEqual([
    '20260302T120000Z-crm-0123456789ab.json',
    '20260302T120000Z-managers-0123456789ab.txt',
  ]);
  expect(await content('20260302T120000Z-crm-0123456789ab.json')).toBe('{"id":"1"}\n');
  const task = await content('20260302T120000Z-managers-0123456789ab.txt');
  expect(task).toContain('Customer: c1\n');
  expect(task).toContain('Subject: Позвонить\n\nПривет\n');
});

test('a channel name cannot lead out of the folder', async () => {
  await (await open('sms', folder)).send({ ...message, channel: '../../x' });
  expect(await files()).toEqual(['20260302T120000Z-..-..-x-0123456789ab.txt']);
});

test('a folder that cannot be written is tried again later', async () => {
  await writeFile(join(root, 'out'), 'a file where the folder should be');
  const carrier = await open('sms', folder);
  expect(await carrier.send(message)).toMatchObject({ status: 'retry', reason: 'connection' });
});

test('the console shows nothing personal', async () => {
  const lines: string[] = [];
  const output = async (line: string) => void lines.push(line);
  expect(await (await open('email', { kind: 'console' }, output)).send(message)).toEqual({ status: 'sent' });
  expect(lines).toEqual(['2026-03-02T12:00:00.000Z email welcome 0123456789abcdef0123456789abcdef 13 characters\n']);
});

test('a console that cannot be written is tried again later', async () => {
  const carrier = await open('email', { kind: 'console' }, () => Promise.reject(new TypeError('closed')));
  expect(await carrier.send(message)).toEqual({ status: 'retry', reason: 'connection', detail: 'TypeError' });
});
