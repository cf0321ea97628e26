import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Expression } from '../../spec/expression/expression.ts';
import { carryOn, type drive, enrolments, messages, tz } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, consents, day, events, feedback, hour, minute, model, people, program } from '../../test/world.ts';
import { applyProgram } from '../apply/apply.ts';
import { runTick } from './run-tick.ts';

const start = Date.UTC(2026, 2, 2, 10);

const money = (value: number): Expression => ({ kind: 'literal', type: 'money', value });

onEveryStore('a tick', (open) => {
  it('enters on an event, waits, sends once and completes', async () => {
    const db = await open();
    const p = program({
      campaigns: [
        campaign({
          steps: [
            { kind: 'wait', id: 'wait-1', ms: 2 * hour },
            { kind: 'send', id: 'send-2', channel: 'email', template: 'cart' },
          ],
        }),
      ],
    });
    await prepared(db, p);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(db, 'cart_updated', [
      { customer: 'c1', at: start + 30_000 },
      { customer: 'c1', at: start + 3 * minute },
    ]);
    await carryOn(db, p, start, start + day);
    expect(await messages(db, start)).toEqual(['+121m c1 send-2 email sent']);
    expect(await enrolments(db, start)).toEqual(['+1m c1 cart completed +121m']);
    expect(await runTick(db, p, start, tz), 'an instant that is past is not ticked again').toBe(false);
  });

  it('does not enter on history', async () => {
    const db = await open();
    const p = program({ campaigns: [campaign()] });
    await prepared(db, p);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start - 1 }]);
    await carryOn(db, p, start, start + hour);
    expect(await enrolments(db, start)).toEqual([]);
  });

  it('ends on an exit event before the reminder of the same tick, and cancels what has not left', async () => {
    const db = await open();
    const p = program({
      campaigns: [
        campaign({
          exit: [{ event: 'order_paid' }],
          goal: {
            event: 'order_paid',
            within: 7 * day,
            value: { kind: 'field', type: 'money', of: 'trigger', name: 'total' },
          },
          steps: [
            { kind: 'wait', id: 'wait-1', ms: 2 * hour },
            { kind: 'send', id: 'send-2', channel: 'email', template: 'cart' },
          ],
        }),
      ],
    });
    await prepared(db, p);
    await people(db, [{ id: 'c1' }, { id: 'c2' }, { id: 'c3' }]);
    await events(db, 'cart_updated', [
      { customer: 'c1', at: start },
      { customer: 'c2', at: start },
      { customer: 'c3', at: start },
    ]);
    // c1 buys in the very minute of the reminder; c2 between decision and dispatch; c3 had bought before the cart.
    await events(db, 'order_paid', [
      { customer: 'c1', at: start + 2 * hour, total: 50 },
      { customer: 'c2', at: start + 2 * hour + 1, total: 70.5 },
      { customer: 'c3', at: start - 1, total: 1 },
    ]);
    for (const at of [start, start + 2 * hour, start + 2 * hour + minute]) await runTick(db, p, at, tz);
    expect(await messages(db, start)).toEqual(['+120m c2 send-2 email exit-event', '+120m c3 send-2 email decided']);
    expect(await enrolments(db, start)).toEqual([
      '+0m c1 cart exit-event +120m',
      '+0m c2 cart completed +120m',
      '+0m c3 cart completed +120m',
    ]);
    const goals = await db.query(sql`SELECT goal_value FROM enrolment ORDER BY enrolment`);
    expect(goals.map((g) => g.goal_value)).toEqual([50, 70.5, null]);
  });

  it('refuses with a reason: suppressed, no consent, no address, in that order', async () => {
    const db = await open();
    const p = program({ campaigns: [campaign()] });
    await prepared(db, p);
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
    const db = await open();
    const p = program({ campaigns: [campaign()] });
    await prepared(db, p);
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
    const db = await open();
    const p = program({
      campaigns: [campaign()],
      policies: { quietHours: { from: 21 * 60, to: 9 * 60, otherwise: 'hold', transactional: false }, caps: [] },
    });
    await prepared(db, p);
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
    const db = await open();
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
    await prepared(db, p);
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

  it('runs a cascade from the cheap channel to the dear one, and stops at the reaction', async () => {
    const db = await open();
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
    await prepared(db, p);
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
    const db = await open();
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
    await prepared(db, p);
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
    const db = await open();
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
    await prepared(db, p);
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
    const db = await open();
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
    await prepared(db, p);
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

  it('enters those who come into a segment, not those who were there before, and again after the interval', async () => {
    const db = await open();
    const last: Expression = { kind: 'aggregate', type: 'instant', fn: 'last', event: 'order_paid' };
    const p = program({
      project: { ...model().project, refresh: day },
      segments: [
        {
          name: 'sleeping',
          where: {
            kind: 'and',
            type: 'boolean',
            operands: [
              {
                kind: 'compare',
                type: 'boolean',
                op: '<',
                left: last,
                right: { kind: 'ago', type: 'instant', ms: 45 * day },
              },
              {
                kind: 'compare',
                type: 'boolean',
                op: '>=',
                left: last,
                right: { kind: 'ago', type: 'instant', ms: 90 * day },
              },
            ],
          },
        },
      ],
      campaigns: [
        campaign({
          on: { kind: 'segment', segment: 'sleeping', existing: false },
          reenter: { kind: 'after', ms: 60 * day },
        }),
      ],
    });
    await prepared(db, p);
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await events(db, 'order_paid', [
      { customer: 'c1', at: start - 60 * day },
      { customer: 'c2', at: start - 10 * day },
      { customer: 'c2', at: start + 60 * day },
    ]);
    await carryOn(db, p, start, start + 200 * day);
    // Segments are refreshed at midnight: 45 days after 10 in the morning is noticed 14 hours later.
    expect(await enrolments(db, start)).toEqual(
      [35, 105].map((days) => {
        const at = (days * 24 + 14) * 60;
        return `+${at}m c2 cart completed +${at}m`;
      }),
    );
  });

  it('fires a schedule once per customer in the clock of each zone', async () => {
    const db = await open();
    const p = program({
      campaigns: [
        campaign({ on: { kind: 'schedule', cron: '0 10 * * 2', zone: 'customer' }, reenter: { kind: 'always' } }),
      ],
    });
    await prepared(db, p);
    await people(db, [{ id: 'c1', zone: 'Asia/Tokyo' }, { id: 'c2', zone: 'Europe/London' }, { id: 'c3' }]);
    await carryOn(db, p, start, start + 9 * day);
    expect(await messages(db, start)).toEqual([
      '+900m c1 send-1 email sent',
      '+1440m c2 send-1 email sent',
      '+1440m c3 send-1 email sent',
      `+${900 + 7 * 1440}m c1 send-1 email sent`,
      `+${1440 + 7 * 1440}m c2 send-1 email sent`,
      `+${1440 + 7 * 1440}m c3 send-1 email sent`,
    ]);
  });

  it('ends those inside a campaign that is removed; lets those inside an old version finish on it', async () => {
    const db = await open();
    const slow = (name: string, template: string) =>
      campaign({
        name,
        steps: [
          { kind: 'wait', id: 'w', ms: day },
          { kind: 'send', id: 's', channel: 'email', template },
        ],
      });
    const before = program({ campaigns: [slow('a', 'old'), slow('b', 'old')] });
    const after = program({ campaigns: [slow('a', 'new')] });
    await prepared(db, before);
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await carryOn(db, before, start, start + hour);
    expect(await applyProgram(db, { program: after, at: start + hour, lineage: 'test' })).toBe(true);
    expect(await applyProgram(db, { program: after, at: start + hour, lineage: 'test' }), 'twice is nothing').toBe(
      false,
    );
    await carryOn(db, after, start + hour, start + 3 * day);
    const sent = await db.query(sql`SELECT campaign, template FROM message`);
    expect(sent).toEqual([{ campaign: 'a', template: 'old' }]);
    expect(await enrolments(db, start)).toEqual(['+0m c1 a completed +1440m', '+0m c1 b removed +60m']);
  });

  it('counts the conversion of a version that nobody is inside any more', async () => {
    const db = await open();
    const version = (template: string) =>
      program({
        campaigns: [
          campaign({
            goal: { event: 'order_paid', within: 7 * day },
            steps: [{ kind: 'send', id: 's', channel: 'email', template }],
          }),
        ],
      });
    const after = version('new');
    await prepared(db, version('old'));
    await people(db, [{ id: 'c1' }]);
    await events(db, 'cart_updated', [{ customer: 'c1', at: start }]);
    await carryOn(db, version('old'), start, start + hour);
    await applyProgram(db, { program: after, at: start + hour, lineage: 'test' });
    await events(db, 'order_paid', [
      { customer: 'c1', at: start + 3 * day, total: 5 },
      { customer: 'c1', at: start + 4 * day, total: 5 },
    ]);
    await carryOn(db, after, start + hour, start + 9 * day);
    const goals = await db.query(sql`SELECT goal_at, version FROM enrolment`);
    expect(goals).toEqual([{ goal_at: start + 3 * day, version: version('old').campaigns[0]?.hash }]);
  });
});

async function prepared(db: Parameters<typeof drive>[0], p: Parameters<typeof drive>[1]) {
  await applyProgram(db, { program: p, at: start, lineage: 'test' });
  return db;
}
