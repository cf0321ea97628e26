import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Step } from '../../spec/model/campaign.ts';
import type { Expression } from '../../spec/model/expression.ts';
import { begin, carryOn, enrolments, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, consents, day, events, feedback, hour, minute, model, people, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Row } from '../store/database.ts';

/** A Thursday. */
const from = Date.UTC(2026, 1, 26, 12);
const journey = (...steps: Step[]) =>
  program({
    campaigns: [campaign({ steps })],
    channels: [
      ...model().channels,
      { name: 'push', kind: 'push', address: 'name', transport: { kind: 'console' }, price: 0.01 },
    ],
  });
const send = (id: string, channel = 'email'): Step => ({ kind: 'send', id, channel, template: 't' });
const exit = (reason: string): Step => ({ kind: 'exit', id: reason, reason });
const field = (name: string): Expression => ({ kind: 'field', type: 'money', of: 'trigger', name });
const literal = (value: number): Expression => ({ kind: 'literal', type: 'integer', value });

onEveryStore('waiting for an event', (open) => {
  const wait = (when?: Expression): Step => ({
    kind: 'await',
    id: 'w',
    event: 'order_paid',
    ...(when && { when }),
    within: 2 * hour,
    then: [exit('came')],
    else: [exit('did-not')],
  });

  it('continues at once when the event happens, and by the other branch when the time is over', async () => {
    const world = journey({ kind: 'wait', id: 'first', ms: hour }, wait());
    const db = await begin(open, world, from);
    await people(
      db,
      ['before', 'in-time', 'at-the-end', 'too-late', 'never'].map((id) => ({ id })),
    );
    await events(
      db,
      'cart_updated',
      ['before', 'in-time', 'at-the-end', 'too-late', 'never'].map((customer) => ({ customer, at: from })),
    );
    await events(db, 'order_paid', [
      { customer: 'before', at: from + 30 * minute },
      { customer: 'in-time', at: from + 90 * minute },
      { customer: 'at-the-end', at: from + 3 * hour },
      { customer: 'too-late', at: from + 3 * hour + minute },
    ]);
    await carryOn(db, world, from, from + day);
    expect(await enrolments(db, from)).toEqual([
      '+0m at-the-end cart came +180m',
      '+0m before cart did-not +180m',
      '+0m in-time cart came +90m',
      '+0m never cart did-not +180m',
      '+0m too-late cart did-not +180m',
    ]);
  });

  it('evaluates the condition for each event, and goes on waiting where it does not hold', async () => {
    const big: Expression = { kind: 'compare', type: 'boolean', op: '>', left: field('total'), right: literal(50) };
    const world = journey(wait(big));
    const db = await begin(open, world, from);
    await people(db, [{ id: 'small' }, { id: 'both' }]);
    await events(db, 'cart_updated', [
      { customer: 'small', at: from, total: 99 },
      { customer: 'both', at: from },
    ]);
    await events(db, 'order_paid', [
      { customer: 'small', at: from + hour, total: 10 },
      { customer: 'both', at: from + 20 * minute, total: 10 },
      { customer: 'both', at: from + hour, total: 60 },
    ]);
    await carryOn(db, world, from, from + day);
    expect(await enrolments(db, from)).toEqual(['+0m both cart came +60m', '+0m small cart did-not +120m']);
  });
});

onEveryStore('waiting for a day of the week', (open) => {
  it('waits for the next of the days at which it is that time where the customer lives', async () => {
    const at = async (zone: string, weekdays: number[], minuteOfDay: number) => {
      const world = journey({ kind: 'until', id: 'u', minuteOfDay, weekdays }, exit('done'));
      const db = await begin(open, world, from);
      await people(db, [{ id: 'c', zone }]);
      await events(db, 'cart_updated', [{ customer: 'c', at: from }]);
      await carryOn(db, world, from, from + 10 * day);
      const [row] = await db.query<{ ended_at: number }>(sql`SELECT ended_at FROM enrolment`);
      return new Date(row?.ended_at ?? 0).toISOString().slice(0, 16);
    };
    expect(await at('UTC', [1], 600)).toBe('2026-03-02T10:00');
    expect(await at('UTC', [4], 720)).toBe('2026-02-26T12:00');
    expect(await at('UTC', [4], 719)).toBe('2026-03-05T11:59');
    expect(await at('UTC', [1, 5], 600)).toBe('2026-02-27T10:00');
    // There it is Friday already.
    expect(await at('Pacific/Auckland', [5], 600)).toBe('2026-02-26T21:00');
    expect(await at('Pacific/Auckland', [4], 600)).toBe('2026-03-04T21:00');
  });
});

onEveryStore('a cascade', (open) => {
  const stages = (['sms', 'email', 'push'] as const).map((channel) => ({
    id: `c.${channel}`,
    channel,
    template: 't',
    until: 'opened' as const,
    within: hour,
  }));

  it('by price begins with the cheapest, and the last waits for nothing', async () => {
    const world = journey({ kind: 'cascade', id: 'c', order: 'cheapest', stages }, exit('done'));
    const db = await begin(open, world, from);
    await people(db, [{ id: 'c', name: 'token', consent: ['email', 'sms', 'push'] }]);
    await events(db, 'cart_updated', [{ customer: 'c', at: from }]);
    await carryOn(db, world, from, from + day);
    expect(await messages(db, from)).toEqual([
      '+0m c c.push push sent',
      '+60m c c.email email sent',
      '+120m c c.sms sms sent',
    ]);
    expect(await enrolments(db, from)).toEqual(['+0m c cart done +120m']);
  });

  it('in preferred order begins with the channel that the customer answers most, refusals passed over at once', async () => {
    const world = journey({ kind: 'cascade', id: 'c', order: 'preferred', stages }, exit('done'));
    const past = program({
      ...model(),
      channels: world.channels,
      campaigns: [campaign({ name: 'past', steps: [send('a', 'sms'), send('b'), send('d', 'push')] })],
    });
    const db = await begin(open, past, from - day);
    const consent = ['email', 'sms', 'push'];
    await people(db, [
      { id: 'email-lover', name: 'token-1', consent },
      { id: 'stranger', name: 'token-2', consent },
      { id: 'push-lover', name: 'token-3', consent: ['sms', 'push'] },
    ]);
    const some = ['email-lover', 'push-lover'].map((customer) => ({ customer, at: from - 20 * hour }));
    await events(db, 'cart_updated', some);
    await carryOn(db, past, from - day, from - hour);
    const sent = await db.query<{ message: string; id: string; channel: string }>(sql`
      SELECT m.message, c.id, m.channel FROM message m JOIN customer c ON c.customer = m.customer WHERE m.status = 'sent'`);
    const answered = sent.filter(({ id, channel }) => id === `${channel}-lover`);
    await feedback(
      db,
      answered.map(({ message }) => [message, 'clicked', from - hour]),
    );
    await applyProgram(db, { program: world, at: from, lineage: 'test' });
    await events(
      db,
      'cart_updated',
      ['email-lover', 'push-lover', 'stranger'].map((customer) => ({ customer, at: from })),
    );
    await carryOn(db, world, from, from + day);
    const now = (await messages(db, from)).filter((line) => line.includes(' c.'));
    expect(now).toEqual([
      '+0m email-lover c.email email sent',
      '+0m push-lover c.push push sent',
      '+0m stranger c.sms sms sent',
      '+60m email-lover c.sms sms sent',
      '+60m push-lover c.sms sms sent',
      '+60m stranger c.email email sent',
      '+120m email-lover c.push push sent',
      '+120m push-lover c.email email no-consent',
      '+120m stranger c.push push sent',
    ]);
    expect((await enrolments(db, from)).filter((line) => line.startsWith('+0m'))).toEqual([
      '+0m email-lover cart done +120m',
      '+0m push-lover cart done +120m',
      '+0m stranger cart done +120m',
    ]);
  });

  it('weighs answers against what was sent: one of one before two of six', async () => {
    const past = [
      campaign({ name: 'mail', reenter: { kind: 'always' }, steps: [send('mail')] }),
      campaign({ name: 'text', on: { kind: 'event', event: 'order_paid' }, steps: [send('text', 'sms')] }),
    ];
    const before = program({ campaigns: past });
    const db = await begin(open, before, from - day);
    await people(db, [{ id: 'c' }]);
    const carts = Array.from({ length: 6 }, (_, i) => ({ customer: 'c', at: from - 20 * hour + i * hour }));
    await events(db, 'cart_updated', carts);
    await events(db, 'order_paid', [{ customer: 'c', at: from - 10 * hour }]);
    await carryOn(db, before, from - day, from - hour);
    const sent = await db.query<{ message: string; channel: string }>(
      sql`SELECT message, channel FROM message WHERE status = 'sent' ORDER BY decided_at`,
    );
    const mails = sent.filter(({ channel }) => channel === 'email').slice(0, 2);
    const answered = [...mails, ...sent.filter(({ channel }) => channel === 'sms')];
    await feedback(
      db,
      answered.map(({ message }) => [message, 'clicked', from - hour]),
    );
    const mailFirst = stages.filter(({ channel }) => channel !== 'push').toReversed();
    const now = program({
      campaigns: [campaign({ steps: [{ kind: 'cascade', id: 'c', order: 'preferred', stages: mailFirst }] })],
    });
    await applyProgram(db, { program: now, at: from, lineage: 'test' });
    await events(db, 'cart_updated', [{ customer: 'c', at: from }]);
    await carryOn(db, now, from, from + day);
    const [first] = (await messages(db, from)).filter((line) => line.includes(' c.'));
    expect(first).toBe('+0m c c.sms sms sent');
  });

  it('counts the time of a later stage from its own beginning, also where quiet hours held an earlier one', async () => {
    const [sms, mail] = stages;
    const held = program({
      campaigns: [
        campaign({
          expires: 12 * hour,
          steps: [
            {
              kind: 'cascade',
              id: 'c',
              stages: sms && mail ? [mail, { id: sms.id, channel: 'sms', template: 't' }] : [],
            },
          ],
        }),
      ],
      policies: { caps: [], quietHours: { from: 21 * 60, to: 9 * 60, otherwise: 'hold', transactional: false } },
    });
    const db = await begin(open, held, from);
    await people(db, [{ id: 'c' }]);
    await events(db, 'cart_updated', [{ customer: 'c', at: from + 10 * hour }]);
    await consents(db, [['c', 'email', false, from + 15 * hour]]);
    await carryOn(db, held, from, from + 2 * day);
    expect(await messages(db, from)).toEqual(['+1260m c c.email email no-consent', '+1260m c c.sms sms sent']);
    const [row] = await db.query<Row>(
      sql`SELECT deferred_at, expires_at - decided_at AS life FROM message WHERE channel = 'sms'`,
    );
    expect(row).toEqual({ deferred_at: null, life: 12 * hour });
  });
});

onEveryStore('a split', (open) => {
  it('keeps a customer in the arm, or draws again where the split is not sticky', async () => {
    const arms = async (sticky?: false) => {
      const world = program({
        campaigns: [
          campaign({
            reenter: { kind: 'always' },
            steps: [
              {
                kind: 'split',
                id: 's',
                ...(sticky === false && { sticky }),
                arms: ['a', 'b'].map((name) => ({ name, share: 5_000, control: false, steps: [] })),
              },
            ],
          }),
        ],
      });
      const db = await begin(open, world, from);
      await people(db, [{ id: 'c' }]);
      const carts = Array.from({ length: 12 }, (_, i) => ({ customer: 'c', at: from + i * hour }));
      await events(db, 'cart_updated', carts);
      await carryOn(db, world, from, from + day);
      const rows = await db.query<{ arm: string; n: number }>(
        sql`SELECT arm, count(*) AS n FROM enrolment GROUP BY arm`,
      );
      return rows.map(({ n }) => n).sort();
    };
    expect(await arms()).toEqual([12]);
    expect(await arms(false)).toHaveLength(2);
  });
});

onEveryStore('steps that change something', (open) => {
  it('write attributes, all values worked out before the first is written', async () => {
    const attribute = (name: string): Expression => ({ kind: 'attribute', type: 'integer', name });
    const sum = (left: Expression, right: Expression): Expression => ({
      kind: 'arithmetic',
      type: 'number',
      op: '+',
      left,
      right,
    });
    const half = { kind: 'literal' as const, type: 'number' as const, value: 0.4 };
    const shop = model();
    const spent = { name: 'spent', type: 'integer' as const, pii: false };
    const world = program({
      data: {
        ...shop.data,
        customers: { sources: [], attributes: [...shop.data.customers.attributes, spent] },
      },
      campaigns: [
        campaign({
          steps: [
            {
              kind: 'set',
              id: 'set',
              values: [
                { attribute: 'points', value: sum(attribute('points'), sum(field('total'), half)) },
                { attribute: 'spent', value: attribute('points') },
                { attribute: 'city', value: { kind: 'literal', type: 'string', value: "Омск 'x'" } },
                { attribute: 'zone', value: { kind: 'literal', type: 'string', value: 'Asia/Omsk' } },
              ],
            },
            { kind: 'until', id: 'u', minuteOfDay: 1200 },
            exit('done'),
          ],
        }),
      ],
    });
    const db = await begin(open, world, from);
    await people(db, [
      { id: 'c', points: 5 },
      { id: 'other', points: 7 },
    ]);
    await events(db, 'cart_updated', [{ customer: 'c', at: from, total: 20 }]);
    await carryOn(db, world, from, from + day);
    const rows = await db.query<Row>(sql`SELECT id, points, spent, city FROM customer ORDER BY id`);
    expect(rows).toEqual([
      { id: 'c', points: 25, spent: 5, city: "Омск 'x'" },
      { id: 'other', points: 7, spent: null, city: null },
    ]);
    // 20:00 in Omsk, whose rules nobody needed before.
    expect(await enrolments(db, from)).toEqual(['+0m c cart done +120m']);
    await people(db, [{ id: 'c', points: 1 }]);
    await carryOn(db, world, from + day, from + 2 * day);
    const later = await db.query<Row>(sql`SELECT points, city FROM customer WHERE id = 'c'`);
    expect(later).toEqual([{ points: 1, city: "Омск 'x'" }]);
  });

  it('put into a static segment and take out of it, once', async () => {
    const world = program({
      segments: [{ name: 'vips', sources: [] }],
      campaigns: [
        campaign({
          reenter: { kind: 'always' },
          steps: [
            { kind: 'add', id: 'add', segment: 'vips' },
            {
              kind: 'if',
              id: 'if',
              condition: { kind: 'segment', type: 'boolean', name: 'vips' },
              then: [exit('in')],
              else: [],
            },
          ],
        }),
        campaign({
          name: 'out',
          on: { kind: 'event', event: 'order_paid' },
          steps: [{ kind: 'remove', id: 'remove', segment: 'vips' }],
        }),
        campaign({
          name: 'welcome',
          on: { kind: 'segment', segment: 'vips', existing: false },
          steps: [exit('hello')],
        }),
        campaign({ name: 'farewell', on: { kind: 'leaving', segment: 'vips' }, steps: [exit('bye')] }),
      ],
    });
    const db = await begin(open, world, from);
    await people(db, [{ id: 'a' }, { id: 'b' }]);
    await events(db, 'cart_updated', [
      { customer: 'a', at: from },
      { customer: 'b', at: from },
      { customer: 'a', at: from + minute },
    ]);
    await events(db, 'order_paid', [{ customer: 'b', at: from + 2 * hour }]);
    await carryOn(db, world, from, from + day);
    expect(await db.query<Row>(sql`SELECT c.id FROM listing l JOIN customer c ON c.customer = l.customer`)).toEqual([
      { id: 'a' },
    ]);
    expect(await enrolments(db, from)).toEqual([
      '+0m a cart in +0m',
      '+0m b cart in +0m',
      '+1m a cart in +1m',
      '+60m a welcome hello +60m',
      '+60m b welcome hello +60m',
      '+120m b out completed +120m',
      '+180m b farewell bye +180m',
    ]);
  });
});
