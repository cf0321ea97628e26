import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { fill, messages, options, program } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import type { Outgoing } from './carriers/carrier.ts';
import { dispatch } from './dispatch.ts';

onEveryStore('a channel whose messages go to one address', (open) => {
  it('sends each customer’s message there, and learns nothing about the customers’ addresses', async () => {
    const db = await open();
    await fill(db, 3);
    await db.run(sql`UPDATE customer SET email = NULL WHERE customer = 3`);
    const own = program();
    const channels = own.channels.map((channel) => ({ ...channel, to: 'trial@shop.example' }));
    const got: Outgoing[] = [];
    const send = async (message: Outgoing) => {
      got.push(message);
      return { status: 'failed' as const, reason: 'rejected', bounce: true };
    };
    const all = { ...options({ concurrency: 1, send, close: async () => {} }), program: { ...own, channels } };
    await dispatch(db, all);
    expect(got.map(({ to }) => to)).toEqual(['trial@shop.example', 'trial@shop.example']);
    expect(got.map(({ text }) => text.includes('buyer1@example.com'))).toEqual([true, false]);
    const fates = (await messages(db)).map(({ status, reason }) => [status, reason]);
    expect(fates, 'a customer without an address gets nothing in a trial either').toEqual([
      ['failed', 'rejected'],
      ['failed', 'rejected'],
      ['suppressed', 'no-address'],
    ]);
    expect(await db.query(sql`SELECT * FROM suppression`)).toEqual([]);
    expect(await db.query(sql`SELECT address FROM message WHERE address IS NOT NULL`)).toEqual([]);
  });
});
