import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { fill, messages, noon, options, program } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import { ensureZones } from '../store/zones.ts';
import type { Outgoing } from './carriers/carrier.ts';
import { dispatch } from './dispatch.ts';

onEveryStore('a customer who changes after the message was claimed', (open) => {
  it('is written to at the address, in the zone and by the name of the moment at which the message leaves', async () => {
    const db = await open();
    await fill(db, 4);
    await ensureZones(db, ['Europe/Moscow', 'Asia/Kamchatka'], 'test');
    const quiet = { from: 18 * 60, to: 9 * 60, otherwise: 'hold' as const, transactional: false };
    const p = program({ policies: { caps: [], quietHours: quiet, hash: 'y' } });
    let now = noon;
    const got: Outgoing[] = [];
    const send = async (message: Outgoing) => {
      if (got.length === 0) {
        await db.run(sql`UPDATE customer SET email = 'new@example.com', name = 'New' WHERE customer = 2`);
        await db.run(sql`UPDATE customer SET zone = 'Asia/Kamchatka' WHERE customer = 3`);
        await db.run(sql`UPDATE customer SET email = NULL WHERE customer = 4`);
      }
      got.push(message);
      now += 1000;
      return { status: 'sent' as const };
    };
    const slow = { concurrency: 1, send, close: async () => {} };
    await dispatch(db, { ...options(slow), program: p, now: () => now });
    expect(got.map(({ to }) => to)).toEqual(['buyer1@example.com', 'new@example.com']);
    expect(got[1]?.text).toContain('"New"');
    const fates = (await messages(db)).map(({ status, reason }) => [status, reason]);
    expect(fates).toEqual([
      ['sent', null],
      ['sent', null],
      ['decided', 'quiet-hours'],
      ['suppressed', 'no-address'],
    ]);
  });
});
