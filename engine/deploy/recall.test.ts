import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { begin, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, events, hour, minute, people, program } from '../../test/world.ts';
import { pause, resume } from '../store/pauses.ts';
import { runTick } from '../tick/run-tick.ts';
import { cancelWaiting, claimedOf, recalledMessages } from './recall.ts';

const start = Date.UTC(2026, 2, 2, 10);
const cascade = program({
  campaigns: [
    campaign({
      steps: [
        {
          kind: 'cascade',
          id: 'nudge',
          stages: [
            { id: 'nudge.email', channel: 'email', template: 'cart', until: 'opened', within: 5 * hour },
            { id: 'nudge.sms', channel: 'sms', template: 'cart' },
          ],
        },
      ],
    }),
  ],
});
const cart = { kind: 'campaign' as const, name: 'cart' };

onEveryStore('a recall', (open) => {
  it('cancels what waits, and a cascade goes on without it when the campaign does', async () => {
    const db = await begin(open, cascade, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(db, 'cart_updated', [
      { customer: 'c1', at: start },
      { customer: 'c2', at: start },
    ]);
    await runTick(db, cascade, start, 'test');
    await db.run(sql`
      UPDATE message SET status = 'sent', finished_at = ${start + minute}::bigint
      WHERE customer IN (SELECT customer FROM customer WHERE id = 'c1')`);
    await pause(db, cart, start + minute);
    expect(await recalledMessages(db, 'cart', start)).toEqual([
      { channel: 'email', customer: 'c1', status: 'sent', at: start + minute },
      { channel: 'email', customer: 'c2', status: 'decided', at: start },
    ]);
    expect(await recalledMessages(db, 'cart', start + hour)).toMatchObject([{ customer: 'c2', status: 'decided' }]);
    expect(await recalledMessages(db, 'other', start)).toEqual([]);
    expect(await claimedOf(db, 'cart')).toBe(0);
    await db.run(sql`INSERT INTO claim (message, worker) SELECT message, 'w' FROM message WHERE status = 'decided'`);
    expect(await claimedOf(db, 'cart')).toBe(1);
    expect(await cancelWaiting(db, 'cart', start + 2 * minute)).toBe(1);
    expect(await cancelWaiting(db, 'cart', start + 2 * minute), 'twice is nothing').toBe(0);
    await runTick(db, cascade, start + 3 * minute, 'test');
    expect(await messages(db, start)).toEqual(['+0m c1 nudge.email email sent', '+0m c2 nudge.email email recalled']);
    await resume(db, cart, start + 4 * minute);
    await runTick(db, cascade, start + 4 * minute, 'test');
    expect((await messages(db, start)).slice(2)).toEqual(['+4m c2 nudge.sms sms decided']);
  });
});
