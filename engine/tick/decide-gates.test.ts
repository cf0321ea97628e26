import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Step } from '../../spec/model/campaign.ts';
import type { Channel, Holdout } from '../../spec/model/model.ts';
import { bucket } from '../../test/bucket.ts';
import { drive, enrolments, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, model, people, program } from '../../test/world.ts';

const start = Date.UTC(2026, 2, 2, 10);
const everybody = Array.from({ length: 200 }, (_, i) => `c${i + 100}`);
const heldOut = (salt: string, share: number) => everybody.filter((id) => bucket(`holdout/${salt}/${id}`) < share);

onEveryStore('hold-outs', (open) => {
  async function refusals(holdouts: Holdout[], ids = everybody) {
    const db = await open();
    const p = program({
      holdouts,
      campaigns: [campaign(), campaign({ name: 'bill', category: 'transactional' })],
    });
    await drive(db, p, start, start);
    await people(
      db,
      ids.map((id) => ({ id })),
    );
    await events(
      db,
      'cart_updated',
      ids.map((customer) => ({ customer, at: start })),
    );
    await drive(db, p, start, start + hour);
    const rows = await db.query<{ id: string; campaign: string; reason: string | null }>(sql`
      SELECT c.id, m.campaign, m.reason FROM message m JOIN customer c ON c.customer = m.customer ORDER BY c.id`);
    return { db, of: (name: string, reason: string | null) => idsOf(rows, name, reason) };
  }
  const idsOf = (
    rows: { id: string; campaign: string; reason: string | null }[],
    name: string,
    reason: string | null,
  ) => rows.filter((row) => row.campaign === name && row.reason === reason).map((row) => row.id);

  it('keep their share of the customers from marketing, and from nothing else', async () => {
    const { db, of } = await refusals([{ name: 'global', share: 1_000, salt: 'q1' }]);
    const kept = heldOut('q1', 0.1);
    expect(kept.length).toBeGreaterThan(9);
    expect(of('cart', 'holdout:global')).toEqual(kept);
    expect(of('cart', null)).toEqual(everybody.filter((id) => !kept.includes(id)));
    expect(of('bill', null)).toEqual(everybody);
    const [entered] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM enrolment WHERE campaign = 'cart'`);
    expect(entered?.n, 'who is held out is counted all the same').toBe(everybody.length);
  });

  it('draw other customers by another salt, and the first that holds gives the reason', async () => {
    const { of } = await refusals([
      { name: 'one', share: 2_000, salt: 'a' },
      { name: 'two', share: 2_000, salt: 'b' },
    ]);
    const [one, two] = [heldOut('a', 0.2), heldOut('b', 0.2)];
    expect(of('cart', 'holdout:one')).toEqual(one);
    expect(of('cart', 'holdout:two')).toEqual(two.filter((id) => !one.includes(id)));
    expect(of('cart', 'holdout:two')).not.toEqual([]);
  });

  it('concern only the campaigns that they name', async () => {
    const { of } = await refusals([
      { name: 'other', share: 5_000, salt: 's', campaigns: ['welcome'] },
      { name: 'none', share: 5_000, salt: 's', campaigns: [] },
      { name: 'cart', share: 5_000, salt: 's', campaigns: ['welcome', 'cart'] },
    ]);
    expect(of('cart', 'holdout:cart')).toEqual(heldOut('s', 0.5));
    expect(of('cart', null)).toHaveLength(everybody.length - heldOut('s', 0.5).length);
  });

  it('follow consent and address, and precede quiet hours and caps', async () => {
    const held = heldOut('s', 0.5).slice(0, 3);
    const [first = '', second = '', third = ''] = held;
    const db = await open();
    const p = program({
      holdouts: [{ name: 'half', share: 5_000, salt: 's' }],
      policies: {
        caps: [{ name: 'none', max: 0, per: day }],
        quietHours: { from: 0, to: 1_439, otherwise: 'hold', transactional: true },
      },
      campaigns: [campaign()],
    });
    await drive(db, p, start, start);
    await people(db, [{ id: first }, { id: second, consent: [] }, { id: third, email: null }]);
    await events(
      db,
      'cart_updated',
      held.map((customer) => ({ customer, at: start })),
    );
    await drive(db, p, start, start + hour);
    expect(await messages(db, start)).toEqual([
      `+0m ${first} send-1 email holdout:half`,
      `+0m ${second} send-1 email no-consent`,
      `+0m ${third} send-1 email no-address`,
    ]);
  });
});

onEveryStore('webhooks and tasks', (open) => {
  const own = (name: string, kind: 'webhook' | 'task'): Channel => ({
    ...{ name, kind, price: 0 },
    transport: { kind: 'console' },
  });
  const steps: Step[] = [
    { kind: 'webhook', id: 'hook', channel: 'crm', fields: ['city'] },
    { kind: 'task', id: 'call', channel: 'managers', template: 'call' },
    { kind: 'send', id: 'mail', channel: 'email', template: 'cart' },
  ];

  it('need no consent, address or hour, and neither obey caps, hold-outs nor count', async () => {
    const db = await open();
    const p = program({
      channels: [...model().channels, own('crm', 'webhook'), own('managers', 'task')],
      holdouts: [{ name: 'half', share: 5_000, salt: 's' }],
      policies: { caps: [{ name: 'once', max: 1, per: day }] },
      campaigns: [
        campaign({ reenter: { kind: 'always' }, steps }),
        campaign({ name: 'again', steps: steps.slice(0, 2) }),
      ],
    });
    await drive(db, p, start, start);
    const [inside = '', outside = ''] = [heldOut('s', 0.5)[0], everybody.find((id) => !heldOut('s', 0.5).includes(id))];
    await people(db, [{ id: inside }, { id: outside }, { id: 'x', consent: [], email: null }]);
    const everyone = [inside, outside, 'x'];
    await events(
      db,
      'cart_updated',
      everyone.map((customer) => ({ customer, at: start })),
    );
    await drive(db, p, start, start + hour);
    const mail = { [inside]: 'holdout:half', [outside]: 'sent', x: 'no-consent' };
    expect(await messages(db, start)).toEqual(
      everyone
        .toSorted()
        .flatMap((id) => [
          `+0m ${id} call managers sent`,
          `+0m ${id} call managers sent`,
          `+0m ${id} hook crm sent`,
          `+0m ${id} hook crm sent`,
          `+0m ${id} mail email ${mail[id]}`,
        ]),
    );
    expect(await enrolments(db, start)).toHaveLength(6);
  });

  it('are not held by quiet hours, and are refused for whom is suppressed everywhere', async () => {
    const db = await open();
    const p = program({
      channels: [...model().channels, own('crm', 'webhook'), own('managers', 'task')],
      policies: { caps: [], quietHours: { from: 0, to: 1_439, otherwise: 'hold', transactional: true } },
      campaigns: [campaign({ steps })],
    });
    await drive(db, p, start, start);
    await people(db, [{ id: 'c1' }, { id: 'c2' }, { id: 'c3' }]);
    await db.run(sql`
      INSERT INTO inbox_suppression (id, customer, channel, reason, "at")
      VALUES ('s1', 'c2', '*', 'asked', 0), ('s2', 'c3', 'email', 'bounced', 0)`);
    await events(
      db,
      'cart_updated',
      ['c1', 'c2', 'c3'].map((customer) => ({ customer, at: start })),
    );
    await drive(db, p, start, start + hour);
    expect(await messages(db, start)).toEqual([
      '+0m c1 call managers sent',
      '+0m c1 hook crm sent',
      '+0m c2 call managers suppressed',
      '+0m c2 hook crm suppressed',
      '+0m c2 mail email suppressed',
      '+0m c3 call managers sent',
      '+0m c3 hook crm sent',
      '+0m c3 mail email suppressed',
    ]);
  });
});
