import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { carrier, fill, id, noon, options, program, statuses } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, program as shop } from '../../test/world.ts';
import { dispatch } from '../dispatch/dispatch.ts';
import { begin, claim } from '../dispatch/outbox.ts';
import type { Database } from '../store/database.ts';
import { applyProgram } from './apply.ts';

const lease = { worker: 'w1', now: noon, leaseMs: 60_000 };
/** The tables of `fill` know the campaign `cart`; `other` takes its place. */
const apply = (db: Database, ...names: string[]) =>
  applyProgram(db, {
    program: shop({ campaigns: names.map((name) => campaign({ name })) }),
    at: noon,
    lineage: 'test',
  });

onEveryStore('reservations at an apply', (open) => {
  it('of a removed campaign are cancelled, and their worker does not find them its own', async () => {
    const db = await open();
    await fill(db, 3);
    await claim(db, 'email', lease, 2);
    await apply(db, 'other');
    expect((await begin(db, lease, [id(1), id(2)])).size).toBe(0);
    const fates = sql`SELECT DISTINCT status, reason, claimed_by, lease_until FROM message`;
    expect(await db.query(fates)).toEqual([
      { status: 'suppressed', reason: 'removed', claimed_by: null, lease_until: null },
    ]);
  });

  it('of the others are taken back and claimed anew, but not what is on the wire', async () => {
    const db = await open();
    await fill(db, 3);
    await claim(db, 'email', lease, 2);
    await begin(db, lease, [id(1)]);
    await apply(db, 'cart');
    expect((await begin(db, lease, [id(2)])).size).toBe(0);
    expect(await statuses(db)).toEqual({ claimed: 1, decided: 2 });
    const anew = await claim(db, 'email', { ...lease, worker: 'w2' }, 10);
    expect(anew.map(({ message }) => message)).toEqual([id(2), id(3)]);
  });

  it('that come back to the outbox after the removal are refused by the last look', async () => {
    const db = await open();
    await fill(db, 2);
    await db.run(sql`UPDATE enrolment SET status = 'ended', reason = 'completed', step = NULL WHERE customer = 2`);
    await db.run(sql`UPDATE step SET within = NULL`);
    await claim(db, 'email', lease, 2);
    await begin(db, lease, [id(1), id(2)]);
    await apply(db, 'other');
    await db.run(sql`UPDATE message SET status = 'decided', reason = 'temporary', claimed_by = NULL`);
    const way = carrier();
    await dispatch(db, options(way, { program: program() }));
    expect(way.got).toEqual([]);
    expect(await db.query(sql`SELECT DISTINCT status, reason FROM message`)).toEqual([
      { status: 'suppressed', reason: 'removed' },
    ]);
  });
});
