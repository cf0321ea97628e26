import sql from 'sql-template-tag';
import { expect, it, test } from 'vitest';
import { carrier, fill, id, messages, noon, options, program, statuses } from '../../test/outbox.ts';
import { openMailbox } from '../../test/smtp.ts';
import { onEveryStore } from '../../test/stores.ts';
import { openSmallStore } from '../store/open-small.ts';
import type { Outcome } from './carriers/carrier.ts';
import { openSmtp } from './carriers/smtp.ts';
import { dispatch } from './dispatch.ts';

const lost: Outcome = { status: 'unknown', reason: 'no-answer' };
const second = 1000;

onEveryStore('a channel', (open) => {
  const failures: [string, Outcome][] = [
    ['answers that get lost', lost],
    ['a connection that breaks', { status: 'retry', reason: 'connection' }],
    ['a login that is refused', { status: 'retry', reason: 'authentication' }],
    ['an account that is refused', { status: 'retry', reason: 'account' }],
    ['refusals by policy', { status: 'failed', reason: 'rejected', policy: true }],
  ];
  it.each(failures)('is stopped by %s, five in a row', async (_, outcome) => {
    const db = await open();
    await fill(db, 30);
    const way = { ...carrier(() => outcome), concurrency: 1 };
    const warned: object[] = [];
    const log = { info: () => {}, warn: (fields: object) => void warned.push(fields) };
    const report = await dispatch(db, options(way, { log }));
    expect(way.got).toHaveLength(5);
    expect(report.stalled).toEqual(['email']);
    expect(warned).toEqual([
      expect.objectContaining({ channel: 'email', reason: outcome.status === 'sent' ? '' : outcome.reason }),
    ]);
    expect(await db.query(sql`SELECT channel, failures, pauses, since, until FROM channel_failure`)).toEqual([
      { channel: 'email', failures: 5, pauses: 1, since: noon, until: noon + 30 * second },
    ]);
    expect((await messages(db)).slice(5).every((m) => m.status === 'decided' && m.send_at === noon)).toBe(true);
  });

  it('is tried again with one message after a pause that doubles, and goes on when that works', async () => {
    const db = await open();
    await fill(db, 30);
    let outcome: Outcome = lost as Outcome;
    const way = { ...carrier(() => outcome), concurrency: 1 };
    const at = (seconds: number) => dispatch(db, options(way, { now: () => noon + seconds * second }));
    await at(0);
    await at(29);
    expect(way.got).toHaveLength(5);
    await at(30);
    expect(way.got).toHaveLength(6);
    await at(89);
    expect(way.got).toHaveLength(6);
    expect((await at(90)).stalled).toEqual(['email']);
    expect(way.got).toHaveLength(7);
    outcome = { status: 'sent' };
    expect((await at(300)).stalled).toEqual([]);
    expect(await statuses(db)).toEqual({ unknown: 7, sent: 23 });
    expect(await db.query(sql`SELECT * FROM channel_failure`)).toEqual([]);
  });

  it('whose pause has grown is tried every 15 minutes', async () => {
    const db = await open();
    await fill(db, 30);
    const way = { ...carrier(() => lost), concurrency: 1 };
    let now = noon;
    const pauses: number[] = [];
    for (let i = 0; i < 8; i++) {
      await dispatch(db, options(way, { now: () => now }));
      const [row] = await db.query<{ until: number }>(sql`SELECT until FROM channel_failure`);
      pauses.push(((row?.until ?? 0) - now) / second);
      now = row?.until ?? 0;
    }
    expect(pauses).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('is stopped too when the five are spread over processes that live for one message', async () => {
    const db = await open();
    const way = carrier(() => lost);
    await fill(db, 8, { send_at: noon + 3600 * second });
    for (let i = 1; i <= 8; i++) {
      await db.run(sql`UPDATE message SET send_at = ${noon}::bigint WHERE message = ${id(i)}`);
      await dispatch(db, options(way, { worker: `w${i}` }));
    }
    expect(way.got).toHaveLength(5);
  });

  it('goes on where failures are few between messages that are sent', async () => {
    const db = await open();
    await fill(db, 40);
    let n = 0;
    const way = { ...carrier(() => (++n % 5 === 0 ? { status: 'sent' } : lost)), concurrency: 1 };
    expect((await dispatch(db, options(way))).stalled).toEqual([]);
    expect(way.got).toHaveLength(40);
  });

  it('whose configuration has changed is tried at once', async () => {
    const db = await open();
    await fill(db, 10);
    await dispatch(db, options({ ...carrier(() => lost), concurrency: 1 }));
    const channels = program().channels.map((channel) => ({ ...channel, hash: 'mended' }));
    await dispatch(db, options(carrier(), { program: program({ channels }) }));
    expect(await statuses(db)).toEqual({ unknown: 5, sent: 5 });
  });
});

test('a server that drops every connection after DATA puts a handful in doubt, not the whole audience', async () => {
  const db = await openSmallStore();
  await fill(db, 200);
  const box = await openMailbox({
    onData(stream, session) {
      stream.resume().on('end', () => box.cut(session.id));
    },
  });
  const out = openSmtp('email', box.url);
  try {
    for (let minute = 0; minute < 10; minute++)
      await dispatch(db, options(out, { now: () => noon + minute * 60 * second }));
    const { unknown = 0, decided = 0 } = await statuses(db);
    expect(unknown + decided).toBe(200);
    expect(unknown, 'five, those on other connections, and one a pause').toBeLessThanOrEqual(5 + 4 + 4);
  } finally {
    await out.close();
    await box.close();
    await db.close();
  }
});
