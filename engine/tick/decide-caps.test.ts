import { IANAZone } from 'luxon';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Step } from '../../spec/model/campaign.ts';
import type { Channel, FrequencyCap } from '../../spec/model/model.ts';
import { drive, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, minute, model, people, program } from '../../test/world.ts';

const start = Date.UTC(2026, 2, 2, 10);
const always = { kind: 'always' } as const;
const send = (id: string, channel = 'email'): Step => ({ kind: 'send', id, channel, template: 't' });
const hook: Channel = { name: 'crm', kind: 'webhook', transport: { kind: 'console' }, price: 0 };
const statuses = sql`SELECT campaign, status, reason FROM message ORDER BY campaign`;
const onOrder = { kind: 'event', event: 'order_paid' } as const;

onEveryStore('candidates of one customer', (open) => {
  /** `c1` fills a cart and pays at each of the instants. */
  async function sent(campaigns: Parameters<typeof program>[0], at: number[]): Promise<string[]> {
    const db = await open();
    const p = program({ channels: [...model().channels, hook], ...campaigns });
    await drive(db, p, start, start);
    await people(db, [{ id: 'c1' }]);
    const rows = at.map((instant) => ({ customer: 'c1', at: instant }));
    await events(db, 'cart_updated', rows.slice(-1).concat(rows.slice(0, -1)));
    await events(db, 'order_paid', rows.slice(-1));
    await drive(db, p, start, start + 10 * day);
    return messages(db, start);
  }

  it.each([
    ['a-channel', 'b-campaign'],
    ['b-channel', 'a-campaign'],
  ])('leave a cap free that none of them has used up (%s, %s)', async (channel, own) => {
    const caps: FrequencyCap[] = [
      { name: channel, max: 1, per: 'calendar day', channel: 'email' },
      { name: own, max: 1, per: 30 * day, campaign: 'first' },
    ].toSorted((a, b) => (a.name < b.name ? -1 : 1)) as FrequencyCap[];
    const campaigns = [
      campaign({ name: 'first', priority: 5, reenter: always, steps: [send('first')] }),
      campaign({ name: 'second', on: onOrder, steps: [send('second')] }),
    ];
    expect(await sent({ campaigns, policies: { caps } }, [start, start + 3 * day])).toEqual([
      '+0m c1 first email sent',
      `+4320m c1 first email cap:${own}`,
      '+4320m c1 second email sent',
    ]);
  });

  it.each<[string, Step[]]>([
    ['a webhook', [{ kind: 'webhook', id: 'hook', channel: 'crm', fields: [] }]],
    ['a message on another channel', [send('other', 'sms')]],
    ['a wait of no time', [{ kind: 'wait', id: 'wait', ms: 0 }]],
  ])('go by priority in the whole tick, also behind %s', async (_, before) => {
    const caps: FrequencyCap[] = [{ name: 'daily', max: 1, per: 'calendar day', channel: 'email' }];
    const campaigns = [
      campaign({ name: 'high', priority: 5, steps: [...before, send('high')] }),
      campaign({ name: 'low', on: onOrder, steps: [send('low')] }),
    ];
    const found = await sent({ campaigns, policies: { caps } }, [start]);
    expect(found.filter((line) => line.includes('email'))).toEqual([
      '+0m c1 high email sent',
      '+0m c1 low email cap:daily',
    ]);
  });

  it('are refused by the narrower of several full caps, then by the first of the file', async () => {
    const caps: FrequencyCap[] = [
      { name: 'all', max: 1, per: day },
      { name: 'z', max: 1, per: day, channel: 'email' },
      { name: 'a', max: 1, per: day, campaign: 'again' },
    ];
    const steps = [send('one'), send('two')];
    expect(await sent({ campaigns: [campaign({ name: 'again', steps })], policies: { caps } }, [start])).toEqual([
      '+0m c1 one email sent',
      '+0m c1 two email cap:z',
    ]);
  });

  it('are suppressed, and not expired, where quiet hours cancel', async () => {
    const quietHours = { from: 9 * 60, to: 13 * 60, otherwise: 'cancel', transactional: false } as const;
    const campaigns = [campaign({ name: 'soon', expires: hour }), campaign({ name: 'later', expires: day })];
    const db = await open();
    const p = program({ campaigns, policies: { caps: [], quietHours } });
    await drive(db, p, start, start);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await drive(db, p, start, start + hour);
    expect(await db.query(statuses)).toEqual([
      { campaign: 'later', status: 'suppressed', reason: 'quiet-hours' },
      { campaign: 'soon', status: 'suppressed', reason: 'quiet-hours' },
    ]);
  });
});

onEveryStore('a cap of a calendar day', (open) => {
  const around = (zone: string, at: number) => ({ zone, at });
  it.each([
    around('Europe/Berlin', Date.UTC(2026, 2, 29, 1)),
    around('Europe/Berlin', Date.UTC(2026, 9, 25, 1)),
    around('Australia/Lord_Howe', Date.UTC(2026, 3, 4, 15)),
    around('Australia/Lord_Howe', Date.UTC(2026, 9, 3, 15, 30)),
    around('America/Sao_Paulo', Date.UTC(2018, 10, 4, 3)),
    around('America/Sao_Paulo', Date.UTC(2018, 1, 18, 2)),
    around('America/Havana', Date.UTC(2026, 2, 8, 5)),
    around('America/Havana', Date.UTC(2026, 10, 1, 5)),
    // At 00:01 clocks went back into the day before.
    around('America/St_Johns', Date.UTC(2010, 10, 7, 2, 31)),
    // 30 December did not exist.
    around('Pacific/Apia', Date.UTC(2011, 11, 30, 10)),
    // Three hours back at once.
    around('Antarctica/Casey', Date.UTC(2010, 2, 4, 15)),
  ])('is the local date of $zone', async ({ zone, at }) => {
    const from = at - 3 * day;
    const db = await open();
    const p = program({
      project: { ...model().project, timezone: zone },
      policies: { caps: [{ name: 'daily', max: 1, per: 'calendar day' }] },
      campaigns: [campaign({ reenter: always })],
    });
    await drive(db, p, from, from);
    const steps = [-25, -24, -13, -3, -2.25, -1.75, -1, 0, 1, 11, 12, 25].map((hours) => at + hours * hour);
    const instants = [...steps, at - minute, at + minute, at + 30 * minute - minute, at - 31 * minute];
    // A customer each for every pair, so that no message but the first decides about the second.
    const pairs = instants.flatMap((one, i) =>
      instants.slice(i + 1).map((other) => [one, other].sort((a, b) => a - b)),
    );
    await people(
      db,
      pairs.map((_, i) => ({ id: `c${i}` })),
    );
    await events(
      db,
      'cart_updated',
      pairs.flatMap((pair, i) => pair.map((instant) => ({ customer: `c${i}`, at: instant }))),
    );
    await drive(db, p, from, at + 3 * day);
    const date = (instant: number) =>
      new Date(instant + IANAZone.create(zone).offset(instant) * minute).toISOString().slice(0, 10);
    const line = (instant: number, i: number, status: string) =>
      `+${(instant - from) / minute}m c${i} send-1 email ${status}`;
    const expected = pairs.flatMap(([one = 0, other = 0], i) => [
      line(one, i, 'sent'),
      line(other, i, date(one) === date(other) ? 'cap:daily' : 'sent'),
    ]);
    expect(await messages(db, from)).toEqual(expected.sort(byTimeAndCustomer));
    expect(new Set(expected.map((line) => line.split(' ').at(-1)))).toEqual(new Set(['sent', 'cap:daily']));
  });
});

function byTimeAndCustomer(a: string, b: string): number {
  const [one = '', other = ''] = [a.split(' ')[1] ?? '', b.split(' ')[1] ?? ''];
  return Number.parseFloat(a.slice(1)) - Number.parseFloat(b.slice(1)) || (one < other ? -1 : one > other ? 1 : 0);
}
