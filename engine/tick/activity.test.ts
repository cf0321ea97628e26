import { expect, it } from 'vitest';
import { begin, tz } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, events, hour, minute, people, program } from '../../test/world.ts';
import type { Activity } from './activity.ts';
import { runTick } from './run-tick.ts';

const start = Date.UTC(2026, 2, 2, 10);

onEveryStore('the work of a tick', (open) => {
  it('is counted, and an idle tick has none', async () => {
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
    await people(db, [{ id: 'c1' }, { id: 'c2' }, { id: 'c3', email: null }]);
    const done: [number, Activity][] = [];
    const tick = (at: number) =>
      runTick(db, p, at, tz, undefined, { onActivity: (activity) => done.push([at - start, activity]) });
    await tick(start);
    await events(
      db,
      'cart_updated',
      ['c1', 'c2', 'c3'].map((customer) => ({ customer, at: start + 30_000 })),
    );
    await tick(start + minute);
    await tick(start + 2 * minute);
    await tick(start + 2 * hour + minute);
    await tick(start + 2 * hour + 2 * minute);
    expect(done).toEqual([
      [minute, { entered: { cart: 3 }, moved: 0, decided: {}, refused: 0 }],
      [2 * hour + minute, { entered: {}, moved: 3, decided: { email: 2 }, refused: 1 }],
    ]);
  });
});
