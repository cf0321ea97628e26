import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { documentFiles } from '../../spec/document-files.ts';
import { begin, carryOn, tz } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, events, hour, minute, model, people } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Value } from '../store/database.ts';
import { allAt, members } from '../store/query-sql.ts';
import { runTick } from '../tick/run-tick.ts';
import { audienceListing, audienceOf } from './audience.ts';
import { knownOf } from './customer.ts';
import { findCustomers } from './find-customers.ts';
import { listCustomers, shareOf } from './members.ts';
import { type Reason, whyIn } from './why.ts';

const start = Date.UTC(2026, 2, 2, 10);
const paid = { kind: 'aggregate', type: 'integer', fn: 'count', event: 'order_paid' } as const;
const literal = (value: number) => ({ kind: 'literal', type: 'integer', value }) as const;
const bought = { kind: 'compare', type: 'boolean', op: '>', left: paid, right: literal(0) } as const;
const points = { kind: 'attribute', type: 'integer', name: 'points' } as const;
const poor = { kind: 'compare', type: 'boolean', op: '<', left: points, right: literal(5) } as const;
const segment = (name: string) => ({ kind: 'segment', type: 'boolean', name }) as const;
const notPoor = { kind: 'not', type: 'boolean', operand: poor } as const;
const files = model({
  segments: [
    { name: 'buyers', where: bought },
    {
      name: 'odd',
      where: {
        kind: 'and',
        type: 'boolean',
        operands: [segment('buyers'), { kind: 'or', type: 'boolean', operands: [segment('list'), notPoor] }],
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
          then: [{ kind: 'exit', id: 'exit-2', reason: 'yes' }],
          else: [{ kind: 'exit', id: 'exit-1', reason: 'no' }],
        },
      ],
    }),
  ],
  templates: [
    {
      name: 'cart',
      channel: 'email',
      variants: [{ path: 'templates/cart.email.hbs', subject: 'x', body: '<a href="{{unsubscribe_url}}">x</a>' }],
    },
  ],
});
const world = compile(files);

onEveryStore('looking at customers', (open) => {
  async function shop() {
    const db = await begin(open, world, start);
    const document = documentFiles(files, 'dsl');
    await applyProgram(db, { program: world, document, at: start, lineage: 'test' });
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

  it('has segments, the latest events, those included that were not collected, and the next steps', async () => {
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
    await runTick(db, world, start + 3 * hour, tz);
    const known = await knownOf(db, world, hit, start + 4 * hour);
    expect(known.segments).toEqual([{ name: 'buyers' }, { name: 'odd' }]);
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

  it('decides the conditions of a segment as the segment itself does', async () => {
    const db = await shop();
    await people(db, [
      { id: 'p1', points: 3 },
      { id: 'p2', points: 9 },
    ]);
    await events(
      db,
      'order_paid',
      ['p1', 'p2', 'c1'].map((customer) => ({ customer, at: start + minute })),
    );
    await runTick(db, world, start + hour, tz);
    const odd = world.segments.find(({ name }) => name === 'odd');
    if (!odd) return expect.unreachable();
    const short = ({ kind, text, holds, found, parts }: Reason): unknown[] => [
      `${kind === 'condition' || kind === 'segment' ? text : kind} ${holds}${found ? ` ${found.value}` : ''}`,
      ...parts.map(short),
    ];
    const why = async (id: string) => {
      const [hit] = (await findCustomers(db, world, id)).hits;
      const customer = hit?.customer ?? -1;
      const reason = await whyIn(db, world, files.segments, odd.name, { now: start + hour, customer });
      const rows = members(odd.query, { dialect: db.dialect, program: world, moments: allAt(start + hour) });
      const inside = await db.query(sql`SELECT 1 AS n FROM (${rows}) m WHERE customer = ${customer}::bigint`);
      expect(inside.length === 1).toBe(reason.holds);
      return short(reason);
    };
    const tree = (all: boolean, [less, points]: [boolean, string | null]) => [
      `all ${all}`,
      ['in segment buyers true', ['count(order_paid) > 0 true 1']],
      [`any ${all}`, ['in segment list false'], [`none ${!less}`, [`points < 5 ${less} ${points}`]]],
    ];
    expect(await why('p1')).toEqual(tree(false, [true, '3']));
    expect(await why('p2')).toEqual(tree(true, [false, '9']));
    expect(await why('c1'), 'what is missing is not less').toEqual(tree(true, [false, null]));
  });

  it('lists more customers than a page, each once', async () => {
    const db = await shop();
    const ids: Value[] = [];
    const page = (rows: Value[][]) => ids.push(...rows.map(([id = null]) => id));
    const columns = await listCustomers(db, world, { rows: sql`SELECT customer FROM customer` }, page, 7);
    expect(columns.map(({ name }) => name)).toEqual(['id', 'name', 'email', 'phone', 'city', 'zone', 'points']);
    expect([ids.length, new Set(ids).size]).toEqual([28, 28]);
    const one = sql`SELECT customer FROM customer WHERE id = 'c1'`;
    expect(await shareOf(db, world, one)).toMatchObject({ size: 1, customers: 28 });
  });

  it('knows who is inside a campaign, and who may enter it', async () => {
    const db = await shop();
    await events(db, 'cart_updated', [{ customer: 'c1', at: start + minute }]);
    await carryOn(db, world, start + minute, start + 2 * minute);
    const [first] = world.campaigns;
    if (!first) return expect.unreachable();
    const asked = (part: Partial<typeof first> = {}, now = start + hour) => ({ campaign: { ...first, ...part }, now });
    expect(await audienceOf(db, world, asked())).toEqual({
      inside: 1,
      steps: [{ step: 'wait-1', customers: 1 }],
      mayEnter: 27,
    });
    const list: Value[][] = [];
    await listCustomers(db, world, await audienceListing(db, world, asked()), (rows) => {
      list.push(...rows);
    });
    expect(list).toHaveLength(28);
    const states = new Map(list.map(([id, ...rest]) => [id, rest.slice(0, 3)]));
    expect(states.get('c1')).toEqual(['inside', 'wait-1', start + minute]);
    expect(states.get('c2')).toEqual(['may enter', null, null]);
    const bySegment = { trigger: { kind: 'segment', segment: 'buyers', existing: false } } as const;
    expect((await audienceOf(db, world, asked(bySegment))).mayEnter).toBe(0);
    const at = start + 9 * hour;
    await events(db, 'order_paid', [
      { customer: 'c1', at },
      { customer: 'c2', at },
    ]);
    const later = start + 5 * day;
    for (const now of [start + 3 * hour, start + 2 * day, later]) await runTick(db, world, now, tz);
    expect((await audienceOf(db, world, asked(bySegment, later))).mayEnter).toBe(2);
    const never = { ...bySegment, reenter: { kind: 'never' } } as const;
    const after = await audienceOf(db, world, asked(never, later));
    expect(after, 'c1 has been inside').toMatchObject({ inside: 0, mayEnter: 1 });
  });
});
