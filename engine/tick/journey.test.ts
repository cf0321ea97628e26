import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Expression } from '../../spec/model/expression.ts';
import { begin, carryOn, enrolments, messages } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, feedback, hour, minute, people, program } from '../../test/world.ts';

const start = Date.UTC(2026, 2, 2, 10);

const money = (value: number): Expression => ({ kind: 'literal', type: 'money', value });

onEveryStore('a journey', (open) => {
  it('runs a cascade from the cheap channel to the dear one, and stops at the reaction', async () => {
    const p = program({
      campaigns: [
        campaign({
          steps: [
            {
              kind: 'cascade',
              id: 'c',
              stages: [
                { id: 'c.email', channel: 'email', template: 't', until: 'opened', within: 2 * hour },
                { id: 'c.sms', channel: 'sms', template: 't' },
              ],
            },
          ],
        }),
      ],
    });
    const db = await begin(open, p, start);
    await people(db, [
      { id: 'c1' },
      { id: 'c2' },
      { id: 'c3', email: null },
      { id: 'c4', consent: ['sms'], phone: null },
    ]);
    await events(
      db,
      'cart_updated',
      ['c1', 'c2', 'c3', 'c4'].map((customer) => ({ customer, at: start })),
    );
    await carryOn(db, p, start, start + 1);
    const [first] = await db.query<{ message: string }>(
      sql`SELECT message FROM message m JOIN customer c ON c.customer = m.customer WHERE c.id = 'c1'`,
    );
    await feedback(db, [[first?.message ?? '', 'clicked', start + hour]]);
    await carryOn(db, p, start + minute, start + day);
    expect(await messages(db, start)).toEqual([
      '+0m c1 c.email email sent',
      '+0m c2 c.email email sent',
      '+0m c3 c.email email no-address',
      '+0m c3 c.sms sms sent',
      '+0m c4 c.email email no-consent',
      '+0m c4 c.sms sms no-address',
      '+120m c2 c.sms sms sent',
    ]);
    expect((await enrolments(db, start))[0]).toBe('+0m c1 cart completed +60m');
  });

  it('splits by a stable bucket; the control arm gets nothing', async () => {
    const p = program({
      campaigns: [
        campaign({
          reenter: { kind: 'always' },
          steps: [
            {
              kind: 'split',
              id: 'offer',
              arms: [
                { name: 'control', share: 2_000, control: true, steps: [] },
                {
                  name: 'a',
                  share: 8_000,
                  control: false,
                  steps: [{ kind: 'send', id: 's', channel: 'email', template: 't' }],
                },
              ],
            },
          ],
        }),
      ],
    });
    const db = await begin(open, p, start);
    const ids = Array.from({ length: 500 }, (_, i) => `c${i}`);
    await people(
      db,
      ids.map((id) => ({ id })),
    );
    await events(
      db,
      'cart_updated',
      ids.flatMap((customer) => [0, day].map((ms) => ({ customer, at: start + ms }))),
    );
    await carryOn(db, p, start, start + 2 * day);
    const arms = await db.query<{ arm: string; reason: string; n: number; customers: number }>(sql`
      SELECT arm, reason, count(*) AS n, count(DISTINCT customer) AS customers FROM enrolment GROUP BY arm, reason ORDER BY arm`);
    expect(arms.map((a) => [a.arm, a.reason, a.n / a.customers])).toEqual([
      ['a', 'completed', 2],
      ['control', 'control', 2],
    ]);
    expect(arms[1]?.customers).toBeGreaterThan(70);
    expect(arms[1]?.customers).toBeLessThan(130);
    const [sent] = await db.query(sql`SELECT count(*) AS n FROM message`);
    expect(sent?.n).toBe(arms[0]?.n ?? 0);
  });

  it('branches on the customer, on past events and on the event that entered', async () => {
    const big: Expression = {
      kind: 'or',
      type: 'boolean',
      operands: [
        {
          kind: 'compare',
          type: 'boolean',
          op: '>',
          left: { kind: 'field', type: 'money', of: 'trigger', name: 'total' },
          right: money(100),
        },
        {
          kind: 'compare',
          type: 'boolean',
          op: '>=',
          left: { kind: 'aggregate', type: 'money', fn: 'sum', event: 'order_paid', field: 'total', within: 30 * day },
          right: money(50),
        },
        {
          kind: 'not',
          type: 'boolean',
          operand: {
            kind: 'compare',
            type: 'boolean',
            op: '!=',
            left: { kind: 'attribute', type: 'string', name: 'city' },
            right: { kind: 'literal', type: 'string', value: 'Омск' },
          },
        },
      ],
    };
    const p = program({
      campaigns: [
        campaign({
          steps: [
            {
              kind: 'if',
              id: 'big',
              condition: big,
              then: [{ kind: 'send', id: 'yes', channel: 'email', template: 't' }],
              else: [{ kind: 'exit', id: 'no', reason: 'small' }],
            },
          ],
        }),
      ],
    });
    const db = await begin(open, p, start);
    await people(db, [
      { id: 'c1', city: 'Тула' },
      { id: 'c2', city: 'Тула' },
      { id: 'c3' },
      { id: 'c4', city: 'Омск' },
      { id: 'c5', city: 'Тула' },
    ]);
    await events(db, 'order_paid', [
      { customer: 'c2', at: start - day, total: 50 },
      { customer: 'c5', at: start - 31 * day, total: 500 },
    ]);
    await events(db, 'cart_updated', [
      { customer: 'c1', at: start, total: 100.01 },
      ...['c2', 'c3', 'c4', 'c5'].map((customer) => ({ customer, at: start, total: 100 })),
    ]);
    await carryOn(db, p, start, start + day);
    // c3 has no city: `city != "Омск"` is false for it, so `not` of that is true.
    expect(await messages(db, start)).toEqual(['c1', 'c2', 'c3', 'c4'].map((c) => `+0m ${c} yes email sent`));
    expect((await enrolments(db, start)).at(-1)).toBe('+0m c5 cart small +0m');
  });

  it('waits until a local time of day', async () => {
    const p = program({
      campaigns: [
        campaign({
          steps: [
            { kind: 'until', id: 'u', minuteOfDay: 10 * 60 },
            { kind: 'send', id: 's', channel: 'email', template: 't' },
          ],
        }),
      ],
    });
    const db = await begin(open, p, start);
    await people(db, [{ id: 'c1' }, { id: 'c2', zone: 'Europe/Moscow' }, { id: 'c3', zone: 'America/New_York' }]);
    await events(
      db,
      'cart_updated',
      ['c1', 'c2', 'c3'].map((customer) => ({ customer, at: start })),
    );
    await carryOn(db, p, start, start + 2 * day);
    expect(await messages(db, start)).toEqual([
      '+0m c1 s email sent',
      '+300m c3 s email sent',
      '+1260m c2 s email sent',
    ]);
  });
});
