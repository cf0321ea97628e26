import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { begin, carryOn, enrolments, messages } from '../../test/drive.ts';
import { carrier, fill, id, noon, options, day as outboxDay, statuses, stillClaimed } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, minute, people, program } from '../../test/world.ts';
import { dispatch } from '../delivery/dispatch.ts';
import { claim, release } from '../delivery/outbox.ts';
import { applyProgram } from '../deploy/apply.ts';
import { nextInstant, runTick } from '../tick/run-tick.ts';
import { pause, readPauses, resume, type Target, waiting } from './pauses.ts';

const start = Date.UTC(2026, 2, 2, 10);
const cart: Target = { kind: 'campaign', name: 'cart' };
const everything: Target = { kind: 'all', name: '' };
const slow = program({
  campaigns: [
    campaign({
      exit: [{ event: 'order_paid' }],
      steps: [
        { kind: 'wait', id: 'w', ms: hour },
        { kind: 'send', id: 's', channel: 'email', template: 'cart' },
      ],
    }),
    campaign({ name: 'other', steps: [{ kind: 'send', id: 's', channel: 'email', template: 'other' }] }),
  ],
});

onEveryStore('a paused campaign', (open) => {
  it('takes customers in, lets buyers out, and moves nobody; after it everything due goes on', async () => {
    const db = await begin(open, slow, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }, { id: 'c3' }]);
    await events(db, 'cart_updated', [
      { customer: 'c1', at: start },
      { customer: 'c2', at: start },
      { customer: 'c3', at: start + 2 * hour },
    ]);
    await runTick(db, slow, start, 'test');
    expect(await pause(db, cart, start)).toEqual({ pause: { ...cart, since: start }, changed: true });
    expect(await pause(db, cart, start + 1)).toEqual({ pause: { ...cart, since: start }, changed: false });
    await events(db, 'order_paid', [{ customer: 'c2', at: start + 90 * minute }]);
    await carryOn(db, slow, start, start + 3 * hour);
    expect(await enrolments(db, start)).toEqual([
      '+0m c1 cart active',
      '+0m c1 other completed +0m',
      '+0m c2 cart exit-event +90m',
      '+0m c2 other completed +0m',
      '+120m c3 cart active',
      '+120m c3 other completed +120m',
    ]);
    const sent = await messages(db, start);
    expect(sent).toEqual(['+0m c1 s email sent', '+0m c2 s email sent', '+120m c3 s email sent']);
    expect(await waiting(db, cart, start + 3 * hour)).toEqual({ customers: 2, due: 2, messages: 0 });
    expect(await resume(db, cart, start + 3 * hour)).toEqual([{ ...cart, since: start }]);
    expect(await resume(db, cart, start + 3 * hour), 'twice is nothing').toEqual([]);
    await carryOn(db, slow, start + 3 * hour, start + day);
    // The wait of c1 has been over for two hours; that of c3 begins now.
    expect((await messages(db, start)).slice(3)).toEqual(['+180m c1 s email sent', '+240m c3 s email sent']);
  });

  it('neither holds up the virtual clock nor makes it pass over others', async () => {
    const db = await begin(open, slow, start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await runTick(db, slow, start, 'test');
    await pause(db, cart, start);
    expect(await nextInstant(db, slow, start + 5 * hour), 'nothing to do but to wait').toBeUndefined();
    await events(db, 'order_paid', [{ customer: 'c1', at: start + 7 * hour }]);
    expect(await nextInstant(db, slow, start + 5 * hour)).toBe(start + 7 * hour);
    await resume(db, cart, start + 5 * hour);
    expect(await nextInstant(db, slow, start + 5 * hour)).toBe(start + 5 * hour + minute);
  });

  it('does not hold up the messages of another campaign that comes after it', async () => {
    const both = program({ campaigns: [campaign({ priority: 9 }), campaign({ name: 'other' })] });
    const db = await begin(open, both, start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await pause(db, cart, start);
    await carryOn(db, both, start, start + hour);
    expect(await enrolments(db, start)).toEqual(['+0m c1 cart active', '+0m c1 other completed +0m']);
  });

  it('stays paused through applies, and while it is removed', async () => {
    const db = await begin(open, slow, start);
    await pause(db, cart, start);
    await applyProgram(db, { program: program({ campaigns: [] }), at: start + hour, lineage: 'test' });
    await applyProgram(db, { program: slow, at: start + 2 * hour, lineage: 'test' });
    expect(await readPauses(db)).toEqual([{ ...cart, since: start }]);
  });
});

onEveryStore('messages under a pause', (open) => {
  it.each<Target>([cart, { kind: 'channel', name: 'email' }, everything])(
    'of $kind wait in the outbox',
    async (target) => {
      const db = await open();
      await fill(db, 4);
      await claim(db, 'email', 'w1', noon, 2);
      await pause(db, target, noon);
      expect((await stillClaimed(db, 'w1', [id(1), id(2)])).size, 'what a worker has in hand waits too').toBe(0);
      await release(db, 'w1', [id(1), id(2)]);
      const way = carrier();
      await dispatch(db, options(way));
      expect(way.got).toEqual([]);
      expect(await statuses(db)).toEqual({ decided: 4 });
      expect((await waiting(db, target, noon)).messages).toBe(4);
      await resume(db, everything, noon);
      await dispatch(db, options(way));
      expect(way.got).toHaveLength(4);
    },
  );

  it('of another campaign or channel leave', async () => {
    const db = await open();
    await fill(db, 2);
    await pause(db, { kind: 'campaign', name: 'another' }, noon);
    await pause(db, { kind: 'channel', name: 'sms' }, noon);
    const way = carrier();
    await dispatch(db, options(way));
    expect(way.got).toHaveLength(2);
  });

  it('expire as others do, and their cascades go on', async () => {
    const db = await open();
    await fill(db, 2);
    await db.run(sql`UPDATE message SET expires_at = ${noon + outboxDay / 2}::bigint WHERE message = ${id(1)}`);
    await pause(db, { kind: 'channel', name: 'email' }, noon);
    const later = noon + outboxDay / 2;
    await dispatch(db, options(carrier(), { now: () => later }));
    expect(await db.query(sql`SELECT status, reason FROM message ORDER BY message`)).toEqual([
      { status: 'expired', reason: 'late:paused' },
      { status: 'decided', reason: null },
    ]);
    expect(await db.query(sql`SELECT due_at FROM enrolment ORDER BY enrolment`)).toEqual([
      { due_at: later },
      { due_at: noon + outboxDay },
    ]);
  });
});
