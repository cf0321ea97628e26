import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Campaign, Step } from '../../spec/model/campaign.ts';
import type { CompareOp, Expression } from '../../spec/model/expression.ts';
import { begin, carryOn, enrolments, messages, tickAt } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, minute, model, people, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Row } from '../store/database.ts';

// The instants that docs/how-it-runs.md decides under "Exactly when".

/** A Thursday. */
const from = Date.UTC(2026, 1, 26, 12);
const exit = (reason: string): Step => ({ kind: 'exit', id: reason, reason });
const send = (id: string, channel = 'email'): Step => ({ kind: 'send', id, channel, template: 't' });
const wait = (ms: number): Step => ({ kind: 'wait', id: 'wait', ms });
const literal = (value: number): Expression => ({ kind: 'literal', type: 'integer', value });
const compare = (op: CompareOp, left: Expression, right: Expression): Expression => ({
  kind: 'compare',
  type: 'boolean',
  op,
  left,
  right,
});
const every = (tick: number) => ({ ...model().project, tick, refresh: day });
const atNight = { quietHours: { from: 21 * 60, to: 9 * 60, otherwise: 'hold', transactional: false } } as const;

onEveryStore('the beginning of a campaign', (open) => {
  it('counts what happens at its very instant, and nothing before', async () => {
    const shop = model().data;
    const attributes = [...shop.customers.attributes, { name: 'born', type: 'date' as const, pii: true }];
    const on: Record<string, Campaign['on']> = {
      event: { kind: 'event', event: 'cart_updated' },
      'schedule-now': { kind: 'schedule', cron: '0 12 * * *', zone: 'project' },
      'schedule-before': { kind: 'schedule', cron: '59 11 * * *', zone: 'project' },
      'date-now': { kind: 'date', attribute: 'born', days: 0, minuteOfDay: 12 * 60 },
      'date-before': { kind: 'date', attribute: 'born', days: 0, minuteOfDay: 12 * 60 - 1 },
      absence: { kind: 'absence', absent: { event: 'order_paid' }, ms: hour },
    };
    const world = program({
      data: { ...shop, customers: { ...shop.customers, attributes } },
      campaigns: Object.entries(on).map(([name, trigger]) => campaign({ name, on: trigger, steps: [] })),
    });
    const db = await begin(open, world, from);
    await people(db, [{ id: 'now' }, { id: 'before' }]);
    await db.run(sql`UPDATE inbox_customer SET born = '2026-02-26'::date WHERE id = 'now'`);
    await events(db, 'cart_updated', [
      { customer: 'now', at: from },
      { customer: 'before', at: from - 1 },
    ]);
    await events(db, 'order_paid', [
      { customer: 'now', at: from - hour },
      { customer: 'before', at: from - hour - 1 },
    ]);
    await carryOn(db, world, from, from + hour);
    expect(await enrolments(db, from)).toEqual([
      '+0m before schedule-now completed +0m',
      '+0m now absence completed +0m',
      '+0m now date-now completed +0m',
      '+0m now event completed +0m',
      '+0m now schedule-now completed +0m',
    ]);
  });

  it('does not keep a yearly date in its own year', async () => {
    const shop = model().data;
    const attributes = [...shop.customers.attributes, { name: 'born', type: 'date' as const, pii: true }];
    const yearly = { leapDay: 'march 1' } as const;
    const world = program({
      data: { ...shop, customers: { ...shop.customers, attributes } },
      campaigns: [campaign({ on: { kind: 'date', attribute: 'born', days: 0, minuteOfDay: 780, yearly }, steps: [] })],
    });
    const db = await begin(open, world, from);
    await people(db, [{ id: 'one-year' }, { id: 'newborn' }]);
    await db.run(sql`UPDATE inbox_customer SET born = '2025-02-26'::date WHERE id = 'one-year'`);
    await db.run(sql`UPDATE inbox_customer SET born = '2026-02-26'::date WHERE id = 'newborn'`);
    await tickAt(db, world, from, from + hour, from + 365 * day + hour);
    expect(await enrolments(db, from)).toEqual([
      '+60m one-year cart completed +60m',
      `+${365 * 1440 + 60}m newborn cart completed +${365 * 1440 + 60}m`,
    ]);
  });
});

onEveryStore('exits and goals', (open) => {
  it('count from the start on, to the millisecond, also another event of the kind that started it', async () => {
    const world = program({
      campaigns: [
        campaign({
          exit: [{ event: 'order_paid' }, { event: 'cart_updated' }],
          goal: { event: 'order_paid', within: day },
          steps: [wait(hour), exit('waited')],
        }),
      ],
    });
    const db = await begin(open, world, from);
    await people(
      db,
      ['at-start', 'before', 'two-carts', 'goal-at-end', 'goal-late'].map((id) => ({ id })),
    );
    const at = from + minute;
    await events(db, 'cart_updated', [
      { customer: 'at-start', at },
      { customer: 'before', at },
      { id: 'first', customer: 'two-carts', at },
      { id: 'second', customer: 'two-carts', at },
      { customer: 'goal-at-end', at },
      { customer: 'goal-late', at },
    ]);
    await events(db, 'order_paid', [
      { customer: 'at-start', at },
      { customer: 'before', at: at - 1 },
      { customer: 'goal-at-end', at: at + day },
      { customer: 'goal-late', at: at + day + 1 },
    ]);
    await carryOn(db, world, from, from + 2 * day);
    expect(await enrolments(db, from)).toEqual([
      '+1m at-start cart exit-event +1m',
      '+1m before cart waited +61m',
      '+1m goal-at-end cart waited +61m',
      '+1m goal-late cart waited +61m',
      '+1m two-carts cart exit-event +1m',
    ]);
    const goals = await db.query<Row>(sql`
      SELECT c.id, e.goal_at - e.started_at AS after FROM enrolment e JOIN customer c ON c.customer = e.customer
      WHERE e.goal_at IS NOT NULL ORDER BY c.id`);
    expect(goals).toEqual([
      { id: 'at-start', after: 0 },
      { id: 'goal-at-end', after: day },
    ]);
  });

  it('are never the event that began the journey, wherever a correction moves it', async () => {
    const mine = (event: string, name: string, on: Campaign['on']) =>
      campaign({ name, on, exit: [{ event }], goal: { event, within: day }, steps: [wait(10 * hour), exit('waited')] });
    const world = program({
      project: every(hour),
      campaigns: [
        mine('order_paid', 'absence', { kind: 'absence', absent: { event: 'order_paid' }, ms: 2 * hour }),
        mine('cart_updated', 'event', { kind: 'event', event: 'cart_updated' }),
      ],
    });
    const db = await begin(open, world, from);
    await people(db, [{ id: 'a' }, { id: 'b' }]);
    const happen = async (later: number) => {
      await events(db, 'order_paid', [{ id: 'order', customer: 'a', at: from + later }]);
      await events(db, 'cart_updated', [{ id: 'cart', customer: 'b', at: from + later }]);
    };
    await happen(0);
    await carryOn(db, world, from, from + 4 * hour);
    await happen(3 * hour);
    await carryOn(db, world, from + 4 * hour, from + day);
    expect(await enrolments(db, from)).toEqual(['+0m b event waited +600m', '+120m a absence waited +720m']);
    expect(await db.query(sql`SELECT 1 FROM enrolment WHERE goal_at IS NOT NULL`)).toEqual([]);
  });

  it('count between the start and a later tick', async () => {
    const steps = [send('at-once')];
    const world = program({
      project: every(hour),
      campaigns: [campaign({ exit: [{ event: 'order_paid' }], steps })],
    });
    const db = await begin(open, world, from);
    await people(db, [{ id: 'bought' }, { id: 'had-bought' }]);
    await events(db, 'cart_updated', [
      { customer: 'bought', at: from + 10 * minute },
      { customer: 'had-bought', at: from + 10 * minute },
    ]);
    await events(db, 'order_paid', [
      { customer: 'bought', at: from + 20 * minute },
      { customer: 'had-bought', at: from + 5 * minute },
    ]);
    await carryOn(db, world, from, from + day);
    expect(await enrolments(db, from)).toEqual([
      '+60m bought cart exit-event +60m',
      '+60m had-bought cart completed +60m',
    ]);
    expect(await messages(db, from)).toEqual(['+60m had-bought at-once email sent']);
  });

  it('count for those who were members already from the first tick on', async () => {
    const some = compare('>', { kind: 'attribute', type: 'integer', name: 'points' }, literal(0));
    const on = { kind: 'segment', segment: 'some', existing: true } as const;
    const watcher = { kind: 'segment', segment: 'some', existing: false } as const;
    const earlier = program({
      segments: [{ name: 'some', where: some }],
      campaigns: [campaign({ name: 'watcher', on: watcher, steps: [] })],
    });
    const db = await begin(open, earlier, from - day);
    await people(db, [{ id: 'c', points: 1 }]);
    await events(db, 'order_paid', [{ customer: 'c', at: from - hour }]);
    await carryOn(db, earlier, from - day, from);
    const world = program({
      segments: [{ name: 'some', where: some }],
      campaigns: [campaign({ on, exit: [{ event: 'order_paid' }], steps: [exit('done')] })],
    });
    await applyProgram(db, { program: world, at: from, lineage: 'test' });
    await carryOn(db, world, from, from + hour);
    expect(await enrolments(db, from)).toEqual(['+0m c cart done +0m']);
  });
});

onEveryStore('decisions', (open) => {
  it('expire what quiet hours hold until it expires, at once where that is known', async () => {
    const decided = async (expires: number, zone: string) => {
      const world = program({
        project: every(hour),
        policies: { caps: [], ...atNight },
        campaigns: [campaign({ expires })],
      });
      const db = await begin(open, world, from);
      await people(db, [{ id: 'c', zone }]);
      await events(db, 'cart_updated', [{ customer: 'c', at: from + 10 * hour }]);
      await carryOn(db, world, from, from + 2 * day);
      const [row] = await db.query<Row>(sql`SELECT status, reason, decided_at FROM message`);
      return [row?.status, row?.reason, (Number(row?.decided_at) - from) / hour];
    };
    // At 22:00, eleven hours before the end of the quiet hours.
    expect(await decided(11 * hour, 'UTC')).toEqual(['expired', 'quiet-hours', 10]);
    expect(await decided(11 * hour + 1, 'UTC')).toEqual(['sent', null, 21]);
    // There they end a quarter past the hour, and the first tick after that is too late.
    expect(await decided(5.5 * hour, 'Asia/Kathmandu')).toEqual(['expired', 'quiet-hours', 10]);
    expect(await decided(6 * hour + 1, 'Asia/Kathmandu')).toEqual(['sent', null, 16]);
  });

  it('know the end of quiet hours also where the clock shows it for the second time', async () => {
    // In Berlin it is 2:10 again, and 2:30 has been once already.
    const at = Date.UTC(2026, 9, 25, 1, 10);
    const decided = async (expires: number) => {
      const world = program({
        campaigns: [campaign({ expires, steps: [send('s')] })],
        policies: { caps: [], quietHours: { ...atNight.quietHours, to: 2 * 60 + 30 } },
      });
      const db = await begin(open, world, at);
      await people(db, [{ id: 'c', zone: 'Europe/Berlin' }]);
      await events(db, 'cart_updated', [{ customer: 'c', at }]);
      await carryOn(db, world, at, at + day);
      return messages(db, at);
    };
    expect(await decided(20 * minute)).toEqual(['+0m c s email quiet-hours']);
    expect(await decided(20 * minute + 1)).toEqual(['+20m c s email sent']);
  });

  it('take events after exactly so long ago', async () => {
    const count = (within: number): Expression => ({
      kind: 'aggregate',
      type: 'integer',
      fn: 'count',
      event: 'order_paid',
      within,
    });
    const last: Expression = { kind: 'aggregate', type: 'instant', fn: 'last', event: 'order_paid' };
    const ago: Expression = { kind: 'ago', type: 'instant', ms: day };
    const asked: Record<string, Expression> = {
      counted: compare('>', count(day), literal(0)),
      'less-than': compare('<', last, ago),
      'at-most': compare('<=', last, ago),
    };
    const world = program({
      campaigns: Object.entries(asked).map(([name, audience]) => campaign({ name, audience, steps: [] })),
    });
    const db = await begin(open, world, from);
    await people(db, [{ id: 'exactly' }, { id: 'later' }]);
    await events(db, 'order_paid', [
      { customer: 'exactly', at: from - day },
      { customer: 'later', at: from - day + 1 },
    ]);
    await events(db, 'cart_updated', [
      { customer: 'exactly', at: from },
      { customer: 'later', at: from },
    ]);
    await carryOn(db, world, from, from + hour);
    expect(await enrolments(db, from)).toEqual([
      '+0m exactly at-most completed +0m',
      '+0m later counted completed +0m',
    ]);
  });
});

onEveryStore('conditions', (open) => {
  it('are asked of everybody who reaches them, also out of a wait while others are at another', async () => {
    const asks: Step = {
      kind: 'if',
      id: 'if',
      condition: {
        kind: 'compare',
        type: 'boolean',
        op: '>',
        left: { kind: 'attribute', type: 'integer', name: 'points' },
        right: literal(0),
      },
      then: [exit('has-points')],
      else: [exit('has-none')],
    };
    const world = program({
      campaigns: [
        campaign({ name: 'at-once', on: { kind: 'event', event: 'order_paid' }, steps: [asks] }),
        campaign({ name: 'later', steps: [{ kind: 'wait', id: 'wait', ms: hour }, asks] }),
      ],
    });
    const db = await begin(open, world, from);
    await people(db, [
      { id: 'a', points: 5 },
      { id: 'b', points: 5 },
      { id: 'c', points: 0 },
    ]);
    await events(db, 'cart_updated', [
      { customer: 'b', at: from },
      { customer: 'c', at: from },
    ]);
    await events(db, 'order_paid', [{ customer: 'a', at: from + hour }]);
    await carryOn(db, world, from, from + day);
    expect(await enrolments(db, from)).toEqual([
      '+0m b later has-points +60m',
      '+0m c later has-none +60m',
      '+60m a at-once has-points +60m',
    ]);
  });
});

onEveryStore("one customer's journeys", (open) => {
  it('are moved in a fixed order of kinds of steps, whatever the others do', async () => {
    const points: Expression = { kind: 'attribute', type: 'integer', name: 'points' };
    const set = (value: number): Step => ({
      kind: 'set',
      id: `set-${value}`,
      values: [{ attribute: 'points', value: literal(value) }],
    });
    const asks = (id: string, then: Step[], other: Step[]): Step => ({
      kind: 'if',
      id,
      condition: compare('>', points, literal(0)),
      then,
      else: other,
    });
    const none = (id: string, inner: Step[]) => asks(id, [], inner);
    const world = program({
      campaigns: [
        // Written before the second campaign has asked for the third time, if kinds were taken as they come.
        campaign({ name: 'a-writes', steps: [set(1), exit('wrote')] }),
        campaign({
          name: 'b-asks',
          steps: [none('one', [none('two', [asks('three', [exit('has-points')], [exit('has-none')])])]), exit('left')],
        }),
        campaign({ name: 'c-writes-last', steps: [set(3), exit('wrote')] }),
        // Others who are at the same kinds of steps meanwhile.
        campaign({
          name: 'd-others',
          on: { kind: 'event', event: 'order_paid' },
          steps: [none('one', [none('two', [set(5), none('three', [exit('never')])])])],
        }),
      ],
    });
    const results: unknown[] = [];
    for (const others of [false, true]) {
      const db = await begin(open, world, from);
      await people(db, [{ id: 'c' }, { id: 'other' }]);
      await events(db, 'cart_updated', [{ customer: 'c', at: from }]);
      if (others) await events(db, 'order_paid', [{ customer: 'other', at: from }]);
      await carryOn(db, world, from, from + hour);
      results.push([
        (await enrolments(db, from)).filter((line) => line.includes(' c ')),
        await db.query<Row>(sql`SELECT points FROM customer WHERE id = 'c'`),
      ]);
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[0]).toEqual([
      ['+0m c a-writes wrote +0m', '+0m c b-asks has-none +0m', '+0m c c-writes-last wrote +0m'],
      [{ points: 3 }],
    ]);
  });
});
