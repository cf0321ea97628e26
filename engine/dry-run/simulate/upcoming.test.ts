import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Expression } from '../../../spec/model/expression.ts';
import { campaign, hour, minute, model, program } from '../../../test/world.ts';
import { simulate } from './simulate.ts';

const from = Date.UTC(2026, 2, 1, 21);
const input = { from, to: from + 8 * hour, tz: 'test', seed: 's', engagement: {} };
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-upcoming-'));
});
afterAll(() => rm(root, { recursive: true }));

const many: Expression = {
  kind: 'compare',
  type: 'boolean',
  op: '>',
  left: { kind: 'field', type: 'integer', of: 'trigger', name: 'items_count' },
  right: { kind: 'literal', type: 'integer', value: 1 },
};

const [carts, orders, ...others] = model().data.events;
const file = (path: string) => [{ path, rename: {} }];
const shop = program({
  data: {
    ...model().data,
    customers: { ...model().data.customers, sources: file('customers.csv') },
    events:
      carts && orders
        ? [{ ...carts, sources: file('carts.csv') }, { ...orders, sources: file('orders.csv') }, ...others]
        : [],
  },
  campaigns: [
    campaign({
      name: 'lapsed',
      // Otherwise there would be another instant after each order, at which all is found that it does.
      reenter: { kind: 'never' },
      on: { kind: 'absence', absent: { event: 'order_paid' }, ms: 90_000 },
      steps: [],
    }),
    campaign({
      name: 'left',
      reenter: { kind: 'always' },
      on: {
        kind: 'absence',
        absent: { event: 'order_paid' },
        after: { event: 'cart_updated', when: many },
        ms: 30 * minute,
      },
      exit: [{ event: 'order_paid' }],
      steps: [{ kind: 'wait', id: 'wait-1', ms: 20 * minute }],
    }),
    campaign({
      name: 'some',
      reenter: { kind: 'always' },
      on: {
        kind: 'absence',
        absent: { event: 'cart_updated', when: many },
        after: { event: 'cart_updated' },
        ms: hour,
      },
      goal: { event: 'order_paid', within: 40 * minute },
      steps: [],
    }),
    campaign({
      name: 'anew',
      reenter: { kind: 'after', ms: hour },
      on: { kind: 'event', event: 'cart_updated', restart: true },
      goal: { event: 'order_paid', within: 40 * minute },
      steps: [{ kind: 'wait', id: 'wait-1', ms: 20 * minute }],
    }),
    campaign({
      name: 'first',
      reenter: { kind: 'never' },
      on: { kind: 'event', event: 'order_paid' },
      exit: [{ event: 'cart_updated' }],
      steps: [{ kind: 'wait', id: 'wait-1', ms: 2 * minute }],
    }),
    campaign({
      name: 'regular',
      reenter: { kind: 'never' },
      on: { kind: 'schedule', cron: '*/30 * * * *', zone: 'project' },
      steps: [],
    }),
    campaign({
      name: 'full',
      reenter: { kind: 'always' },
      on: { kind: 'event', event: 'cart_updated', when: many },
      steps: [
        { kind: 'wait', id: 'wait-1', ms: 10 * minute },
        {
          kind: 'await',
          id: 'await-1',
          event: 'order_paid',
          within: 30 * minute,
          then: [{ kind: 'exit', id: 'exit-1', reason: 'bought' }],
          else: [],
        },
      ],
    }),
  ],
});

/** Times at which clocks of these lengths touch, and a second or a tick beside them. */
const time = fc
  .tuple(fc.constantFrom(-30, 0, 2, 30, 60, 90), fc.constantFrom(0, 0, 1, 59, 60, -1))
  .map(([minutes, seconds]) => from + hour + minutes * minute + seconds * 1_000);
const row = fc.record({ kind: fc.constantFrom('carts', 'orders'), at: time, items: fc.integer({ min: 1, max: 2 }) });
const person = fc.record({ known: fc.boolean(), rows: fc.array(row, { minLength: 1, maxLength: 7 }) });

it('enters, waits and leaves as the walk from instant to instant does, though few events move a customer', async () => {
  let entries = 0;
  let ticks = 0;
  let rounds = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 200, maxLength: 200 }), async (persons) => {
      const folder = await mkdtemp(join(root, 'world-'));
      const rows = persons.flatMap(({ rows }, i) => rows.map((one) => ({ ...one, customer: `c${i}` })));
      const linesOf = (kind: string, columns: string, line: (one: (typeof rows)[number], i: number) => string) =>
        [columns, ...rows.flatMap((one, i) => (one.kind === kind ? [line(one, i)] : []))].join('\n');
      const at = (one: { at: number }) => new Date(one.at).toISOString();
      await writeFile(
        join(folder, 'customers.csv'),
        `id\n${persons.flatMap(({ known }, i) => (known ? [`c${i}\n`] : [])).join('')}`,
      );
      await writeFile(
        join(folder, 'carts.csv'),
        linesOf('carts', 'id,customer,at,items_count', (one, i) => `${i},${one.customer},${at(one)},${one.items}`),
      );
      await writeFile(
        join(folder, 'orders.csv'),
        linesOf('orders', 'id,customer,at', (one, i) => `${i},${one.customer},${at(one)}`),
      );
      const found = [];
      for (const walk of [true, false]) {
        // The names of files are names in DuckDB, which must not be taken for those of the tables that are set apart.
        const own = walk ? {} : { enough: 0, snapshot: join(folder, "it's #near_1.duckdb") };
        const onTick = () => void (walk ? ticks++ : rounds++);
        const db = await simulate({ ...input, program: shop, root: folder, walk, onTick, ...own });
        const journeys = await db.query(sql`
          SELECT i.id, e.campaign, e.occurrence, e.started_at, e.entered_at, e.ended_at, e.reason, e.goal_at
          FROM enrolment e JOIN identity i ON i.customer = e.customer ORDER BY ALL`);
        const running = await db.query(sql`
          SELECT i.id, w.campaign, w.id AS event, w.due_at FROM watch w JOIN identity i ON i.customer = w.customer ORDER BY ALL`);
        found.push({ journeys, running });
        entries += journeys.length;
        await db.close();
      }
      expect(found[1]).toEqual(found[0]);
    }),
    { numRuns: 1, endOnFailure: true },
  );
  expect(entries).toBeGreaterThan(1_000);
  expect(rounds * 2).toBeLessThan(ticks);
});
