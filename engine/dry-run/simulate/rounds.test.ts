import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Campaign } from '../../../spec/model/campaign.ts';
import type { Expression } from '../../../spec/model/expression.ts';
import { enrolments } from '../../../test/drive.ts';
import { campaign, day, hour, minute, model, program } from '../../../test/world.ts';
import { runTick } from '../../tick/run-tick.ts';
import { simulate } from './simulate.ts';

const from = Date.UTC(2026, 2, 1, 21);
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-rounds-'));
  await writeFile(
    join(root, 'customers.csv'),
    'id,city,zone,points\nmover,Omsk,Europe/Moscow,5\nstayer,Perm,Europe/Moscow,1\n',
  );
  await writeFile(
    join(root, 'carts.csv'),
    'id,customer,at\n3,stayer,2026-03-01T20:10:00Z\n4,stayer,2026-03-01T20:20:00Z\n1,mover,2026-03-01T22:30:00Z\n',
  );
});
afterAll(() => rm(root, { recursive: true }));

const text = (value: string): Expression => ({ kind: 'literal', type: 'string', value });

function shopWith(campaigns: Campaign[]) {
  const shop = model();
  const file = (path: string) => [{ path, rename: {} }];
  const [carts, ...events] = shop.data.events;
  return program({
    data: {
      ...shop.data,
      customers: { ...shop.data.customers, sources: file('customers.csv') },
      events: carts ? [{ ...carts, fields: [], sources: file('carts.csv') }, ...events] : [],
    },
    campaigns,
  });
}

const input = { from, to: from + 3 * day, tz: 'test', seed: 's', engagement: {} };

it('looks at the clock of a zone into which a journey moves a customer, and in which nobody was', async () => {
  const world = shopWith([
    campaign({
      name: 'move',
      steps: [{ kind: 'set', id: 'set-1', values: [{ attribute: 'zone', value: text('Asia/Vladivostok') }] }],
    }),
    campaign({
      name: 'morning',
      on: { kind: 'schedule', cron: '0 9 * * *', zone: 'customer' },
      reenter: { kind: 'always' },
      steps: [],
    }),
  ]);
  const found = [];
  for (const walk of [true, false]) {
    const db = await simulate({ ...input, program: world, root, walk });
    found.push(await enrolments(db, from));
    await db.close();
  }
  expect(found[0]).toContain(`+${(26 * hour) / minute}m mover morning completed +${(26 * hour) / minute}m`);
  expect(found[1]).toEqual(found[0]);
});

const best: Expression = {
  kind: 'share',
  type: 'boolean',
  which: 'top',
  share: 5_000,
  by: { kind: 'aggregate', type: 'integer', fn: 'count', event: 'cart_updated' },
};
const askedLater = (id: string): Campaign['steps'] => [
  { kind: 'wait', id: 'wait-1', ms: 2 * hour },
  {
    kind: 'if',
    id: 'if-1',
    condition: best,
    then: [{ kind: 'exit', id: `exit-${id}`, reason: 'best' }],
    else: [{ kind: 'exit', id: 'exit-2', reason: 'other' }],
  },
];

it('compares customers for a replaced version that still has customers, as of the refresh', async () => {
  const ranked = shopWith([campaign({ name: 'a', steps: askedLater('1') })]);
  const plain = shopWith([campaign({ name: 'a', steps: [] })]);
  const found = [];
  for (const walk of [true, false]) {
    const snapshot = join(root, `${walk}.duckdb`);
    const before = await simulate({ ...input, to: from + 2 * hour, program: ranked, root, snapshot, walk: true });
    await before.close();
    const db = await simulate({ ...input, from: from + 2 * hour, program: plain, root, snapshot, walk });
    found.push(await enrolments(db, from));
    await db.close();
  }
  expect(found[0]).toContain('+90m mover a other +210m');
  expect(found[1]).toEqual(found[0]);
});

it('compares customers as of each refresh, also those who are new', async () => {
  const ranked = shopWith([campaign({ name: 'a', steps: askedLater('1'), reenter: { kind: 'always' } })]);
  const shop = { ...ranked, project: { ...ranked.project, refresh: hour } };
  const folder = await mkdtemp(join(root, 'new-'));
  await copyFile(join(root, 'customers.csv'), join(folder, 'customers.csv'));
  await writeFile(
    join(folder, 'carts.csv'),
    `id,customer,at
1,stayer,2026-03-01T21:20:00Z
2,new,2026-03-01T21:40:00Z
3,new,2026-03-01T21:41:00Z
4,mover,2026-03-02T00:10:00Z
5,mover,2026-03-02T00:11:00Z
6,stayer,2026-03-02T01:12:00Z
7,mover,2026-03-02T01:15:00Z
`,
  );
  const found = [];
  const steps = [];
  for (const walk of [true, false]) {
    let taken = 0;
    const onTick = () => void taken++;
    const db = await simulate({ ...input, program: shop, root: folder, walk, onTick });
    found.push(await enrolments(db, from));
    steps.push(taken);
    await db.close();
  }
  expect(found[1]).toEqual(found[0]);
  expect(found[0]).toMatchInlineSnapshot(`
    [
      "+20m stayer a best +140m",
      "+40m new a best +160m",
      "+190m mover a best +310m",
      "+252m stayer a best +372m",
    ]
  `);
  expect(steps[1]).toBeLessThan(Number(steps[0]));
});

it('sends a message that waits to be sent again at its time', async () => {
  const shop = shopWith([campaign({ name: 'a' })]);
  const found = [];
  for (const walk of [true, false]) {
    const snapshot = join(root, `again-${walk}.duckdb`);
    const before = await simulate({ ...input, to: from + 2 * hour, program: shop, root, snapshot, walk });
    const later = from + 26 * hour + 10_000;
    const waiting = sql`UPDATE message SET status = 'decided', finished_at = NULL, attempts = 1, send_at = ${later}::bigint, expires_at = ${later + day}::bigint`;
    expect(await before.run(waiting)).toBeGreaterThan(0);
    await before.close();
    const db = await simulate({ ...input, from: from + 2 * hour, program: shop, root, snapshot, walk });
    found.push(await db.query(sql`SELECT DISTINCT status, finished_at - ${from}::bigint AS sent FROM message`));
    await db.close();
  }
  expect(found[0]).toEqual([{ status: 'sent', sent: 26 * hour + minute }]);
  expect(found[1]).toEqual(found[0]);
});

it('cancels a message that waits to be sent again when an exit event happens, though its journey is over', async () => {
  const shop = shopWith([campaign({ name: 'a', exit: [{ event: 'order_paid' }] })]);
  const sources = [{ path: 'bought.csv', rename: {} }];
  const events = shop.data.events.map((kind) => (kind.name === 'order_paid' ? { ...kind, fields: [], sources } : kind));
  const world = { ...shop, data: { ...shop.data, events } };
  await writeFile(join(root, 'bought.csv'), 'id,customer,at\n1,mover,2026-03-02T02:00:00Z\n');
  for (const walk of [true, false]) {
    const snapshot = join(root, `cancelled-${walk}.duckdb`);
    const before = await simulate({ ...input, to: from + 2 * hour, program: world, root, snapshot, walk });
    await before.run(sql`UPDATE message SET status = 'decided', finished_at = NULL, send_at = ${from + day}::bigint`);
    await before.close();
    const db = await simulate({ ...input, from: from + 2 * hour, program: world, root, snapshot, walk });
    expect(
      await db.query(sql`SELECT m.status, m.reason, m.finished_at - ${from}::bigint AS "at", e.reason AS left FROM message m JOIN enrolment e
        ON e.enrolment = m.enrolment`),
    ).toEqual([{ status: 'suppressed', reason: 'exit-event', at: 5 * hour, left: 'completed' }]);
    await db.close();
  }
});

it('asks an audience about what a journey has written until then', async () => {
  const inTula: Expression = {
    kind: 'compare',
    type: 'boolean',
    op: '==',
    left: { kind: 'attribute', type: 'string', name: 'city' },
    right: text('Tula'),
  };
  const shop = shopWith([
    campaign({
      name: 'moves',
      steps: [
        { kind: 'wait', id: 'wait-1', ms: 30 * minute },
        { kind: 'set', id: 'set-1', values: [{ attribute: 'city', value: text('Tula') }] },
      ],
    }),
    campaign({ name: 'there', audience: inTula, reenter: { kind: 'always' }, steps: [] }),
  ]);
  const folder = await mkdtemp(join(root, 'written-'));
  await copyFile(join(root, 'customers.csv'), join(folder, 'customers.csv'));
  await writeFile(
    join(folder, 'carts.csv'),
    'id,customer,at\n1,mover,2026-03-01T22:30:00Z\n2,mover,2026-03-01T23:30:00Z\n',
  );
  for (const walk of [true, false]) {
    const db = await simulate({ ...input, program: shop, root: folder, walk });
    expect(await enrolments(db, from)).toEqual(
      expect.arrayContaining(['+90m mover moves completed +120m', '+150m mover there completed +150m']),
    );
    expect(await db.query(sql`SELECT 1 AS n FROM enrolment WHERE campaign = 'there'`)).toHaveLength(1);
    await db.close();
  }
});

it('lets nobody in by the absence of an event that happens, and about which nothing else asks', async () => {
  const shop = shopWith([
    campaign({
      name: 'a',
      on: { kind: 'absence', absent: { event: 'order_paid' }, after: { event: 'cart_updated' }, ms: 3 * hour },
      exit: [],
      steps: [],
    }),
  ]);
  const [carts, ...others] = shop.data.events;
  const sources = [{ path: 'paid.csv', rename: {} }];
  const events = others.map((kind) => (kind.name === 'order_paid' ? { ...kind, fields: [], sources } : kind));
  const world = { ...shop, data: { ...shop.data, events: carts ? [carts, ...events] : [] } };
  await writeFile(join(root, 'paid.csv'), 'id,customer,at\n1,mover,2026-03-01T23:30:00Z\n');
  for (const walk of [true, false]) {
    const db = await simulate({ ...input, program: world, root, walk });
    expect(await enrolments(db, from)).toEqual(['+140m stayer a completed +140m']);
    await db.close();
  }
});

it('goes on at a reaction whose row was there before its message', async () => {
  const shop = shopWith([
    campaign({
      name: 'a',
      category: 'transactional',
      steps: [
        { kind: 'wait', id: 'wait-1', ms: 2 * hour },
        {
          kind: 'cascade',
          id: 'cascade-1',
          stages: [
            { id: 'email', channel: 'email', template: 't', until: 'opened', within: 5 * hour },
            { id: 'sms', channel: 'sms', template: 't' },
          ],
        },
      ],
    }),
  ]);
  const folder = await mkdtemp(join(root, 'early-'));
  const write = (name: string, rows: string) => writeFile(join(folder, name), rows);
  await write('customers.csv', 'id,email\nmover,mover@example.com\n');
  await write('carts.csv', 'id,customer,at\n1,mover,2026-03-01T22:30:00Z\n');
  const message = createHash('md5').update('a/mover/1/email/email').digest('hex');
  await write('feedback.csv', `message,kind,at\n${message},opened,2026-03-01T23:00:00Z\n`);
  const world = { ...shop, data: { ...shop.data, feedback: [{ path: 'feedback.csv', rename: {} }] } };
  for (const walk of [true, false]) {
    const db = await simulate({ ...input, program: world, root: folder, walk });
    expect(await enrolments(db, from)).toEqual(['+90m mover a completed +211m']);
    await db.close();
    const to = from + 211 * minute;
    const stopped = await simulate({ ...input, to, program: world, root: folder, walk });
    await runTick(stopped, world, to, input.tz);
    expect(await enrolments(stopped, from), 'the message is of the last instant').toEqual([
      '+90m mover a completed +211m',
    ]);
    await stopped.close();
  }
});

it('looks at a segment at a refresh that is the very instant at which it turns', async () => {
  const count = (within: number, op: '>' | '=='): Expression => ({
    kind: 'compare',
    type: 'boolean',
    op,
    left: { kind: 'aggregate', type: 'integer', fn: 'count', event: 'cart_updated', within },
    right: { kind: 'literal', type: 'integer', value: 0 },
  });
  const watching = (name: string, on: Campaign['on']) => campaign({ name, on, reenter: { kind: 'always' }, steps: [] });
  const shop = shopWith([
    watching('come', { kind: 'segment', segment: 'recent', existing: false }),
    watching('gone', { kind: 'leaving', segment: 'recent' }),
    watching('quiet', { kind: 'segment', segment: 'silent', existing: false }),
  ]);
  const segments = [
    { name: 'recent', where: count(3 * hour, '>') },
    { name: 'silent', where: count(5 * hour, '==') },
  ];
  const world = program({ ...model(), data: shop.data, segments, campaigns: [] });
  const full = { ...shop, segments: world.segments };
  const folder = await mkdtemp(join(root, 'turns-'));
  await copyFile(join(root, 'customers.csv'), join(folder, 'customers.csv'));
  await writeFile(
    join(folder, 'carts.csv'),
    'id,customer,at\n1,stayer,2026-03-01T20:00:00Z\n2,mover,2026-03-01T22:00:00Z\n3,mover,2026-03-02T10:00:00.001Z\n',
  );
  const found = [];
  for (const walk of [true, false]) {
    const db = await simulate({ ...input, to: from + day, program: full, root: folder, walk });
    found.push(await enrolments(db, from));
    await db.close();
  }
  expect(found[1]).toEqual(found[0]);
  expect(found[0]).toMatchInlineSnapshot(`
    [
      "+60m mover come completed +60m",
      "+120m stayer gone completed +120m",
      "+240m mover gone completed +240m",
      "+240m stayer quiet completed +240m",
      "+360m mover quiet completed +360m",
      "+840m mover come completed +840m",
      "+1020m mover gone completed +1020m",
      "+1140m mover quiet completed +1140m",
    ]
  `);
});
