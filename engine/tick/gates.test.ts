import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import { begin, carryOn, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, consents, day, events, hour, minute, people, program } from '../../test/world.ts';

const start = Date.UTC(2026, 2, 2, 10);

onEveryStore('a message', (open) => {
  it.each([
    ['of few customers', undefined],
    ['of so many that permissions are looked up', 100_000],
  ])('refuses with a reason: suppressed, no consent, no address, in that order, in a shop %s', async (_, number) => {
    const p = program({ campaigns: [campaign()] });
    const db = await begin(open, p, start);
    if (number) {
      await db.run(sql`INSERT INTO identity (id, customer) VALUES ('latest', ${number}::bigint)`);
      await db.run(sql`INSERT INTO customer (customer, id) SELECT customer, id FROM identity`);
    }
    await people(db, [
      { id: 'c1' },
      { id: 'c2', consent: [] },
      { id: 'c3', email: null },
      { id: 'c4', email: null, consent: [] },
      { id: 'c5' },
    ]);
    await consents(db, [['c5', 'email', false, start - 5]]);
    await db.run(
      sql`INSERT INTO inbox_suppression (id, customer, channel, reason, "at") VALUES ('s1', 'c1', '*', 'complained', 0)`,
    );
    await events(
      db,
      'cart_updated',
      ['c1', 'c2', 'c3', 'c4', 'c5'].map((customer) => ({ customer, at: start })),
    );
    await carryOn(db, p, start, start + hour);
    expect(await messages(db, start)).toEqual([
      '+0m c1 send-1 email suppressed',
      '+0m c2 send-1 email no-consent',
      '+0m c3 send-1 email no-address',
      '+0m c4 send-1 email no-consent',
      '+0m c5 send-1 email no-consent',
    ]);
  });

  it('takes a withdrawal from * for every channel until a later consent, and a consent to * for none', async () => {
    const p = program({ campaigns: [campaign()] });
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }, { id: 'c3', consent: [] }, { id: 'c4' }]);
    await consents(db, [
      ['c1', '*', false, start - 5],
      ['c2', '*', false, start - 5],
      ['c2', 'email', true, start - 4],
      ['c3', '*', true, start - 5],
      ['c4', 'email', true, start - 5],
      ['c4', '*', false, start - 5],
    ]);
    const everybody = ['c1', 'c2', 'c3', 'c4'].map((customer) => ({ customer, at: start }));
    await events(db, 'cart_updated', everybody);
    await carryOn(db, p, start, start + hour);
    expect(await messages(db, start)).toEqual([
      '+0m c1 send-1 email no-consent',
      '+0m c2 send-1 email sent',
      '+0m c3 send-1 email no-consent',
      '+0m c4 send-1 email no-consent',
    ]);
  });

  it('holds messages through the quiet hours of each zone and sends at the first allowed instant', async () => {
    const p = program({
      campaigns: [campaign()],
      policies: { quietHours: { from: 21 * 60, to: 9 * 60, otherwise: 'hold', transactional: false }, caps: [] },
    });
    const db = await begin(open, p, start);
    await people(db, [
      { id: 'c1', zone: 'Asia/Vladivostok' }, // 20:00 local
      { id: 'c2', zone: 'Asia/Kamchatka' }, // 22:00 local
      { id: 'c3', zone: 'America/New_York' }, // 05:00 local
      { id: 'c4' },
    ]);
    await events(
      db,
      'cart_updated',
      ['c1', 'c2', 'c3', 'c4'].map((customer) => ({ customer, at: start })),
    );
    await carryOn(db, p, start, start + day);
    expect(await messages(db, start)).toEqual([
      '+0m c1 send-1 email sent',
      '+0m c4 send-1 email sent',
      '+240m c3 send-1 email sent',
      '+660m c2 send-1 email sent',
    ]);
    const held = await db.query(sql`SELECT count(*) AS n FROM message WHERE deferred_at = ${start}`);
    expect(held).toEqual([{ n: 2 }]);
  });

  it('keeps frequency caps over rolling windows and calendar days, by priority, and drops what is capped', async () => {
    const two = (name: string, priority: number) =>
      campaign({
        name,
        priority,
        reenter: { kind: 'always' },
        steps: [{ kind: 'send', id: 's', channel: 'email', template: 't' }],
      });
    const p = program({
      campaigns: [two('low', 1), two('high', 5)],
      policies: {
        caps: [
          { name: 'daily', max: 1, per: 'calendar day' },
          { name: 'weekly', max: 2, per: 7 * day },
        ],
      },
    });
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1' }]);
    const at = [0, 15 * hour, 39 * hour, 7 * day, 7 * day + 10 * minute].map((ms) => ({
      customer: 'c1',
      at: start + ms,
    }));
    await events(db, 'cart_updated', at);
    await carryOn(db, p, start, start + 30 * day);
    const rows = await db.query(sql`SELECT campaign, reason, (decided_at - ${start}::bigint) / 3600000 AS h FROM message
      ORDER BY decided_at, campaign`);
    expect(rows.map((r) => `${Math.floor(Number(r.h))}h ${r.campaign} ${r.reason ?? 'sent'}`)).toEqual([
      '0h high sent',
      '0h low cap:daily',
      '15h high sent',
      '15h low cap:daily',
      '39h high cap:weekly',
      '39h low cap:weekly',
      '168h high sent',
      '168h low cap:daily',
      '168h high cap:daily',
      '168h low cap:daily',
    ]);
  });

  it('judges the next message of a journey whose first is refused before those of less important campaigns', async () => {
    const send = (id: string, channel: string) => ({ kind: 'send' as const, id, channel, template: 't' });
    const wait = (ms: number) => ({ kind: 'wait' as const, id: 'w', ms });
    const of = (name: string, priority: number, ...steps: Campaign['steps']) => campaign({ name, priority, steps });
    const p = program({
      campaigns: [
        of('low', 1, send('s', 'email')),
        of('middle', 3, send('s', 'sms'), wait(hour), send('t', 'email')),
        of('high', 5, send('s', 'sms'), wait(0), send('t', 'email')),
      ],
      policies: { caps: [{ name: 'daily', max: 1, per: day }] },
    });
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1', phone: null }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await carryOn(db, p, start, start + day);
    const rows = await db.query<{ what: string }>(sql`
      SELECT concat(campaign, ' ', channel, ' ', coalesce(reason, 'sent')) AS what FROM message ORDER BY decided_at, campaign, channel`);
    expect(rows.map(({ what }) => what)).toEqual([
      'high email sent',
      'high sms no-address',
      'low email cap:daily',
      'middle sms no-address',
      'middle email cap:daily',
    ]);
  });
});
