import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import type { Channel, Model } from '../../spec/model/model.ts';
import { bucket } from '../../test/bucket.ts';
import { carryOn, drive, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, consents, day, events, feedback, hour, minute, model, people, program } from '../../test/world.ts';
import type { Database } from '../store/database.ts';

const start = Date.UTC(2026, 2, 2, 10);
const console_ = { kind: 'console' } as const;
const promo: Channel = { name: 'promo', kind: 'email', address: 'email', transport: console_, price: 0 };
const sendBy = (channel: string): Campaign['steps'] => [{ kind: 'send', id: 'send-1', channel, template: 't' }];

onEveryStore('words for channels', (open) => {
  /** Returns the outcome of a message on each channel for a customer with these words: channel, granted. */
  async function outcome(
    channels: Channel[],
    words: [string, boolean][],
    suppressed: string[] = [],
  ): Promise<string[]> {
    const db = await open();
    const p = program({
      channels,
      campaigns: channels.map(({ name }) => campaign({ name, steps: sendBy(name) })),
    });
    await drive(db, p, start, start);
    await people(db, [{ id: 'c1', consent: [] }]);
    await consents(
      db,
      words.map(([word, granted], i) => ['c1', word, granted, i]),
    );
    await suppress(
      db,
      suppressed.map((word) => ['c1', word]),
    );
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await drive(db, p, start, start + hour);
    const rows = await db.query<{ channel: string; reason: string | null; status: string }>(
      sql`SELECT channel, reason, status FROM message ORDER BY channel`,
    );
    return rows.map((row) => `${row.channel} ${row.reason ?? row.status}`);
  }
  const both = [...model().channels, promo];
  const alone = [...model().channels.filter(({ name }) => name === 'sms'), promo];

  it.each<[string, Channel[], [string, boolean][], string[]]>([
    [
      'a withdrawal by the kind',
      both,
      [
        ['promo', true],
        ['email', true],
        ['email', false],
      ],
      ['email no-consent', 'promo no-consent', 'sms no-consent'],
    ],
    [
      'a withdrawal by one name',
      both,
      [
        ['promo', true],
        ['email', true],
        ['promo', false],
      ],
      ['email sent', 'promo no-consent', 'sms no-consent'],
    ],
    [
      'a withdrawal of all',
      both,
      [
        ['sms', true],
        ['email', true],
        ['*', false],
      ],
      ['email no-consent', 'promo no-consent', 'sms no-consent'],
    ],
    [
      'a grant after it',
      both,
      [
        ['email', false],
        ['promo', true],
      ],
      ['email no-consent', 'promo sent', 'sms no-consent'],
    ],
    ['a grant of a name that is a kind', both, [['email', true]], ['email sent', 'promo no-consent', 'sms no-consent']],
    ['a grant of a kind', alone, [['email', true]], ['promo sent', 'sms no-consent']],
  ])('%s holds for the channels that it means', async (_, channels, words, expected) => {
    expect(await outcome(channels, words)).toEqual(expected);
  });

  it('a suppression by the kind holds for every channel of that kind', async () => {
    const all: [string, boolean][] = [
      ['email', true],
      ['promo', true],
      ['sms', true],
    ];
    expect(await outcome(both, all, ['email'])).toEqual(['email suppressed', 'promo suppressed', 'sms sent']);
    expect(await outcome(both, all, ['promo'])).toEqual(['email sent', 'promo suppressed', 'sms sent']);
    expect(await outcome(both, all, ['*'])).toEqual(['email suppressed', 'promo suppressed', 'sms suppressed']);
  });
});

onEveryStore('customers who share an address', (open) => {
  async function shop(part: Partial<Model>): Promise<{ db: Database; go(until: number): Promise<string[]> }> {
    const db = await open();
    const p = program({ campaigns: [campaign()], ...part });
    await drive(db, p, start, start);
    return {
      db,
      go: async (until) => {
        await carryOn(db, p, start + minute, until);
        return messages(db, start);
      },
    };
  }
  const cart = (db: Database, ...rows: [string, number][]) =>
    events(
      db,
      'cart_updated',
      rows.map(([customer, at]) => ({ customer, at: start + at })),
    );
  const email = 'Family@Example.com'.replace('Example', 'example');
  const family = [
    { id: 'a', email },
    { id: 'b', email: email.toLowerCase() },
  ];

  it('get a marketing message once, and each their own transactional one', async () => {
    const { db, go } = await shop({ campaigns: [campaign(), campaign({ name: 'bill', category: 'transactional' })] });
    await people(db, family);
    await cart(db, ['a', hour], ['b', hour]);
    expect((await go(start + day)).toSorted()).toEqual([
      '+60m a send-1 email sent',
      '+60m a send-1 email sent',
      '+60m b send-1 email same-address',
      '+60m b send-1 email sent',
    ]);
  });

  it.each<[string, Campaign['reenter'], string[]]>([
    ['never', { kind: 'never' }, ['a sent', 'b same-address', 'c same-address']],
    ['after two days', { kind: 'after', ms: 2 * day }, ['a sent', 'b same-address', 'c sent']],
    ['always', { kind: 'always' }, ['a sent', 'b sent', 'c sent']],
  ])('get another copy only when one customer could enter again: %s', async (_, reenter, expected) => {
    const { db, go } = await shop({ campaigns: [campaign({ reenter })] });
    await people(db, [...family, { id: 'c', email }]);
    await cart(db, ['a', hour], ['b', hour + day], ['c', hour + 2 * day]);
    const found = await go(start + 5 * day);
    expect(found.map((line) => `${line.split(' ')[1]} ${line.split(' ').at(-1)}`)).toEqual(expected);
  });

  it('are one person for consent: the latest word of any counts, and each needs a grant of their own', async () => {
    const { db, go } = await shop({ campaigns: [campaign({ reenter: { kind: 'always' } })] });
    await people(db, [
      { id: 'a', email, consent: ['email'] },
      { id: 'b', email: email.toLowerCase(), consent: ['email'] },
      { id: 'c', email, consent: [] },
    ]);
    await consents(db, [['b', 'email', false, start + 2 * hour]]);
    await cart(db, ['a', hour], ['c', hour + minute], ['a', 3 * hour], ['b', 3 * hour]);
    await go(start + 4 * hour);
    await consents(db, [['a', 'email', true, start + 5 * hour]]);
    await cart(db, ['a', 6 * hour], ['b', 6 * hour]);
    expect(await go(start + day)).toEqual([
      '+60m a send-1 email sent',
      '+61m c send-1 email no-consent',
      '+180m a send-1 email no-consent',
      '+180m b send-1 email no-consent',
      '+360m a send-1 email sent',
      '+360m b send-1 email no-consent',
    ]);
  });

  it('are one person for caps, also within one tick, however many there are', async () => {
    const many = Array.from({ length: 300 }, (_, i) => `m${String(i).padStart(3, '0')}`);
    const { db, go } = await shop({
      campaigns: ['one', 'two', 'three'].map((name, i) =>
        campaign({ name, priority: -i, reenter: { kind: 'always' } }),
      ),
      policies: { caps: [{ name: 'daily', max: 2, per: day }] },
    });
    await people(
      db,
      many.map((id) => ({ id, email })),
    );
    await cart(db, ...many.map((id): [string, number] => [id, hour]));
    await go(start + 2 * hour);
    expect(
      await db.query(sql`
        SELECT campaign, coalesce(reason, status) AS what, count(*) AS n FROM message GROUP BY 1, 2 ORDER BY 1, 2`),
    ).toEqual([
      { campaign: 'one', what: 'same-address', n: 299 },
      { campaign: 'one', what: 'sent', n: 1 },
      { campaign: 'three', what: 'cap:daily', n: 300 },
      { campaign: 'two', what: 'same-address', n: 299 },
      { campaign: 'two', what: 'sent', n: 1 },
    ]);
  });

  it('count for caps only by what went to the address that they share', async () => {
    const { db, go } = await shop({
      campaigns: [
        campaign({ name: 'mail', reenter: { kind: 'always' } }),
        campaign({ name: 'text', on: { kind: 'event', event: 'order_paid' }, steps: sendBy('sms') }),
      ],
      policies: { caps: [{ name: 'daily', max: 1, per: day }] },
    });
    await people(db, family);
    await events(db, 'order_paid', [{ customer: 'a', at: start + hour }]);
    await cart(db, ['b', 2 * hour], ['a', 3 * hour]);
    expect(await go(start + day)).toEqual([
      '+60m a send-1 sms sent',
      '+120m b send-1 email sent',
      '+180m a send-1 email cap:daily',
    ]);
  });

  it('are drawn into a hold-out together, by the smallest id', async () => {
    const draws = (id: string) => bucket(`holdout/s/${id}`) < 0.5;
    const ids = Array.from({ length: 40 }, (_, i) => `h${i + 10}`);
    const first = ids.find((id, i) => draws(id) !== draws(ids[i + 1] ?? '')) ?? '';
    const second = ids[ids.indexOf(first) + 1] ?? '';
    const { db, go } = await shop({ holdouts: [{ name: 'half', share: 5_000, salt: 's' }] });
    await people(db, [
      { id: first, email },
      { id: second, email },
    ]);
    await cart(db, [second, hour]);
    expect(await go(start + day)).toEqual([`+60m ${second} send-1 email ${draws(first) ? 'holdout:half' : 'sent'}`]);
  });

  it('are all suppressed by a bounce of the address, until they have another', async () => {
    const p = program({ campaigns: [campaign({ reenter: { kind: 'always' } })] });
    const db = await open();
    await drive(db, p, start, start);
    await people(db, family);
    await cart(db, ['a', hour]);
    await carryOn(db, p, start + minute, start + 2 * hour);
    const [sent] = await db.query<{ message: string }>(sql`SELECT message FROM message`);
    await feedback(db, [[sent?.message ?? '', 'bounced', start + 2 * hour]]);
    await cart(db, ['a', 3 * hour], ['b', 3 * hour]);
    await carryOn(db, p, start + 3 * hour, start + 4 * hour);
    await people(db, [{ id: 'a', email: 'new@example.com' }]);
    await cart(db, ['a', 5 * hour], ['b', 5 * hour]);
    await carryOn(db, p, start + 5 * hour, start + 6 * hour);
    // A customer who gets the address later is suppressed by the same bounce.
    await people(db, [{ id: 'z', email }]);
    await cart(db, ['z', 7 * hour]);
    await carryOn(db, p, start + 7 * hour, start + 8 * hour);
    expect(await messages(db, start)).toEqual([
      '+60m a send-1 email sent',
      '+180m a send-1 email suppressed',
      '+180m b send-1 email suppressed',
      '+300m a send-1 email sent',
      '+300m b send-1 email suppressed',
      '+420m z send-1 email suppressed',
    ]);
  });

  it('are all suppressed by what the shop has listed for one of them', async () => {
    const { db, go } = await shop({ campaigns: [campaign({ reenter: { kind: 'always' } })] });
    await people(db, family);
    await suppress(db, [['a', 'email']]);
    await cart(db, ['a', hour], ['b', hour]);
    await go(start + 2 * hour);
    await people(db, [{ id: 'a', email: 'new@example.com' }]);
    await cart(db, ['a', 3 * hour], ['b', 3 * hour]);
    expect(await go(start + 4 * hour)).toEqual([
      '+60m a send-1 email suppressed',
      '+60m b send-1 email suppressed',
      '+180m a send-1 email suppressed',
      '+180m b send-1 email suppressed',
    ]);
  });
});

async function suppress(db: Database, rows: [string, string][]): Promise<void> {
  await db.load(
    'inbox_suppression',
    ['id', 'customer', 'channel', 'reason']
      .map((name) => ({ name, type: 'text' as const }))
      .concat([{ name: 'at', type: 'bigint' as never }]),
    rows.map(([customer, channel]) => ({ id: `${customer}/${channel}`, customer, channel, reason: 'asked', at: 0 })),
  );
}
