import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Trigger } from '../../spec/model/campaign.ts';
import type { Expression } from '../../spec/model/expression.ts';
import { begin, carryOn, drive, enrolments, tickAt } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, minute, model, people, program } from '../../test/world.ts';
import type { Program } from '../program/program.ts';
import { runTick } from './run-tick.ts';

const from = Date.UTC(2026, 1, 26, 12);
const on = (trigger: Trigger, part: Parameters<typeof campaign>[0] = {}) =>
  program({ campaigns: [campaign({ on: trigger, ...part })] });

const absence = (part: Partial<Extract<Trigger, { kind: 'absence' }>> = {}) =>
  on({ kind: 'absence', absent: { event: 'order_paid' }, after: { event: 'cart_updated' }, ms: 2 * hour, ...part });

onEveryStore('the absence of an event', (open) => {
  async function run(world: Program, carts: [string, number][], orders: [string, number][], to = day) {
    const db = await begin(open, world, from);
    await people(
      db,
      [...new Set([...carts, ...orders].map(([id]) => id))].map((id) => ({ id })),
    );
    await events(
      db,
      'cart_updated',
      carts.map(([customer, ms]) => ({ customer, at: from + ms })),
    );
    await events(
      db,
      'order_paid',
      orders.map(([customer, ms]) => ({ customer, at: from + ms })),
    );
    await carryOn(db, world, from, from + to);
    return enrolments(db, from);
  }

  it('enters customers who did not do it in time, and nobody who did', async () => {
    const carts: [string, number][] = [
      ['absent', 10 * minute],
      ['bought', 10 * minute],
      ['at-the-end', 10 * minute],
      ['too-late', 10 * minute],
      ['before', 10 * minute],
    ];
    const orders: [string, number][] = [
      ['bought', hour],
      ['at-the-end', 130 * minute],
      ['too-late', 131 * minute],
      ['before', 9 * minute],
    ];
    expect(await run(absence(), carts, orders)).toEqual([
      '+130m absent cart completed +130m',
      '+130m before cart completed +130m',
      '+130m too-late cart completed +130m',
    ]);
  });

  it('counts from the latest event', async () => {
    expect(
      await run(
        absence(),
        [
          ['c', 0],
          ['c', hour],
          ['c', 2 * hour],
        ],
        [],
      ),
    ).toEqual(['+240m c cart completed +240m']);
  });

  it('without another event counts from the event itself', async () => {
    const silent = on(
      { kind: 'absence', absent: { event: 'order_paid' }, ms: 3 * hour },
      { reenter: { kind: 'always' } },
    );
    const orders: [string, number][] = [
      ['c', 0],
      ['c', 2 * hour],
      ['c', 10 * hour],
      ['never-again', -2 * hour],
    ];
    expect(await run(silent, [['never', 0]], orders)).toEqual([
      '+60m never-again cart completed +60m',
      '+300m c cart completed +300m',
      '+780m c cart completed +780m',
    ]);
  });

  it('leaves out those who had been absent before the campaign was applied', async () => {
    expect(
      await run(
        absence(),
        [
          ['long-ago', -3 * hour],
          ['just-now', -hour],
        ],
        [],
      ),
    ).toEqual(['+60m just-now cart completed +60m']);
  });

  it('asks the conditions of both events', async () => {
    const total = (op: '<' | '>') => ({
      kind: 'compare' as const,
      type: 'boolean' as const,
      op,
      left: { kind: 'field' as const, type: 'money' as const, of: 'trigger' as const, name: 'total' },
      right: { kind: 'literal' as const, type: 'money' as const, value: 50 },
    });
    const world = absence({
      absent: { event: 'order_paid', when: total('>') },
      after: { event: 'cart_updated', when: total('<') },
    });
    const db = await begin(open, world, from);
    await people(db, [{ id: 'small-order' }, { id: 'big-order' }, { id: 'big-cart' }]);
    await events(db, 'cart_updated', [
      { customer: 'small-order', at: from, total: 10 },
      { customer: 'big-order', at: from, total: 10 },
      { customer: 'big-cart', at: from, total: 90 },
    ]);
    await events(db, 'order_paid', [
      { customer: 'small-order', at: from + hour, total: 20 },
      { customer: 'big-order', at: from + hour, total: 70 },
    ]);
    await carryOn(db, world, from, from + day);
    expect(await enrolments(db, from)).toEqual(['+120m small-order cart completed +120m']);
  });

  it.each([
    ['every ten minutes', Array.from({ length: 19 }, (_, i) => 10 * i)],
    ['when something is due', [0, 60, 150, 180]],
  ])('does not start by an event that begins to meet the condition after its time, in ticks %s', async (_, ticks) => {
    const several: Expression = {
      kind: 'compare',
      type: 'boolean',
      op: '>=',
      left: { kind: 'aggregate', type: 'integer', fn: 'count', event: 'cart_updated' },
      right: { kind: 'literal', type: 'integer', value: 2 },
    };
    const world = absence({ after: { event: 'cart_updated', when: several } });
    const db = await begin(open, world, from);
    await people(db, [{ id: 'late' }, { id: 'in-time' }]);
    await events(db, 'cart_updated', [
      { customer: 'late', at: from, total: 1 },
      { customer: 'in-time', at: from, total: 1 },
      { customer: 'in-time', at: from + hour, total: 1 },
    ]);
    // Older than the first cart, so the first stays the latest.
    const cart = { id: 'older', customer: 'late', at: from - minute, total: 1 };
    for (const at of ticks) {
      if (at === 150) await events(db, 'cart_updated', [cart]);
      await tickAt(db, world, from + at * minute);
    }
    expect(await enrolments(db, from)).toEqual(['+180m in-time cart completed +180m']);
  });

  it('starts again with a correction, and enters nobody twice by one event', async () => {
    const world = on(
      { kind: 'absence', absent: { event: 'order_paid' }, after: { event: 'cart_updated' }, ms: 2 * hour },
      { reenter: { kind: 'always' }, steps: [{ kind: 'wait', id: 'wait', ms: 5 * hour }] },
    );
    const db = await begin(open, world, from);
    await people(db, [{ id: 'entered' }, { id: 'inside' }, { id: 'later' }]);
    await events(db, 'cart_updated', [
      { id: 'e1', customer: 'entered', at: from },
      { id: 'i1', customer: 'inside', at: from },
      { id: 'i2', customer: 'inside', at: from + 3 * hour },
      { id: 'l1', customer: 'later', at: from },
      { id: 'l2', customer: 'later', at: from + 3 * hour },
    ]);
    await carryOn(db, world, from, from + 10 * hour);
    const once = ['entered', 'inside', 'later'].map((id) => `+120m ${id} cart completed +420m`);
    expect(await enrolments(db, from), 'the second clocks end inside the campaign').toEqual(once);
    await events(db, 'cart_updated', [
      { id: 'e1', customer: 'entered', at: from, total: 5 },
      { id: 'i2', customer: 'inside', at: from + 3 * hour, total: 5 },
      { id: 'l2', customer: 'later', at: from + 9 * hour, total: 5 },
    ]);
    await carryOn(db, world, from + 10 * hour, from + day);
    expect(await enrolments(db, from)).toEqual([
      ...once,
      '+600m inside cart completed +900m',
      '+660m later cart completed +960m',
    ]);
  });

  it('starts again where the time is changed, without entering customers who were passed over', async () => {
    const slow = absence({ ms: 10 * hour });
    const db = await begin(open, slow, from);
    await people(db, [{ id: 'early' }, { id: 'late' }]);
    await events(db, 'cart_updated', [
      { customer: 'early', at: from },
      { customer: 'late', at: from + 5 * hour },
    ]);
    await carryOn(db, slow, from, from + 6 * hour);
    expect(await enrolments(db, from)).toEqual([]);
    await drive(db, absence({ ms: 2 * hour }), from + 6 * hour, from + day);
    expect(await enrolments(db, from)).toEqual(['+420m late cart completed +420m']);
  });

  it('lets the event of the beginning be read in the journey', async () => {
    const world = absence();
    world.campaigns[0] = on(
      { kind: 'absence', absent: { event: 'order_paid' }, after: { event: 'cart_updated' }, ms: hour },
      {
        steps: [
          {
            kind: 'if',
            id: 'big',
            condition: {
              kind: 'compare',
              type: 'boolean',
              op: '>',
              left: { kind: 'field', type: 'money', of: 'trigger', name: 'total' },
              right: { kind: 'literal', type: 'money', value: 50 },
            },
            then: [{ kind: 'exit', id: 'yes', reason: 'big' }],
            else: [],
          },
        ],
      },
    ).campaigns[0] as Program['campaigns'][number];
    const db = await begin(open, world, from);
    await people(db, [{ id: 'big' }, { id: 'small' }]);
    await events(db, 'cart_updated', [
      { customer: 'big', at: from, total: 90 },
      { customer: 'small', at: from, total: 9 },
    ]);
    await carryOn(db, world, from, from + day);
    expect(await enrolments(db, from)).toEqual(['+60m big cart big +60m', '+60m small cart completed +60m']);
  });
});

onEveryStore('leaving a segment', (open) => {
  it('enters customers who were members at the refresh before', async () => {
    const recent = {
      name: 'recent',
      where: {
        kind: 'compare' as const,
        type: 'boolean' as const,
        op: '>' as const,
        left: { kind: 'aggregate' as const, type: 'instant' as const, fn: 'last' as const, event: 'order_paid' },
        right: { kind: 'ago' as const, type: 'instant' as const, ms: 3 * hour },
      },
    };
    const world = program({
      segments: [recent],
      campaigns: [campaign({ on: { kind: 'leaving', segment: 'recent' }, reenter: { kind: 'always' } })],
    });
    const db = await begin(open, world, from);
    await people(db, [{ id: 'once' }, { id: 'twice' }, { id: 'never' }]);
    await events(db, 'order_paid', [
      { customer: 'once', at: from - hour },
      { customer: 'twice', at: from + 30 * minute },
      { customer: 'twice', at: from + 10 * hour },
    ]);
    await carryOn(db, world, from, from + day);
    expect(await enrolments(db, from)).toEqual([
      '+120m once cart completed +120m',
      '+240m twice cart completed +240m',
      '+780m twice cart completed +780m',
    ]);
  });
});

onEveryStore('a date', (open) => {
  const shop = model().data;
  const dated = (trigger: Partial<Extract<Trigger, { kind: 'date' }>>) =>
    program({
      data: {
        ...shop,
        customers: {
          ...shop.customers,
          attributes: [...shop.customers.attributes, { name: 'born', type: 'date', pii: true }],
        },
      },
      campaigns: [
        campaign({
          on: { kind: 'date', attribute: 'born', days: 0, minuteOfDay: 600, ...trigger },
          reenter: { kind: 'always' },
        }),
      ],
    });

  async function run(world: Program, born: Record<string, [string, string | null]>, to: number) {
    const db = await begin(open, world, from);
    const ids = Object.entries(born);
    await people(
      db,
      ids.map(([id, [, zone]]) => ({ id, zone })),
    );
    for (const [id, [date]] of ids) await db.run(sql`UPDATE inbox_customer SET born = ${date}::date WHERE id = ${id}`);
    await carryOn(db, world, from, to);
    return enrolments(db, from);
  }

  const born = {
    'in-moscow': ['1990-02-28', 'Europe/Moscow'],
    'in-new-york': ['1990-02-28', 'America/New_York'],
    'leap-day': ['1992-02-29', null],
    march: ['1991-03-01', null],
    today: ['1990-02-26', null],
    newborn: ['2026-02-28', null],
  } satisfies Record<string, [string, string | null]>;
  const whole = from + 5 * day;

  it('is kept at the time of day where the customer lives, once where it is not yearly', async () => {
    expect(await run(dated({}), born, whole)).toEqual(['+2760m newborn cart completed +2760m']);
  });

  it('occurs every year, 29 February on the day that the campaign names', async () => {
    const first = await run(dated({ yearly: { leapDay: 'february 28' } }), born, whole);
    expect(first).toEqual([
      '+2580m in-moscow cart completed +2580m',
      '+2760m leap-day cart completed +2760m',
      '+3060m in-new-york cart completed +3060m',
      '+4200m march cart completed +4200m',
    ]);
    const second = await run(dated({ yearly: { leapDay: 'march 1' } }), born, whole);
    expect(second).toContain('+4200m leap-day cart completed +4200m');
    expect(second).toHaveLength(4);
  });

  it('is met some days before or after', async () => {
    expect(await run(dated({ days: -2, yearly: { leapDay: 'march 1' } }), born, from + 2 * day)).toEqual([
      '+180m in-new-york cart completed +180m',
      '+1320m leap-day cart completed +1320m',
      '+1320m march cart completed +1320m',
    ]);
    expect(await run(dated({ days: 1, yearly: { leapDay: 'march 1' } }), { a: ['1990-02-26', null] }, whole)).toEqual([
      '+1320m a cart completed +1320m',
    ]);
  });

  it('makes up for days missed', async () => {
    const world = dated({ yearly: { leapDay: 'february 28' } });
    const db = await begin(open, world, from);
    await people(db, [{ id: 'a' }, { id: 'b' }]);
    await db.run(
      sql`UPDATE inbox_customer SET born = CASE id WHEN 'a' THEN DATE '1990-02-27' ELSE DATE '1990-03-01' END`,
    );
    await runTick(db, world, from, 'test');
    await runTick(db, world, from + 4 * day, 'test');
    expect(await enrolments(db, from)).toEqual(['+5760m a cart completed +5760m', '+5760m b cart completed +5760m']);
  });
});

onEveryStore('a launch by hand', (open) => {
  it('takes in the audience once, at its time', async () => {
    const world = on({ kind: 'manual' }, { reenter: { kind: 'always' } });
    const db = await begin(open, world, from);
    await people(db, [{ id: 'a' }, { id: 'b' }]);
    await carryOn(db, world, from, from + hour);
    expect(await enrolments(db, from)).toEqual([]);
    await db.run(sql`INSERT INTO launch (launch, campaign, "at") VALUES (1, 'cart', ${from + 2 * hour}::bigint)`);
    await carryOn(db, world, from + hour, from + day);
    expect(await enrolments(db, from)).toEqual(['+120m a cart completed +120m', '+120m b cart completed +120m']);
  });
});
