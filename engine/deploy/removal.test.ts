import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { carrier, fill, id, noon, options, program, stillClaimed } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, program as shop } from '../../test/world.ts';
import { dispatch } from '../delivery/dispatch.ts';
import { claim } from '../delivery/outbox.ts';
import type { Database } from '../store/database.ts';
import { applyProgram } from './apply.ts';

/** The tables of `fill` know the campaign `cart`; `other` takes its place. */
const apply = (db: Database, ...names: string[]) =>
  applyProgram(db, {
    program: shop({ campaigns: names.map((name) => campaign({ name })) }),
    at: noon,
    lineage: 'test',
  });
const fates = (db: Database) => db.query(sql`SELECT DISTINCT status, reason FROM message`);

onEveryStore('messages in the hands of a worker at an apply', (open) => {
  it('of a removed campaign are cancelled, and their worker does not find them its own', async () => {
    const db = await open();
    await fill(db, 3);
    await claim(db, 'email', 'w1', noon, 2);
    expect((await stillClaimed(db, 'w1', [id(1), id(2)])).size).toBe(2);
    await apply(db, 'other');
    expect((await stillClaimed(db, 'w1', [id(1), id(2)])).size).toBe(0);
    expect(await fates(db)).toEqual([{ status: 'suppressed', reason: 'removed' }]);
  });

  it('of a removed campaign that are on a connection are recorded as what they became', async () => {
    const db = await open();
    await fill(db, 2);
    let at = noon;
    const way = carrier(async () => {
      await apply(db, 'other');
      at += 1000;
      return { status: 'sent' };
    });
    await dispatch(db, options({ ...way, concurrency: 1 }, { now: () => at }));
    expect(way.got).toHaveLength(1);
    const rows = sql`SELECT status, reason FROM message ORDER BY message`;
    expect(await db.query(rows)).toEqual([
      { status: 'sent', reason: null },
      { status: 'suppressed', reason: 'removed' },
    ]);
  });

  it('that return to the outbox after the removal are refused by the last check', async () => {
    const db = await open();
    await fill(db, 2);
    await db.run(sql`UPDATE enrolment SET status = 'ended', reason = 'completed', step = NULL WHERE customer = 2`);
    await db.run(sql`UPDATE step SET within = NULL`);
    await apply(db, 'other');
    await db.run(sql`UPDATE message SET status = 'decided', reason = 'temporary'`);
    const way = carrier();
    await dispatch(db, options(way, { program: program() }));
    expect(way.got).toEqual([]);
    expect(await fates(db)).toEqual([{ status: 'suppressed', reason: 'removed' }]);
  });
});
