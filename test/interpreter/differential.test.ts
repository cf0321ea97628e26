import fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compile } from '../../engine/compile/compile.ts';
import { byName, compileQuery } from '../../engine/program/query.ts';
import type { Database } from '../../engine/store/database.ts';
import { allAt, ask, members } from '../../engine/store/query-sql.ts';
import { prepareTables } from '../../engine/store/tables.ts';
import { ensureZones } from '../../engine/store/zones.ts';
import { printExpression } from '../../spec/expression/print.ts';
import type { Expression } from '../../spec/model/expression.ts';
import { worldsOf } from '../extent.ts';
import { openDuckDb, openPostgresStore } from '../stores.ts';
import { conditions, grounds, zones } from './arbitrary.ts';
import { holds } from './evaluate.ts';
import { loadGround } from './load.ts';
import { shop } from './shop.ts';
import type { Ground } from './world.ts';

/** Another number replays other expressions; fast-check prints the one of a failure. */
const some = worldsOf(600, 2_000);
const seed = Number(process.env.EXPRESSION_SEED ?? 20_260_302 + some.first);
const wanted = Number(process.env.EXPRESSIONS ?? some.worlds);
const each = 6;
const depth = 4;

const program = compile(shop);
const segments = byName(shop.segments);
const stores: { db: Database; close(): Promise<void> }[] = [];

beforeAll(async () => {
  stores.push(await openDuckDb(), await openPostgresStore());
  for (const { db } of stores) {
    await prepareTables(db, shop.data);
    await ensureZones(db, [shop.project.timezone, ...zones], 'test');
  }
});
afterAll(async () => {
  for (const { close } of stores) await close();
});

it(`${wanted} random expressions mean the same on DuckDB, on PostgreSQL and to the interpreter`, async () => {
  const asked = { customers: 0, true: 0, false: 0 };
  const customers = fc.array(conditions.customer.condition(depth), { minLength: each, maxLength: each });
  const orders = fc.array(conditions.order.condition(depth), { minLength: each, maxLength: each });
  await fc.assert(
    fc.asyncProperty(grounds, customers, orders, async (ground, aboutCustomers, aboutOrders) => {
      for (const { db } of stores) await loadGround(db, ground);
      for (const expression of aboutCustomers) {
        const meant = ofCustomers(expression, ground);
        asked.true += meant.length;
        asked.false += ground.customers.length - meant.length;
        for (const { db } of stores) await same(db, expression, meant, customersBySql(db, expression, ground));
      }
      for (const expression of aboutOrders) {
        const meant = ofOrders(expression, ground);
        for (const { db } of stores) await same(db, expression, meant, ordersBySql(db, expression, ground));
      }
    }),
    { seed, numRuns: Math.ceil(wanted / (2 * each)), endOnFailure: process.env.SHRINK === undefined },
  );
  expect(asked.true, 'conditions that hold for nobody prove nothing').toBeGreaterThan(wanted / 4);
  expect(asked.false, 'conditions that hold for everybody prove nothing').toBeGreaterThan(wanted / 4);
}, 600_000);

function ofCustomers(expression: Expression, ground: Ground): number[] {
  return ground.customers.filter((customer) => holds(expression, { ground, customer })).map(({ customer }) => customer);
}

async function customersBySql(db: Database, expression: Expression, { now }: Ground): Promise<number[]> {
  const asked = members(compileQuery(expression, segments), { dialect: db.dialect, program, moments: allAt(now) });
  const rows = await db.query<{ customer: number }>(sql`SELECT customer FROM (${asked}) m ORDER BY customer`);
  return rows.map((row) => row.customer);
}

function ofOrders(expression: Expression, ground: Ground): number[] {
  return (ground.events.order_paid ?? [])
    .filter((trigger) => {
      const customer = ground.customers.find((each) => each.customer === trigger.customer);
      return customer && holds(expression, { ground, customer, trigger });
    })
    .map(({ seq }) => seq);
}

async function ordersBySql(db: Database, expression: Expression, { now }: Ground): Promise<number[]> {
  const among = sql`(SELECT customer FROM event_order_paid) fresh`;
  const { joins, where } = ask(compileQuery(expression, segments), {
    dialect: db.dialect,
    program,
    moments: allAt(now),
    among,
  });
  const rows = await db.query<{ seq: number }>(sql`
    SELECT t.seq FROM event_order_paid t JOIN customer c ON c.customer = t.customer ${joins} WHERE ${where} ORDER BY t.seq`);
  return rows.map((row) => row.seq);
}

async function same(db: Database, expression: Expression, meant: number[], asked: Promise<number[]>): Promise<void> {
  const text = `${db.dialect.name}: ${printExpression(expression)}`;
  const found = await asked.catch((error: Error) => {
    throw new Error(`${text}\n${error.message}`);
  });
  expect(found, text).toEqual(meant);
}
