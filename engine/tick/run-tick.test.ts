import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { begin, carryOn, enrolments, messages, tz } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, minute, people, program } from '../../test/world.ts';
import { runTick } from './run-tick.ts';

const start = Date.UTC(2026, 2, 2, 10);

onEveryStore('a tick', (open) => {
  it('enters on an event, waits, sends once and completes', async () => {
    const p = program({
      campaigns: [
        campaign({
          steps: [
            { kind: 'wait', id: 'wait-1', ms: 2 * hour },
            { kind: 'send', id: 'send-2', channel: 'email', template: 'cart' },
          ],
        }),
      ],
    });
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(db, 'cart_updated', [
      { customer: 'c1', at: start + 30_000 },
      { customer: 'c1', at: start + 3 * minute },
    ]);
    await carryOn(db, p, start, start + day);
    expect(await messages(db, start)).toEqual(['+121m c1 send-2 email sent']);
    expect(await enrolments(db, start)).toEqual(['+1m c1 cart completed +121m']);
    expect(await runTick(db, p, start, tz), 'an instant that is past is not ticked again').toBe(false);
  });

  it('does not enter on history', async () => {
    const p = program({ campaigns: [campaign()] });
    const db = await begin(open, p, start);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start - 1 }]);
    await carryOn(db, p, start, start + hour);
    expect(await enrolments(db, start)).toEqual([]);
  });

  it('ends on an exit event before the reminder of the same tick, and cancels what has not left', async () => {
    const p = program({
      campaigns: [
        campaign({
          exit: [{ event: 'order_paid' }],
          goal: {
            event: 'order_paid',
            within: 7 * day,
            value: { kind: 'field', type: 'money', of: 'trigger', name: 'total' },
          },
          steps: [
            { kind: 'wait', id: 'wait-1', ms: 2 * hour },
            { kind: 'send', id: 'send-2', channel: 'email', template: 'cart' },
          ],
        }),
      ],
    });
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }, { id: 'c3' }]);
    await events(db, 'cart_updated', [
      { customer: 'c1', at: start },
      { customer: 'c2', at: start },
      { customer: 'c3', at: start },
    ]);
    // c1 buys in the very minute of the reminder; c2 between decision and dispatch; c3 had bought before the cart.
    await events(db, 'order_paid', [
      { customer: 'c1', at: start + 2 * hour, total: 50 },
      { customer: 'c2', at: start + 2 * hour + 1, total: 70.5 },
      { customer: 'c3', at: start - 1, total: 1 },
    ]);
    for (const at of [start, start + 2 * hour, start + 2 * hour + minute]) await runTick(db, p, at, tz);
    expect(await messages(db, start)).toEqual(['+120m c2 send-2 email exit-event', '+120m c3 send-2 email decided']);
    expect(await enrolments(db, start)).toEqual([
      '+0m c1 cart exit-event +120m',
      '+0m c2 cart completed +120m',
      '+0m c3 cart completed +120m',
    ]);
    const goals = await db.query(sql`SELECT goal_value FROM enrolment ORDER BY enrolment`);
    expect(goals.map((g) => g.goal_value)).toEqual([50, 70.5, null]);
  });
});
