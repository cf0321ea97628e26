import PostalMime from 'postal-mime';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { type Mailbox, openMailbox, refusal } from '../../../test/smtp.ts';
import type { Carrier, Cut, Outcome, Outgoing } from './carrier.ts';
import { openCarrier } from './open.ts';
import { openSmtp } from './smtp.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

const message: Outgoing = {
  id: '0123456789abcdef0123456789abcdef',
  channel: 'email',
  to: 'buyer@example.com',
  from: 'Магазин «Каскад» <shop@mail.example.com>',
  subject: 'Вы забыли в корзине пару вещей — успейте до завтра',
  html: '<p>Здравствуйте, <b>Анна</b>!</p>\n.\n<p>точка на отдельной строке</p>',
  text: 'Здравствуйте, Анна!\n.\nточка на отдельной строке',
  unsubscribe: 'https://shop.example/unsubscribe?m=0123456789abcdef0123456789abcdef',
  category: 'marketing',
  campaign: 'abandoned-cart',
  at: Date.UTC(2026, 2, 2, 9, 0, 0),
};

async function mailbox(overrides?: SMTPServerOptions): Promise<Mailbox> {
  const box = await openMailbox(overrides);
  opened.push(box);
  return box;
}

async function carrier(url: string): Promise<Carrier> {
  const opening = openCarrier(
    { name: 'email', kind: 'email', address: 'email', price: 0, transport: { kind: 'smtp', url: 'env:SMTP_URL' } },
    async (reference) => (reference === 'env:SMTP_URL' ? url : ''),
    { root: '/', output: async () => {} },
  );
  const out = await opening;
  opened.push(out);
  return out;
}

async function send(overrides: SMTPServerOptions, outgoing = message): Promise<Outcome | Cut> {
  const { url } = await mailbox(overrides);
  return (await carrier(url)).send(outgoing);
}

describe('a message that is taken', () => {
  test('arrives with decoded subject, both bodies, date, id and one-click headers', async () => {
    const box = await mailbox();
    expect(await (await carrier(box.url)).send(message)).toEqual({ status: 'sent', detail: '250' });
    const [got] = box.received;
    expect(got?.to).toEqual(['buyer@example.com']);
    expect(got?.from).toBe('shop@mail.example.com');
    const mail = await PostalMime.parse(got?.raw ?? '');
    expect(mail.subject).toBe(message.subject);
    expect(mail.from).toMatchObject({ name: 'Магазин «Каскад»', address: 'shop@mail.example.com' });
    expect(mail.html?.trim().replaceAll('\r\n', '\n')).toBe(message.html);
    expect(mail.text?.trim().replaceAll('\r\n', '\n')).toBe(message.text);
    expect(mail.date).toBe('2026-03-02T09:00:00.000Z');
    expect(mail.messageId).toBe('<0123456789abcdef0123456789abcdef@mail.example.com>');
    const header = (key: string) => mail.headers.find((h) => h.key === key)?.value;
    expect(header('list-unsubscribe')).toBe(`<${message.unsubscribe}>`);
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  test('is the same to the byte when it is sent again', async () => {
    const box = await mailbox();
    const out = await carrier(box.url);
    await out.send(message);
    await out.send(message);
    expect(box.received[0]?.raw.equals(box.received[1]?.raw ?? Buffer.of())).toBe(true);
  });

  test('has no unsubscribe header when it is transactional', async () => {
    const box = await mailbox();
    await (await carrier(box.url)).send({ ...message, category: 'transactional' });
    expect(box.received[0]?.raw.toString().toLowerCase()).not.toContain('list-unsubscribe');
  });

  test('goes to one recipient and has one subject, whatever the address and the subject contain', async () => {
    const box = await mailbox();
    const out = await carrier(box.url);
    await out.send({ ...message, to: 'one@example.com, two@example.com' });
    await out.send({ ...message, subject: 'Hello\r\nBcc: two@example.com\r\n\r\nbody' });
    for (const { to, raw } of box.received) {
      expect(to).toHaveLength(1);
      expect(to).not.toContain('two@example.com');
      expect(raw.toString()).not.toMatch(/^Bcc:/im);
    }
  });
});

describe('a refusal', () => {
  const cases: [string, SMTPServerOptions, Outcome][] = [
    [
      'of the mailbox is a bounce, without the address',
      { onRcptTo: (to, _, done) => done(refusal(550, `5.1.1 no such user ${to.address}`)) },
      { status: 'failed', reason: 'bounced', bounce: true, detail: '550 5.1.1' },
    ],
    [
      'of a mailbox for now is tried again',
      { onRcptTo: (_, __, done) => done(refusal(450, '4.2.0 greylisted')) },
      { status: 'retry', reason: 'temporary', detail: '450 4.2.0' },
    ],
    [
      'of the content is final and no bounce',
      {
        onData: (stream, _, done) =>
          stream.resume().on('end', () => done(refusal(554, '5.7.1 spam buyer@example.com'))),
      },
      { status: 'failed', reason: 'rejected', policy: true, detail: '554 5.7.1' },
    ],
    [
      'of the content for now is tried again',
      { onData: (stream, _, done) => stream.resume().on('end', () => done(refusal(451, 'try later'))) },
      { status: 'retry', reason: 'temporary', detail: '451' },
    ],
    [
      'of the sender is nobody’s bounce',
      { onMailFrom: (_, __, done) => done(refusal(550, '5.7.0 relaying denied')) },
      { status: 'retry', reason: 'account', detail: '550 5.7.0' },
    ],
    [
      'for want of a login is nobody’s bounce',
      { authOptional: false },
      { status: 'retry', reason: 'authentication', detail: '530' },
    ],
  ];
  test.each(cases)('%s', async (_, overrides, outcome) => {
    expect(await send(overrides)).toEqual(outcome);
  });
});

describe('a broken connection', () => {
  test('after the whole message leaves its fate unknown', async () => {
    const box = await mailbox({
      onData(stream, session) {
        stream.resume().on('end', () => {
          box.cut(session.id);
        });
      },
    });
    expect(await (await carrier(box.url)).send(message)).toMatchObject({ status: 'unknown', reason: 'no-answer' });
    expect(box.received).toEqual([]);
  });

  test('that this side gives up is called so', async () => {
    const { url } = await mailbox({ onData: (stream) => void stream.resume() });
    const ended = await (await carrier(url)).send(message, AbortSignal.timeout(1000));
    expect(ended).toEqual({ status: 'cut', inDoubt: true });
    const late = openSmtp('email', url, { longestMs: 1000 });
    opened.push(late);
    expect(await late.send(message)).toEqual({ status: 'unknown', reason: 'no-answer', detail: 'no answer in time' });
  });

  test('in the middle of a message is tried again: without its end nobody delivers it', async () => {
    const box = await mailbox({
      onData(stream, session) {
        stream.once('data', () => {
          stream.resume();
          box.cut(session.id);
        });
      },
    });
    const long = { ...message, html: `<p>${'долго '.repeat(2_000_000)}</p>` };
    expect(await (await carrier(box.url)).send(long)).toMatchObject({ status: 'retry', reason: 'connection' });
  });

  test('before the message is tried again', async () => {
    const box = await mailbox({
      onMailFrom(_, session) {
        box.cut(session.id);
      },
    });
    expect(await (await carrier(box.url)).send(message)).toMatchObject({ status: 'retry', reason: 'connection' });
  });

  test('that never stood is tried again', async () => {
    const box = await openMailbox();
    await box.close();
    expect(await (await carrier(box.url)).send(message)).toMatchObject({
      status: 'retry',
      reason: 'connection',
      detail: 'ECONNREFUSED',
    });
  });
});

describe('configuration', () => {
  test.each(['', 'shop.example:25', 'http://user:secret@shop.example', 'smtp://user:secret@'])(
    'refuses %j without repeating it',
    async (url) => {
      const error = await carrier(url).catch((e: Error) => e);
      expect(error).toMatchObject({ name: 'ChannelError' });
      expect(String(error)).toContain('channel "email"');
      expect(String(error)).not.toContain('secret');
    },
  );

  test('takes the number of connections from the URL', async () => {
    expect((await carrier('smtp://127.0.0.1:1?maxConnections=3')).concurrency).toBe(3);
    await expect(carrier('smtp://127.0.0.1:1?maxConnections=0')).rejects.toThrow('maxConnections');
  });
});
