import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import { begin, carryOn, enrolments, messages, tickAt, tz } from '../../test/drive.ts';
import { carrier, fill, options, program as outbox } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, minute, model, people, program } from '../../test/world.ts';
import { dispatch } from '../delivery/dispatch.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Database } from '../store/database.ts';
import { pause, resume } from '../store/pauses.ts';
import { runTick } from './run-tick.ts';

const start = Date.UTC(2026, 2, 2, 10);
const wait = { kind: 'wait', id: 'wait-1', ms: 2 * hour } as const;
const send = { kind: 'send', id: 'send-2', channel: 'email', template: 't' } as const;
const on = { kind: 'event', event: 'cart_updated', restart: true } as const;
const restarting = (other: Partial<Campaign> = {}, tick = minute) =>
  program({
    project: { ...model().project, tick },
    campaigns: [campaign({ on, reenter: { kind: 'never' }, steps: [wait, send], ...other })],
  });

/** Changes the cart of c1 so many hours after the start. */
const carts = (db: Database, hours: number[]) =>
  events(
    db,
    'cart_updated',
    hours.map((after) => ({ customer: 'c1', at: start + after * hour })),
  );

onEveryStore('a trigger that begins journeys anew', (open) => {
  it('counts the wait from the newest event, whatever the rule of re-entry, which holds again after the end', async () => {
    const world = restarting();
    const db = await begin(open, world, start);
    await people(db, [{ id: 'c1' }]);
    await carts(db, [0, 1, 2, 5]);
    await carryOn(db, world, start, start + day);
    expect(await messages(db, start)).toEqual(['+240m c1 send-2 email sent']);
    expect(await enrolments(db, start)).toEqual([
      '+0m c1 cart restarted +60m',
      '+60m c1 cart restarted +120m',
      '+120m c1 cart completed +240m',
    ]);
  });

  it('takes the newest of several events of one tick, and passes over one that is older than the journey', async () => {
    const world = restarting({}, 6 * hour);
    const db = await begin(open, world, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(db, 'cart_updated', [
      { customer: 'c1', at: start + hour },
      { customer: 'c1', at: start + 3 * hour },
      { customer: 'c2', at: start + 5 * hour },
    ]);
    await tickAt(db, world, start + 8 * hour);
    await events(db, 'cart_updated', [{ id: 'late', customer: 'c2', at: start + 4 * hour }]);
    await tickAt(db, world, start + 9 * hour);
    const rows = await db.query<{ after: number }>(
      sql`SELECT started_at - ${start}::bigint AS after FROM enrolment ORDER BY 1`,
    );
    expect(rows.map(({ after }) => after / hour)).toEqual([3, 5]);
  });

  it('lets exits and goals end the journey first, and holds the new one against what has happened since its event', async () => {
    const world = restarting({ exit: [{ event: 'order_paid' }] }, 6 * hour);
    const db = await begin(open, world, start);
    await people(db, [{ id: 'bought-between' }, { id: 'bought-after' }, { id: 'bought-late' }]);
    const all = ['bought-between', 'bought-after', 'bought-late'];
    await events(
      db,
      'cart_updated',
      all.map((customer) => ({ customer, at: start })),
    );
    await tickAt(db, world, start + hour);
    await events(
      db,
      'cart_updated',
      all.map((customer) => ({ id: `second ${customer}`, customer, at: start + 2 * hour })),
    );
    await events(db, 'order_paid', [
      { customer: 'bought-between', at: start + 2 * hour - 1 },
      { customer: 'bought-after', at: start + 2 * hour },
    ]);
    await tickAt(db, world, start + 2.5 * hour);
    // It happened before the newest cart, so it says nothing about that one.
    await events(db, 'order_paid', [{ id: 'late', customer: 'bought-late', at: start + hour + 1 }]);
    await tickAt(db, world, start + 3 * hour);
    expect(await enrolments(db, start)).toEqual([
      '+60m bought-after cart exit-event +150m',
      '+60m bought-between cart exit-event +150m',
      '+60m bought-late cart restarted +150m',
      '+150m bought-late cart active',
    ]);
  });

  it('cancels what waits to leave, keeps what has left, and counts a goal for the new journey alone', async () => {
    const world = restarting({
      goal: { event: 'order_paid', within: 7 * day },
      steps: [{ ...send, id: 'first' }, { ...wait, ms: day }, send],
    });
    const db = await begin(open, world, start);
    await people(db, [{ id: 'left' }, { id: 'waits' }]);
    await events(db, 'cart_updated', [{ customer: 'left', at: start }]);
    await tickAt(db, world, start);
    await events(db, 'cart_updated', [{ id: 'w1', customer: 'waits', at: start + minute }]);
    // Nothing leaves after this tick.
    await runTick(db, world, start + minute, tz);
    await events(db, 'cart_updated', [
      { id: 'l2', customer: 'left', at: start + 2 * minute },
      { id: 'w2', customer: 'waits', at: start + 2 * minute },
    ]);
    await tickAt(db, world, start + 2 * minute);
    await events(db, 'order_paid', [{ customer: 'waits', at: start + 3 * minute }]);
    await tickAt(db, world, start + 3 * minute);
    expect(await messages(db, start)).toEqual([
      '+0m left first email sent',
      '+1m waits first email restarted',
      '+2m left first email sent',
      '+2m waits first email sent',
    ]);
    const goals = await db.query<{ reason: string; reached: boolean }>(sql`
      SELECT e.reason, e.goal_at IS NOT NULL AS reached FROM enrolment e JOIN customer c ON c.customer = e.customer
      WHERE c.id = 'waits' ORDER BY e.enrolment`);
    expect(goals).toEqual([
      { reason: 'restarted', reached: false },
      { reason: 'goal', reached: true },
    ]);
  });

  it('does not restart by a correction of an event that has begun a journey', async () => {
    const world = restarting();
    const db = await begin(open, world, start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ id: 'one', customer: 'c1', at: start }]);
    await tickAt(db, world, start);
    await events(db, 'cart_updated', [{ id: 'one', customer: 'c1', at: start + hour, total: 7 }]);
    await tickAt(db, world, start + hour);
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart active']);
  });

  it('restarts while the campaign is paused too, and waits at the first step', async () => {
    const world = restarting();
    const db = await begin(open, world, start);
    await people(db, [{ id: 'c1' }]);
    await carts(db, [0, 1]);
    await tickAt(db, world, start);
    await pause(db, { kind: 'campaign', name: 'cart' }, start + 1);
    await tickAt(db, world, start + hour, start + 3 * hour);
    await resume(db, { kind: 'campaign', name: 'cart' }, start + 4 * hour);
    await carryOn(db, world, start + 4 * hour, start + day);
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart restarted +60m', '+60m c1 cart completed +360m']);
  });

  it('takes the newest of the events that arrived while the campaign waited for its data', async () => {
    const world = restarting();
    const db = await begin(open, world, start);
    await people(db, [{ id: 'c1' }]);
    await events(
      db,
      'cart_updated',
      [0, 20, 40].map((minutes) => ({ customer: 'c1', at: start + minutes * minute })),
    );
    await tickAt(db, world, start);
    await db.run(
      sql`INSERT INTO withheld (campaign, path, since) VALUES ('cart', 'carts.csv', ${start + minute}::bigint)`,
    );
    await tickAt(db, world, start + 30 * minute, start + hour);
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart active']);
    await db.run(sql`DELETE FROM withheld`);
    await carryOn(db, world, start + 70 * minute, start + day);
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart restarted +70m', '+70m c1 cart completed +190m']);
    const [newest] = await db.query<{ at: number }>(sql`SELECT max(started_at) AS "at" FROM enrolment`);
    expect(newest?.at).toBe(start + 40 * minute);
  });

  it('lets no event restart what was removed meanwhile, and one after it the journey that is taken up again', async () => {
    const world = restarting();
    const other = program({ project: world.project, campaigns: [campaign({ name: 'other' })] });
    const apply = (what: typeof world, at: number) => applyProgram(db, { program: what, at, lineage: 'test' });
    const db = await begin(open, world, start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ id: 'one', customer: 'c1', at: start }]);
    await tickAt(db, world, start);
    await apply(other, start + 10 * minute);
    await events(db, 'cart_updated', [{ id: 'two', customer: 'c1', at: start + 15 * minute }]);
    await tickAt(db, other, start + 20 * minute);
    await apply(world, start + 30 * minute);
    await tickAt(db, world, start + 31 * minute);
    const mine = async () => (await enrolments(db, start)).filter((one) => one.includes(' cart '));
    expect(await mine()).toEqual(['+0m c1 cart active']);
    await events(db, 'cart_updated', [{ id: 'three', customer: 'c1', at: start + 40 * minute }]);
    await tickAt(db, world, start + 40 * minute);
    expect(await mine()).toEqual(['+0m c1 cart restarted +40m', '+40m c1 cart active']);
  });

  it('sends no message that returns to the outbox after its journey was restarted', async () => {
    const db = await open();
    await fill(db, 1);
    await db.run(sql`UPDATE enrolment SET status = 'ended', reason = 'restarted', step = NULL`);
    await db.run(sql`UPDATE step SET within = NULL`);
    const way = carrier();
    await dispatch(db, options(way, { program: outbox() }));
    expect(way.got).toEqual([]);
    expect(await db.query(sql`SELECT status, reason FROM message`)).toEqual([
      { status: 'suppressed', reason: 'restarted' },
    ]);
  });
});
