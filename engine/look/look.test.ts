import { expect, it } from 'vitest';
import { begin, carryOn } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, minute, people, program } from '../../test/world.ts';
import { knownOf } from './customer.ts';
import { findCustomers } from './find-customers.ts';

const start = Date.UTC(2026, 2, 2, 10);
const paid = { kind: 'aggregate', type: 'integer', fn: 'count', event: 'order_paid' } as const;
const world = program({
  segments: [
    {
      name: 'buyers',
      where: {
        kind: 'compare',
        type: 'boolean',
        op: '>',
        left: paid,
        right: { kind: 'literal', type: 'integer', value: 0 },
      },
    },
    { name: 'list', sources: [] },
  ],
  campaigns: [
    campaign({
      reenter: { kind: 'always' },
      steps: [
        { kind: 'wait', id: 'wait-1', ms: 2 * hour },
        { kind: 'send', id: 'send-1', channel: 'email', template: 'cart' },
        { kind: 'wait', id: 'wait-2', ms: day },
        {
          kind: 'if',
          id: 'if-1',
          condition: { kind: 'consent', type: 'boolean', channel: 'sms' },
          then: [],
          else: [{ kind: 'exit', id: 'exit-1', reason: 'no' }],
        },
      ],
    }),
  ],
});

onEveryStore('looking at customers', (open) => {
  async function shop() {
    const db = await begin(open, world, start);
    await people(db, [
      { id: 'c1', name: 'Алёна 100%', email: 'Anna@example.com', phone: '+79000000001' },
      { id: 'c2', name: 'alena_b', email: 'olga@example.com', phone: null },
      { id: 'anna', name: 'Ольга', email: null },
      ...Array.from({ length: 25 }, (_, i) => ({ id: `many${i}`, name: 'Many', email: null })),
    ]);
    await carryOn(db, world, start, start + minute);
    return db;
  }

  it('finds them by id, address in any spelling, or a part of the name', async () => {
    const db = await shop();
    const found = async (text: string) => (await findCustomers(db, world, text)).hits.map(({ id }) => id);
    expect(await found('anna'), 'an id goes before a part of an address').toEqual(['anna']);
    expect(await found('anna@EXAMPLE.com')).toEqual(['c1']);
    expect(await found('+7 900 000-00-01')).toEqual(['c1']);
    expect(await found('АЛЁН')).toEqual(['c1']);
    expect(await found('example.com')).toEqual(['c1', 'c2']);
    expect(await found('%'), 'as it is written').toEqual(['c1']);
    expect(await found('_'), 'as it is written').toEqual(['c2']);
    expect(await found('zzz')).toEqual([]);
    expect(await found(' ')).toEqual([]);
    const many = await findCustomers(db, world, 'many');
    expect([many.hits.length, many.more]).toEqual([20, true]);
    expect((await findCustomers(db, world, 'olga@example.com')).hits[0]?.told).toEqual(['alena_b', 'olga@example.com']);
  });

  it('knows segments, the latest events, those included that were not collected, and what comes next', async () => {
    const db = await shop();
    await events(db, 'cart_updated', [{ customer: 'c1', at: start + minute, items_count: 2 }]);
    await carryOn(db, world, start + minute, start + 2 * minute);
    const paidAt = Array.from({ length: 12 }, (_, i) => start + (10 + i) * minute);
    await events(db, 'order_paid', [
      ...paidAt.map((at) => ({ customer: 'c1', at, total: 5 })),
      { customer: 'c1', at: start + 3 * hour, total: 7 },
      { customer: 'c2', at: start + minute, total: 9 },
    ]);
    const [hit] = (await findCustomers(db, world, 'c1')).hits;
    if (!hit) return expect.unreachable();
    const early = await knownOf(db, world, hit, start + hour);
    expect(early.events.count, 'what is to come is no event yet').toBe(13);
    expect(early.segments, 'conditions see what has been collected').toEqual([]);
    await carryOn(db, world, start + 3 * hour, start + 3 * hour + minute);
    const known = await knownOf(db, world, hit, start + 4 * hour);
    expect(known.segments).toEqual([{ name: 'buyers' }]);
    expect(known.events.count).toBe(14);
    expect(known.events.latest.map(({ at }) => at)).toEqual([start + 3 * hour, ...paidAt.toReversed().slice(0, 9)]);
    expect(known.events.latest[0]).toMatchObject({
      kind: 'order_paid',
      fields: [{ name: 'total', type: 'money', value: 7 }],
    });
    expect(known.attributes.map(({ name }) => name)).toEqual(['name', 'email', 'phone']);
    expect([...early.ahead]).toEqual([['cart', ['send email cart', 'wait 1 day', 'if consent(sms)']]]);
    expect([...known.ahead], 'nothing follows that does not depend').toEqual([['cart', ['if consent(sms)']]]);
    expect(known.story.enrolments[0]?.now?.step).toBe('wait-2');
  });
});
