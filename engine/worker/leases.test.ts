import sql from 'sql-template-tag';
import { beforeEach, expect, test } from 'vitest';
import { carrier, day, fill, id, messages, noon, options, program, statuses } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import type { Carrier, Outcome } from '../delivery/carriers/carrier.ts';
import { dispatch } from '../delivery/dispatch.ts';
import { handled } from '../delivery/entry.ts';
import { type Claimed, claim } from '../delivery/outbox.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { createLeases } from './lease.ts';
import { expireLeases, leasedToOthers, sharedClock, takeOver } from './leases.ts';
import { sendDue } from './send-due.ts';

onEveryStore('leases', (open, engine) => {
  let db: Database;
  beforeEach(async () => {
    db = await open();
  });

  const lease = 1000;
  /** As a worker leaves it that dies with these messages on its connections. */
  const die = async (count: number, onConnections: string[], until = noon + lease) => {
    await db.run(sql`INSERT INTO worker (worker, lease_until) VALUES ('dead', ${until}::bigint)`);
    expect(await claim(db, 'email', 'dead', noon, 10)).toHaveLength(count);
    for (const message of onConnections)
      await db.run(sql`INSERT INTO transit (message, worker) VALUES (${message}, 'dead')`);
  };

  test('of a dead worker: marketing is unknown, transactional sent again', async () => {
    await fill(db, 2);
    await db.run(sql`UPDATE message SET category = 'transactional' WHERE message = ${id(2)}`);
    await die(2, [id(1), id(2)]);
    const way = carrier();
    expect((await dispatch(db, options(way, { now: () => noon + 999 }))).lapsed).toEqual({ unknown: 0, again: 0 });
    expect(way.got).toEqual([]);
    expect((await dispatch(db, options(way, { now: () => noon + 1000 }))).lapsed).toEqual({ unknown: 1, again: 1 });
    expect((await messages(db)).map((m) => `${m.status} ${m.reason} ${m.attempts}`)).toEqual([
      'unknown lease-expired 1',
      'sent null 2',
    ]);
    expect(way.got.map((m) => m.id)).toEqual([id(2)]);
  });

  test('the channel’s own rule goes first, and what was never on a connection always goes again', async () => {
    await fill(db, 3);
    await db.run(sql`UPDATE message SET category = 'transactional' WHERE message = ${id(2)}`);
    const [email] = program().channels;
    const with_ = (resendUnknown: boolean) => program({ channels: email ? [{ ...email, resendUnknown }] : [] });
    await die(3, [id(1), id(2)]);
    expect(await expireLeases(db, with_(false), noon + lease)).toEqual({ unknown: 2, again: 1 });
    await db.run(sql`UPDATE message SET status = 'decided'`);
    await die(3, [id(1), id(2)]);
    expect(await expireLeases(db, with_(true), noon + lease)).toEqual({ unknown: 0, again: 3 });
  });

  test('the owner of an embedded store settles claims that an earlier version has left in the status', async () => {
    await fill(db, 3);
    await db.run(sql`UPDATE message SET status = 'claimed'`);
    await db.run(sql`UPDATE message SET reason = 'reserved' WHERE message = ${id(1)}`);
    await db.run(sql`UPDATE message SET category = 'transactional' WHERE message = ${id(2)}`);
    const lapsed = await takeOver(db, program(), noon);
    const now = (await messages(db)).map((m) => m.status);
    // On PostgreSQL a worker of the earlier version may still be sending them.
    if (engine === 'DuckDB') {
      expect(lapsed).toEqual({ unknown: 1, again: 2 });
      expect(now).toEqual(['decided', 'decided', 'unknown']);
    } else {
      expect(lapsed).toEqual({ unknown: 0, again: 0 });
      expect(now).toEqual(['claimed', 'claimed', 'claimed']);
    }
  });

  test('of a dead worker whose lease still runs: the next owner of an embedded store takes all over, other workers wait', async () => {
    await fill(db, 3);
    await db.run(sql`UPDATE message SET category = 'transactional' WHERE message = ${id(2)}`);
    // PostgreSQL's own clock counts there.
    const until = Date.now() + 60_000;
    await die(3, [id(1), id(2)], until);
    expect(await leasedToOthers(db, ['email'], noon)).toEqual({ messages: 3, until });
    expect(await leasedToOthers(db, ['sms'], noon)).toBeUndefined();
    const way = carrier();
    const lapsed = await takeOver(db, program(), noon);
    const report = await sendDue(db, { ...options(way), root: '/' });
    if (engine === 'DuckDB') {
      expect(lapsed).toEqual({ unknown: 1, again: 2 });
      expect(report.leased).toBeUndefined();
      expect(way.got.map((m) => m.id).sort()).toEqual([id(2), id(3)]);
    } else {
      expect(lapsed).toEqual({ unknown: 0, again: 0 });
      expect(report.leased).toEqual({ messages: 3, until });
      expect(way.got).toEqual([]);
    }
  });

  test('what is cut off in doubt is sent again by the rule of a crash, unless it has been cancelled; the rest waits as before', async () => {
    await fill(db, 4);
    await db.run(sql`UPDATE message SET category = 'transactional' WHERE message <> ${id(1)}`);
    await db.run(sql`UPDATE message SET reason = 'temporary', attempts = 1 WHERE message = ${id(4)}`);
    const cut: Carrier = {
      concurrency: 4,
      send: async ({ id: message }) => {
        if (message === id(3)) await db.run(sql`UPDATE message SET status = 'suppressed' WHERE message = ${id(3)}`);
        return { status: 'cut', inDoubt: message !== id(4) };
      },
      close: async () => {},
    };
    const { total } = await dispatch(db, options(cut));
    expect(total).toMatchObject({ unknown: 1, retried: 2, held: 1 });
    expect(
      (await messages(db)).map(
        (m) => `${m.status} ${m.reason} ${m.attempts} ${m.send_at === noon} ${m.finished_at === noon}`,
      ),
    ).toEqual([
      'unknown no-answer 1 true true',
      'decided no-answer 1 true false',
      'unknown no-answer 1 true true',
      'decided temporary 1 true false',
    ]);
    expect(await db.query(sql`SELECT * FROM claim UNION ALL SELECT message, worker FROM transit`)).toEqual([]);
  });

  test('an outcome that was safe before the death counts', async () => {
    await fill(db, 2);
    await die(2, [id(1), id(2)]);
    const outcome = JSON.stringify(
      handled(
        { message: id(2), attempts: 0, expires_at: noon + day } as Claimed,
        'h',
        { status: 'sent', detail: '250' },
        noon,
      ),
    );
    await db.run(sql`INSERT INTO transit (message, worker, outcome) VALUES (${id(2)}, 'dead', ${outcome})`);
    expect(await expireLeases(db, program(), noon + lease)).toEqual({ unknown: 1, again: 0 });
    expect((await messages(db)).map((m) => `${m.status} ${m.detail} ${m.attempts}`)).toEqual([
      'unknown null 1',
      'sent 250 1',
    ]);
    for (const table of ['worker', 'claim', 'transit'])
      expect(await db.query(sql`SELECT * FROM ${ident(table)}`), table).toEqual([]);
  });

  test('a worker that was only slow can still say what became of its message', async () => {
    await fill(db, 1);
    const slow = carrier(async () => {
      await expireLeases(db, program(), noon + 5 * 60_000);
      expect(await statuses(db)).toEqual({ unknown: 1 });
      return { status: 'sent' };
    });
    await dispatch(db, options(slow));
    expect(await statuses(db)).toEqual({ sent: 1 });
  });

  test('a clock that jumps ahead takes nothing from the other channels of the same process', async () => {
    await fill(db, 3);
    const other = carrier();
    const slow = carrier(async () => {
      const jumped = await dispatch(db, options(other, { now: () => noon + 60 * 60_000 }));
      expect(jumped.lapsed).toEqual({ unknown: 0, again: 0 });
      return { status: 'sent' };
    });
    const { total } = await dispatch(db, options(slow));
    expect(total.sent).toBe(3);
    expect(other.got).toEqual([]);
  });

  test('on PostgreSQL the server’s clock decides, and not that of a worker', async () => {
    await fill(db, 1);
    await die(1, [id(1)], Date.now() + 60_000);
    const ahead = Date.now() + 60 * 60_000;
    const other = carrier();
    const given = options(other);
    const clock = (store: Database) => sharedClock(store, () => ahead);
    const { lapsed } = await dispatch(db, { ...given, leases: createLeases({ ...given, clock }) });
    expect(lapsed).toEqual(engine === 'DuckDB' ? { unknown: 1, again: 0 } : { unknown: 0, again: 0 });
    expect(other.got).toEqual([]);
  });

  test('two workers share the work and never a message', async () => {
    await fill(db, 200);
    const slowly = async (): Promise<Outcome> => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { status: 'sent' };
    };
    const [one, two] = [carrier(slowly), carrier(slowly)];
    await Promise.all([
      dispatch(db, options(one, { batch: 7, worker: 'w1' })),
      dispatch(db, options(two, { batch: 7, worker: 'w2' })),
    ]);
    const sent = [...one.got, ...two.got].map((m) => m.id);
    expect(sent).toHaveLength(200);
    expect(new Set(sent).size).toBe(200);
    expect(one.got.length).toBeGreaterThan(0);
    expect(two.got.length).toBeGreaterThan(0);
    expect(await statuses(db)).toEqual({ sent: 200 });
  });

  test('claims at the same time never take the same', async () => {
    await fill(db, 20);
    const taken = await Promise.all(['w1', 'w2', 'w3'].map((worker) => claim(db.lane, 'email', worker, noon, 8)));
    const all = taken.flat().map((m) => m.message);
    expect(all).toHaveLength(20);
    expect(new Set(all).size).toBe(20);
  });

  test('a claim takes transactional messages first, then the oldest', async () => {
    await fill(db, 4);
    await db.run(sql`UPDATE message SET decided_at = ${noon - 5}::bigint WHERE message = ${id(3)}`);
    await db.run(sql`UPDATE message SET category = 'transactional' WHERE message = ${id(4)}`);
    const first = await claim(db, 'email', 'w1', noon, 3);
    expect(first.map((m) => m.message)).toEqual([id(4), id(3), id(1)]);
  });
});
