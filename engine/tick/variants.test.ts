import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Send, Step } from '../../spec/model/campaign.ts';
import { begin, carryOn, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, consents, day, events, hour, people, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import { keepIds } from '../deploy/keep-ids.ts';
import type { Database } from '../store/database.ts';

const from = Date.UTC(2026, 1, 26, 12);
const mail: Send = { kind: 'send', id: 'send-1', channel: 'email', template: 'cart' };
const drawn: Send = { ...mail, variants: [{ name: 'plain', share: 5_000 }, { name: 'warm' }, { name: 'short' }] };
const cart = (steps: Step[], inFlight?: 'migrate') =>
  program({
    campaigns: [campaign({ reenter: { kind: 'always' }, steps, ...(inFlight && { inFlight }) })],
  });
const later: Step = { kind: 'wait', id: 'later', ms: hour };

async function enter(db: Database, at: number, customers: { id: string; email?: string }[]): Promise<void> {
  await events(
    db,
    'cart_updated',
    customers.map(({ id }) => ({ customer: id, at })),
  );
}

type Consent = [customer: string, channel: string, granted: boolean, at: number];

const some = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `c${i}`, email: `c${i}@example.com` }));

onEveryStore('variants of a send', (open) => {
  it('are drawn by their shares, for good, and the message says which', async () => {
    const world = cart([drawn]);
    const db = await begin(open, world, from);
    const all = some(200);
    await people(db, all);
    await consents(
      db,
      all.map(({ id }): Consent => [id, 'email', true, from - day]),
    );
    for (const at of [from, from + hour]) await enter(db, at, all);
    await carryOn(db, world, from, from + day);
    const rows = await db.query(sql`
      SELECT c.id, m.template, m.arm, s.id AS step, count(*) AS n FROM message m JOIN step s ON s.step = m.step
      JOIN customer c ON c.customer = m.customer GROUP BY 1, 2, 3, 4`);
    // Each customer got the same one both times.
    expect(rows.map(({ n }) => n)).toEqual(all.map(() => 2));
    const by = Map.groupBy(rows, ({ template, arm, step }) => `${template} ${arm} ${step}`);
    expect([...by.keys()].sort()).toEqual([
      'cart plain send-1.plain',
      'cart:short short send-1.short',
      'cart:warm warm send-1.warm',
    ]);
    const counts = ['cart plain send-1.plain', 'cart:warm warm send-1.warm'].map((key) => by.get(key)?.length ?? 0);
    expect(counts[0]).toBeGreaterThan(80);
    expect(counts[0]).toBeLessThan(120);
    expect(counts[1]).toBeGreaterThan(30);
    expect(counts[1]).toBeLessThan(70);
  });

  it('are one message: an address gets one of them', async () => {
    const world = cart([drawn]);
    const db = await begin(open, world, from);
    const all = some(12).map(({ id }) => ({ id, email: 'one@example.com' }));
    await people(db, all);
    await consents(
      db,
      all.map(({ id }): Consent => [id, 'email', true, from - day]),
    );
    await enter(db, from, all);
    await carryOn(db, world, from, from + hour);
    const found = await messages(db, from);
    expect(found.filter((line) => line.endsWith(' sent'))).toHaveLength(1);
    expect(found.filter((line) => line.endsWith(' same-address'))).toHaveLength(11);
    expect(new Set(found.map((line) => line.split(' ')[2])).size).toBe(3);
  });

  it('are not sent again to those who had the message without variants, and the other way round', async () => {
    for (const [before, after] of [
      [
        [mail, later],
        [later, { ...drawn, id: 'send-2' }],
      ],
      [
        [drawn, later],
        [later, { ...mail, id: 'send-2', template: 'cart:warm' }],
      ],
    ] as [Step[], Step[]][]) {
      const first = cart(before);
      const db = await begin(open, first, from);
      const all = some(6);
      await people(db, all);
      await consents(
        db,
        all.map(({ id }): Consent => [id, 'email', true, from - day]),
      );
      await enter(db, from, all);
      await carryOn(db, first, from, from + 1);
      expect(await messages(db, from)).toHaveLength(6);
      const moved = { ...cart(after, 'migrate') };
      const second = keepIds(
        { ...moved, campaigns: moved.campaigns.map((one) => ({ ...one, moved: { 'send-2': 'send-1' } })) },
        first,
      );
      await applyProgram(db, { program: second, at: from + hour / 2, lineage: 'test' });
      await carryOn(db, second, from + hour / 2, from + day);
      expect(await messages(db, from)).toHaveLength(6);
    }
  });
});
