import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { begin } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, people, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Database } from '../store/database.ts';
import { readDelays } from '../store/delays.ts';
import { pause, resume, type Target } from '../store/pauses.ts';
import { runTick } from './run-tick.ts';
import { shiftTimers } from './shift.ts';

const start = Date.UTC(2026, 2, 2, 10);
const everything: Target = { kind: 'all', name: '' };
const of = (name: string): Target => ({ kind: 'campaign', name });
const send = (name: string) => ({ kind: 'send' as const, id: 's', channel: 'email', template: name });
const waits = program({
  campaigns: [
    campaign({ steps: [{ kind: 'wait', id: 'w', ms: 3 * hour }, send('cart')] }),
    campaign({ name: 'other', steps: [{ kind: 'wait', id: 'w', ms: 3 * hour }, send('other')] }),
  ],
});

const messages = (db: Database) => db.query<{ campaign: string }>(sql`SELECT campaign FROM message`);

async function lift(db: Database, target: Target, at: number, shift?: boolean): Promise<number> {
  return shiftTimers(db, await resume(db, target, at, shift), at);
}

onEveryStore('timers of a pause that moves them', (open) => {
  async function paused(...targets: [target: Target, at: number, shift: boolean][]): Promise<Database> {
    const db = await begin(open, waits, start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await runTick(db, waits, start, 'test');
    for (const [target, at, shift] of targets) await pause(db, target, at, shift);
    return db;
  }
  const sentAt = async (db: Database, hours: number[]) => {
    const found: Record<string, number> = {};
    for (const each of hours) {
      await runTick(db, waits, start + each * hour, 'test');
      for (const { campaign } of await messages(db)) found[campaign] ??= each;
    }
    return found;
  };

  it('end later by the paused time', async () => {
    const db = await paused([of('cart'), start + hour, true]);
    expect(await sentAt(db, [2, 3, 5])).toEqual({ other: 3 });
    expect(await lift(db, of('cart'), start + 5 * hour)).toBe(1);
    expect(await sentAt(db, [5, 6, 7, 8])).toEqual({ other: 5, cart: 7 });
    expect(await readDelays(db)).toMatchObject([{ since: start + hour, until: start + 5 * hour, shifted: true }]);
  });

  it('run on by default, and if the resumption says so', async () => {
    const db = await paused([of('cart'), start + hour, false]);
    expect(await lift(db, of('cart'), start + 5 * hour)).toBe(0);
    expect(await sentAt(db, [5])).toEqual({ cart: 5, other: 5 });
    const other = await paused([of('cart'), start + hour, true]);
    expect(await lift(other, of('cart'), start + 5 * hour, false)).toBe(0);
    const [over] = await readDelays(other);
    expect(over).not.toHaveProperty('shifted');
  });

  it('are moved if only the resumption says so', async () => {
    const db = await paused([of('cart'), start + hour, false]);
    expect(await lift(db, of('cart'), start + 2 * hour, true)).toBe(1);
    expect(await sentAt(db, [3, 4])).toEqual({ other: 3, cart: 4 });
  });

  it('count the time of two pauses once', async () => {
    const db = await paused([of('cart'), start + hour, true], [everything, start + 2 * hour, true]);
    expect(await lift(db, everything, start + 4 * hour)).toBe(2);
    expect(await sentAt(db, [4, 5, 6])).toEqual({ other: 5, cart: 6 });
  });

  it('leave customers who entered in the pause at their first step', async () => {
    const db = await paused([of('cart'), start, true]);
    await people(db, [{ id: 'c2' }]);
    await events(db, 'cart_updated', [{ customer: 'c2', at: start + hour }]);
    await runTick(db, waits, start + hour, 'test');
    expect(await lift(db, of('cart'), start + 2 * hour)).toBe(1);
    await runTick(db, waits, start + 2 * hour, 'test');
    const due = await db.query(sql`SELECT due_at FROM enrolment WHERE campaign = 'cart'`);
    expect(due).toEqual([{ due_at: start + 5 * hour }, { due_at: start + 5 * hour }]);
  });

  it('wait for the next instant of the clock, where theirs has passed', async () => {
    const clock = program({
      campaigns: [campaign({ steps: [{ kind: 'until', id: 'u', minuteOfDay: 12 * 60 }, send('cart')] })],
    });
    const db = await begin(open, clock, start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await runTick(db, clock, start, 'test');
    await pause(db, of('cart'), start, true);
    expect(await lift(db, of('cart'), start + hour), 'which has not').toBe(0);
    await pause(db, of('cart'), start + hour, true);
    expect(await lift(db, of('cart'), start + 3 * hour)).toBe(1);
    await runTick(db, clock, start + 3 * hour, 'test');
    expect(await messages(db)).toEqual([]);
    await runTick(db, clock, start + 2 * hour + day, 'test');
    expect(await messages(db)).toHaveLength(1);
  });

  it('move the beginning of the time for an event too, of a customer whom another version has taken over', async () => {
    const version = (hours: number) =>
      program({
        campaigns: [
          campaign({
            inFlight: 'migrate',
            steps: [
              { kind: 'await', id: 'a', event: 'order_paid', within: hours * hour, then: [], else: [send('cart')] },
            ],
          }),
        ],
      });
    const db = await begin(open, version(3), start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await runTick(db, version(3), start, 'test');
    await applyProgram(db, { program: version(5), at: start + hour, lineage: 'test' });
    await pause(db, of('cart'), start + hour, true);
    expect(await lift(db, of('cart'), start + 3 * hour)).toBe(1);
    // An order from before the moved beginning, which is collected late.
    await events(db, 'order_paid', [{ customer: 'c1', at: start + hour }]);
    await runTick(db, version(5), start + 4 * hour, 'test');
    expect(await db.query(sql`SELECT deferred_at, due_at, status FROM enrolment`)).toEqual([
      { deferred_at: start + 2 * hour, due_at: start + 5 * hour, status: 'active' },
    ]);
  });

  it('leave the time for an event and for a reaction as long as it was', async () => {
    const waiting = program({
      campaigns: [
        campaign({
          steps: [{ kind: 'await', id: 'a', event: 'order_paid', within: 3 * hour, then: [], else: [send('cart')] }],
        }),
        campaign({
          name: 'other',
          steps: [
            {
              kind: 'cascade',
              id: 'n',
              stages: [
                { id: 'n.email', channel: 'email', template: 'other', until: 'opened', within: 3 * hour },
                { id: 'n.sms', channel: 'sms', template: 'other' },
              ],
            },
          ],
        }),
      ],
    });
    const db = await begin(open, waiting, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(db, 'cart_updated', [
      { customer: 'c1', at: start },
      { customer: 'c2', at: start },
    ]);
    await runTick(db, waiting, start, 'test');
    await pause(db, everything, start + hour, true);
    // An order in the pause is noticed as ever.
    await events(db, 'order_paid', [{ customer: 'c1', at: start + 2 * hour }]);
    await runTick(db, waiting, start + 4 * hour, 'test');
    expect(await lift(db, everything, start + 5 * hour)).toBe(3);
    await runTick(db, waiting, start + 6 * hour, 'test');
    const found = () => db.query(sql`SELECT campaign, channel, count(*) AS n FROM message GROUP BY 1, 2 ORDER BY 1, 2`);
    expect(await found(), 'c1 has ordered, and c2 may still').toEqual([{ campaign: 'other', channel: 'email', n: 2 }]);
    await events(db, 'order_paid', [{ customer: 'c2', at: start + 6 * hour + 1 }]);
    await runTick(db, waiting, start + 7 * hour, 'test');
    expect(await found(), 'in time').toEqual([
      { campaign: 'other', channel: 'email', n: 2 },
      { campaign: 'other', channel: 'sms', n: 2 },
    ]);
  });
});
