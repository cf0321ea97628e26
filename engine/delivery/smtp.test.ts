import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fill, id, messages, options, program, statuses } from '../../test/outbox.ts';
import { type Mailbox, openMailbox, refusal } from '../../test/smtp.ts';
import type { DuckDb } from '../store/duckdb.ts';
import { openSmallStore } from '../store/open-small.ts';
import { openCarrier } from './carriers/open.ts';
import { dispatch } from './dispatch.ts';

let db: DuckDb;
let box: Mailbox | undefined;
beforeEach(async () => {
  db = await openSmallStore();
});
afterEach(async () => {
  await db.close();
  await box?.close();
});

async function run(mailbox: Mailbox) {
  const [channel] = program().channels;
  if (!channel) throw new Error('no channel');
  const carrier = await openCarrier(channel, async () => mailbox.url, { root: '/', output: async () => {} });
  try {
    return await dispatch(db, options(carrier));
  } finally {
    await carrier.close();
  }
}

test('300 messages reach a real SMTP server, each once, each under its own id', async () => {
  await fill(db, 300);
  box = await openMailbox();
  expect((await run(box)).total).toMatchObject({ sent: 300 });
  const mails = await Promise.all(box.received.map(async ({ to, raw }) => ({ to, mail: await PostalMime.parse(raw) })));
  expect(mails).toHaveLength(300);
  expect(new Set(mails.map(({ mail }) => mail.messageId)).size).toBe(300);
  const third = mails.find(({ mail }) => mail.messageId === `<${id(3)}@example.com>`);
  expect(third?.to).toEqual(['buyer3@example.com']);
  expect(JSON.parse(third?.mail.text ?? '')).toMatchObject({ customer: { name: 'Покупатель 3' } });
});

test('each gets the answer that the server gave it, and no answer holds an address', async () => {
  await fill(db, 60);
  const connections = new Map<string, number>();
  box = await openMailbox({
    onRcptTo({ address }, _, done) {
      const n = Number(/\d+/.exec(address)?.[0]);
      if (n % 10 === 1) return done(refusal(550, `5.1.1 <${address}> unknown`));
      if (n % 10 === 2) return done(refusal(452, `4.2.2 <${address}> is full`));
      done();
    },
    onData(stream, session, done) {
      const n = Number(/\d+/.exec(session.envelope.rcptTo[0]?.address ?? '')?.[0]);
      connections.set(session.id, n);
      stream.resume().on('end', () => (n % 10 === 3 ? box?.cut(session.id) : done()));
    },
  });
  const report = await run(box);
  expect(report.total).toMatchObject({ sent: 42, failed: 6, bounced: 6, retried: 6, unknown: 6 });
  expect(await statuses(db)).toEqual({ sent: 42, failed: 6, decided: 6, unknown: 6 });
  const rows = await messages(db);
  expect(rows[0]).toMatchObject({ reason: 'bounced', detail: '550 5.1.1' });
  expect(rows[1]).toMatchObject({ reason: 'temporary', detail: '452 4.2.2', attempts: 1 });
  expect(rows[2]).toMatchObject({ reason: 'no-answer' });
  expect(JSON.stringify(rows)).not.toContain('@');
});
