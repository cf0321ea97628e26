import sql, { type Sql } from 'sql-template-tag';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { carrier, day, fill, id, messages, noon, options, program, statuses } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import { countUnowned, listSuppressed } from '../consent/suppressions.ts';
import type { Database } from '../store/database.ts';
import { prepareTables } from '../store/tables.ts';
import { runTick } from '../tick/run-tick.ts';
import type { Outcome } from './carriers/carrier.ts';
import { dispatch } from './dispatch.ts';

onEveryStore('dispatch', (open) => {
  let db: Database;
  beforeEach(async () => {
    db = await open();
  });

  const enrolments = () =>
    db.query<{ enrolment: number; due_at: number }>(sql`SELECT enrolment, due_at FROM enrolment ORDER BY enrolment`);

  test('every due message leaves once, in batches, and is recorded', async () => {
    await fill(db, 23);
    const way = carrier();
    const report = await dispatch(db, options(way, { batch: 5 }));
    expect(report.total).toMatchObject({ sent: 23, failed: 0, suppressed: 0 });
    expect(way.got.map((m) => m.id).sort()).toEqual(Array.from({ length: 23 }, (_, i) => id(i + 1)));
    expect(await messages(db)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          message: id(1),
          status: 'sent',
          reason: null,
          detail: '250',
          attempts: 1,
          finished_at: noon,
          template_hash: 'template-1',
        }),
      ]),
    );
    expect(await statuses(db)).toEqual({ sent: 23 });
    expect((await dispatch(db, options(way))).total.sent).toBe(0);
    expect(way.got).toHaveLength(23);
  });

  test('templates get the attributes, the trigger’s event and the unsubscribe address', async () => {
    await fill(db, 2);
    await db.run(sql`UPDATE customer SET zone = 'Asia/Almaty', locale = 'en' WHERE customer = 2`);
    const way = carrier();
    await dispatch(db, options(way));
    const [first, second] = way.got.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(JSON.parse(first?.text ?? '')).toEqual({
      customer: { name: 'Покупатель 1', email: 'buyer1@example.com', zone: null, locale: null },
      event: { total: 1, until: '2026-03-08', items: [{ name: 'Чай' }] },
      message: { id: id(1) },
      unsubscribe_url: `https://shop.example/unsubscribe?m=${id(1)}`,
      timezone: 'Europe/Moscow',
    });
    expect(JSON.parse(second?.text ?? '')).toMatchObject({ timezone: 'Asia/Almaty' });
    expect(second).toMatchObject({
      to: 'buyer2@example.com',
      subject: 'email cart/reminder en',
      at: noon,
      campaign: 'cart',
    });
  });

  test('what may not leave any more does not, for the reason that holds', async () => {
    await fill(db, 8);
    await db.run(sql`UPDATE message SET expires_at = ${noon}::bigint WHERE message = ${id(1)}`);
    await db.run(
      sql`INSERT INTO blocked (customer, channel) VALUES (2, 'email'), (3, 'email'), (3, 'sms'), (8, 'sms')`,
    );
    await db.run(sql`DELETE FROM subscription WHERE customer IN (4, 5)`);
    await db.run(sql`UPDATE message SET category = 'transactional' WHERE message = ${id(5)}`);
    await db.run(sql`UPDATE customer SET email = NULL WHERE customer = 6`);
    await db.run(sql`UPDATE enrolment SET status = 'ended', reason = 'exit-event', step = NULL WHERE customer = 7`);
    const way = carrier();
    const report = await dispatch(db, options(way));
    expect(report.total).toMatchObject({ sent: 2, suppressed: 5, expired: 1 });
    expect((await messages(db)).map((m) => `${m.status} ${m.reason}`)).toEqual([
      'expired late',
      'suppressed suppressed',
      'suppressed suppressed',
      'suppressed no-consent',
      'sent null',
      'suppressed no-address',
      'suppressed exit-event',
      'sent null',
    ]);
    expect(way.got.map((m) => m.id).toSorted()).toEqual([id(5), id(8)]);
    // Refused ones that wait in a cascade go on at once; the sent ones wait for their reaction.
    expect((await enrolments()).map((e) => e.due_at)).toEqual([
      noon,
      noon,
      noon,
      noon,
      noon + day,
      noon,
      noon + day,
      noon + day,
    ]);
  });

  test('a withdrawal after the claim still holds the message back', async () => {
    await fill(db, 2);
    const meanwhile: Database = Object.create(db, {
      query: {
        value: async (statement: Sql) => {
          const rows = await db.query(statement);
          if (statement.text.includes('event_seq')) {
            expect(await claims(db)).toBe(2);
            await db.run(sql`DELETE FROM subscription WHERE customer = 1`);
          }
          return rows;
        },
      },
    });
    const way = carrier();
    await dispatch(meanwhile, options(way));
    expect(way.got.map((m) => m.id)).toEqual([id(2)]);
    expect((await messages(db))[0]).toMatchObject({ status: 'suppressed', reason: 'no-consent' });
  });

  test('a message whose cascade has moved on is dropped', async () => {
    await fill(db, 1);
    await db.run(sql`UPDATE enrolment SET step = 8, phase = 0`);
    await dispatch(db, options(carrier()));
    expect((await messages(db))[0]).toMatchObject({ status: 'suppressed', reason: 'superseded' });
  });

  test('of a cascade in preferred order the last stage leaves though its journey has gone on, an earlier one does not', async () => {
    await fill(db, 2);
    await db.run(sql`UPDATE step SET otherwise = 9 WHERE step = 7`);
    await db.run(sql`INSERT INTO step (step, campaign, version, id, kind) VALUES (9, 'cart', 'v1', 'c', 'prefer')`);
    await db.run(sql`INSERT INTO arm (step, arm, next) VALUES (9, 'email', 7), (9, 'sms', 8)`);
    await db.run(sql`UPDATE enrolment SET step = 10, phase = 0`);
    // The first customer had the other stage before.
    await db.run(sql`INSERT INTO message (message, enrolment, customer, step, channel, status, decided_at)
      VALUES (${id(9)}, 501, 1, 8, 'sms', 'sent', ${noon - 1}), (${id(10)}, 502, 2, 8, 'sms', 'sent', ${noon + 1})`);
    const way = carrier();
    await dispatch(db, options(way));
    expect(way.got.map((m) => m.id)).toEqual([id(1)]);
    expect((await messages(db))[1]).toMatchObject({ status: 'suppressed', reason: 'superseded' });
  });

  test('messages that are not due stay', async () => {
    await fill(db, 1, { send_at: noon + 1 });
    expect((await dispatch(db, options(carrier()))).total.sent).toBe(0);
    expect(await statuses(db)).toEqual({ decided: 1 });
  });

  describe('quiet hours', () => {
    const quiet = { from: 21 * 60, to: 9 * 60, otherwise: 'hold', transactional: false } as const;
    const at = noon + 10 * 3_600_000; // 22:00 in Moscow
    const quietly = (otherwise: 'hold' | 'cancel') =>
      options(carrier(), {
        program: program({ policies: { caps: [], quietHours: { ...quiet, otherwise }, hash: 'y' } }),
        now: () => at,
      });
    beforeEach(async () => {
      await fill(db, 2);
      await db.run(sql`UPDATE customer SET zone = 'America/New_York' WHERE customer = 2`);
      await db.run(sql`INSERT INTO tz_offset (zone, from_at, to_at, shift) VALUES
        ('Europe/Moscow', 0, ${noon + 100 * day}::bigint, 10800000), ('America/New_York', 0, ${noon + 100 * day}::bigint, -18000000)`);
    });

    test('that have begun since the decision hold a message until their end', async () => {
      expect((await dispatch(db, quietly('hold'))).total).toMatchObject({ sent: 1, held: 1 });
      expect((await messages(db))[0]).toMatchObject({
        status: 'decided',
        reason: 'quiet-hours',
        send_at: noon + 21 * 3_600_000,
      });
    });

    test('drop it where the project says so, or where it would be late after them', async () => {
      await dispatch(db, quietly('cancel'));
      expect((await messages(db))[0]).toMatchObject({ status: 'suppressed', reason: 'quiet-hours' });
      await db.run(sql`UPDATE message SET status = 'decided', expires_at = ${at + 1}::bigint WHERE message = ${id(1)}`);
      await dispatch(db, quietly('hold'));
      expect((await messages(db))[0]).toMatchObject({ status: 'expired', reason: 'late:quiet-hours' });
    });

    test('let transactional messages pass', async () => {
      await db.run(sql`UPDATE message SET category = 'transactional'`);
      expect((await dispatch(db, quietly('hold'))).total.sent).toBe(2);
    });
  });

  describe('outcomes', () => {
    const outcome = async (answer: Outcome, overrides = {}) => {
      await fill(db, 1);
      const report = await dispatch(
        db,
        options(
          carrier(() => answer),
          overrides,
        ),
      );
      const [message] = await messages(db);
      return { report, message, due: (await enrolments())[0]?.due_at };
    };

    test('is recorded as of the moment of its answer, though several are settled together', async () => {
      await fill(db, 3);
      let now = noon;
      const way = carrier(() => {
        now += 100;
        return { status: 'sent' };
      });
      const slow = { ...way, concurrency: 1 };
      await dispatch(db, options(slow, { now: () => now }));
      expect((await messages(db)).map((m) => Number(m.finished_at) - noon)).toEqual([100, 200, 300]);
    });

    test('a failure is final and hands over', async () => {
      const { message, due, report } = await outcome({ status: 'failed', reason: 'rejected', detail: '554 5.7.1' });
      expect(message).toMatchObject({ status: 'failed', reason: 'rejected', detail: '554 5.7.1', finished_at: noon });
      expect(due).toBe(noon);
      expect(report.total).toMatchObject({ failed: 1, bounced: 0 });
    });

    test('a bounce suppresses the channel and is feedback for the next tick', async () => {
      await prepareTables(db, program().data);
      await runTick(db, program(), noon - 60_000, 'test');
      const { report } = await outcome({ status: 'failed', reason: 'bounced', bounce: true });
      expect(report.total).toMatchObject({ failed: 1, bounced: 1 });
      expect(await db.query(sql`SELECT * FROM suppression`)).toMatchObject([
        { id: `bounced/dispatch/${id(1)}`, customer: 1, channel: 'email', reason: 'bounced', at: noon },
      ]);
      expect(await db.query(sql`SELECT id, message, kind, "at" FROM inbox_feedback`)).toEqual([
        { id: `dispatch/${id(1)}`, message: id(1), kind: 'bounced', at: noon },
      ]);
      await runTick(db, program(), noon + 60_000, 'test');
      expect(await listSuppressed(db, program())).toMatchObject([
        { customer: 'c1', channel: 'email', reason: 'bounced' },
      ]);
      expect(await countUnowned(db, program())).toBe(0);
    });

    test('a temporary refusal puts the message back for later, as late as the provider wants', async () => {
      const { message, due, report } = await outcome({ status: 'retry', reason: 'temporary', afterMs: 600_000 });
      expect(message).toMatchObject({
        status: 'decided',
        reason: 'temporary',
        send_at: noon + 600_000,
        finished_at: null,
      });
      expect(due).toBe(noon + day);
      expect(report).toMatchObject({ total: { retried: 1 }, stalled: [] });
    });

    test('a retry beyond the message’s life ends it', async () => {
      const { message, due } = await outcome({ status: 'retry', reason: 'temporary', afterMs: day });
      expect(message).toMatchObject({ status: 'expired', reason: 'late' });
      expect(due).toBe(noon);
    });

    test('an unknown fate is kept as such and does not hand over', async () => {
      const { message, due } = await outcome({ status: 'unknown', reason: 'no-answer' });
      expect(message).toMatchObject({ status: 'unknown', reason: 'no-answer' });
      expect(due).toBe(noon + day);
    });

    test('a template that cannot be rendered fails without naming the data', async () => {
      const broken = () => {
        throw new Error('buyer1@example.com is not a list');
      };
      const { message, due } = await outcome({ status: 'sent' }, { renderer: { render: broken } });
      expect(message).toMatchObject({ status: 'failed', reason: 'render-error', detail: 'Error' });
      expect(due).toBe(noon);
    });

    test('a carrier that throws leaves the fate unknown', async () => {
      await fill(db, 2);
      const way = carrier(() => {
        throw new TypeError('a bug');
      });
      expect((await dispatch(db, options(way))).total.unknown).toBe(2);
      expect((await messages(db))[0]).toMatchObject({ reason: 'carrier-error', detail: 'TypeError' });
    });

    test.each([
      undefined,
      { status: 'delivered' },
      { status: 'failed' },
      { status: 'retry', reason: 'temporary', afterMs: 'soon' },
    ])('a carrier that answers %j leaves the fate unknown', async (answer) => {
      const { message } = await outcome(answer as unknown as Outcome);
      expect(message).toMatchObject({ status: 'unknown', reason: 'carrier-error', detail: 'TypeError' });
    });

    test('a carrier that throws before it returns a promise leaves the fate unknown', async () => {
      await fill(db, 1);
      const send = () => {
        throw new RangeError('a bug');
      };
      const way = { ...carrier(() => ({ status: 'sent' })), send };
      expect((await dispatch(db, options(way))).total.unknown).toBe(1);
    });
  });

  test('an abort finishes what is on the wire and gives the rest back', async () => {
    await fill(db, 30);
    const stop = new AbortController();
    const way = carrier(async () => {
      stop.abort();
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { status: 'sent' };
    });
    const report = await dispatch(db, options(way, { batch: 10, signal: stop.signal }));
    expect(report.total.sent).toBe(way.got.length);
    expect(way.got.length).toBeLessThanOrEqual(4);
    expect(await statuses(db)).toEqual({ sent: way.got.length, decided: 30 - way.got.length });
  });

  test('outcomes of a slow channel are settled within a second, however few they are, and while nothing else is answered', async () => {
    await fill(db, 6);
    const way = carrier(async () => {
      if (way.got.length > 3) await vi.waitFor(async () => expect((await statuses(db)).sent).toBe(3), 5_000);
      return { status: 'sent' };
    });
    const { total } = await dispatch(db, options(way));
    expect(total.sent).toBe(6);
  });

  test('after a clock was set back each message is looked at again as before', async () => {
    await fill(db, 60);
    let at = noon;
    const way = carrier(async () => {
      at -= 60_000;
      if (way.got.length === 8) await db.run(sql`DELETE FROM subscription`);
      return { status: 'sent' };
    });
    const { total } = await dispatch(db, options(way, { now: () => at }));
    expect(total.sent).toBeLessThan(20);
    expect(total.sent + total.suppressed + total.held).toBe(60);
  });

  test('after another process has changed the store each message is looked at again', async () => {
    await fill(db, 60);
    let changes = 0;
    const shared: Database = Object.create(db, { guestChanges: { get: () => changes } });
    const way = carrier(async () => {
      if (way.got.length === 8) {
        await db.run(sql`DELETE FROM subscription`);
        changes++;
      }
      return { status: 'sent' };
    });
    // The clock stands still: no look grows old.
    const { total } = await dispatch(shared, options(way));
    expect(total.sent).toBeLessThan(20);
    expect(total.sent + total.suppressed + total.held).toBe(60);
  });

  test('a store that refuses stops the sending, and what was sent is not forgotten if it recovers', async () => {
    await fill(db, 60);
    let refusals = 1;
    const flaky: Database = Object.create(db, {
      transaction: {
        value: <T>(work: (tx: Database) => Promise<T>) =>
          db.transaction(async (tx) => {
            const result = await work(tx);
            const [row] = await tx.query<{ n: number }>(sql`SELECT count(*) AS n FROM message WHERE status = 'sent'`);
            if (row && row.n > 0 && refusals-- > 0) throw new Error('disk full');
            return result;
          }),
      },
    });
    const way = carrier();
    const report = await dispatch(flaky, options(way, { batch: 5 }));
    expect(report.total.sent).toBe(way.got.length);
    expect(way.got.length).toBeLessThan(60);
    expect(await statuses(db)).toEqual({ sent: way.got.length, decided: 60 - way.got.length });
  });
});

/** The number of messages that are in somebody's hands. */
async function claims(db: Database): Promise<number> {
  return (await db.query(sql`SELECT message FROM claim`)).length;
}
