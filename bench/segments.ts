import sql, { type Sql } from 'sql-template-tag';
import type { Query } from '../engine/program/program.ts';
import { compileQuery } from '../engine/program/query.ts';
import { nameOf, scalesOf } from '../engine/program/scales.ts';
import type { DuckDb } from '../engine/store/duckdb.ts';
import { allAt, ask, members } from '../engine/store/query-sql.ts';
import { score } from '../engine/store/scales.ts';
import { compileExpression } from '../spec/expression/index.ts';
import { program as compileModel, day, model } from '../test/world.ts';
import type { BenchLine } from './bench.ts';
import { largeShop, today } from './large-shop.ts';
import { alternate, seconds } from './measure.ts';

/** The same conditions as segments and as SQL written by hand. */
const questions: { name: string; ours: string; theirs: Sql }[] = [
  {
    name: 'sleeping (last order 45 to 90 days ago)',
    ours: 'last(order_paid) < 45 days ago and last(order_paid) >= 90 days ago',
    theirs: sql`SELECT customer FROM event_order_paid GROUP BY customer
      HAVING max("at") < ${today - 45 * day}::bigint AND max("at") >= ${today - 90 * day}::bigint`,
  },
  {
    name: 'big spenders of one city without points',
    ours: 'city == "Омск" and points < 3 and sum(order_paid.total in last 180 days) > 9000 and count(order_paid) >= 5',
    theirs: sql`SELECT c.customer FROM customer c JOIN (
        SELECT customer, sum(total) FILTER (WHERE "at" > ${today - 180 * day}::bigint) AS spent, count(*) AS orders
        FROM event_order_paid GROUP BY customer) o ON o.customer = c.customer
      WHERE c.city = 'Омск' AND c.points < 3 AND o.spent > 9000 AND o.orders >= 5`,
  },
  {
    name: 'never ordered, reachable by e-mail',
    ours: 'count(order_paid) == 0 and reachable(email)',
    theirs: sql`SELECT c.customer FROM customer c
      WHERE c.email IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event_order_paid o WHERE o.customer = c.customer)
        AND EXISTS (SELECT 1 FROM subscription s WHERE s.customer = c.customer AND s.channel = 'email')
        AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.customer = c.customer AND s.channel IN ('email', '*'))`,
  },
];

/** Conditions that compare all customers. */
const comparisons = ['top 10% by sum(order_paid.total in last 365 days)', 'rfm.monetary >= 4'];

const program = compileModel();

export async function segmentBench(customers: number): Promise<BenchLine[]> {
  const db = await largeShop(program, customers);
  const lines: BenchLine[] = [];
  for (const question of questions) {
    const query = compiled(question.ours);
    const ours = members(query, { dialect: db.dialect, program, moments: allAt(today) });
    const [a, b] = [await count(db, ours), await count(db, question.theirs)];
    if (a !== b) throw new Error(`${question.name}: ${a} members here, ${b} by hand`);
    const { ours: mine, theirs } = await alternate(
      5,
      () => count(db, ours),
      () => count(db, question.theirs),
    );
    lines.push({
      name: `segment: ${question.name}`,
      ours: mine,
      theirs,
      unit: 's',
      ratio: mine / theirs,
      note: `${customers.toLocaleString('en')} customers, ${(customers * 10).toLocaleString('en')} orders, ${a.toLocaleString('en')} members; against hand-written SQL`,
    });
  }
  for (const text of comparisons) lines.push(await comparisonBench(db, text, customers));
  await db.close();
  return lines;
}

/** Asks a comparison about one customer, as a tick does at an `if`: by the scores in force, against comparing everybody. */
async function comparisonBench(db: DuckDb, text: string, customers: number): Promise<BenchLine> {
  const query = compiled(text);
  const context = {
    dialect: db.dialect,
    program,
    moments: allAt(today),
    among: sql`(SELECT 7::bigint AS customer) one`,
  };
  const scales = scalesOf({ query });
  const scoring = await seconds(async () => {
    for (const scale of scales) await score(db, scale, context);
  });
  const asked = (scored: ReadonlySet<string>) => {
    const { joins, where } = ask(query, { ...context, scored });
    return sql`SELECT c.customer FROM customer c ${joins} WHERE c.customer = 7 AND ${where}`;
  };
  const [read, compared] = [asked(new Set(scales.map(nameOf))), asked(new Set())];
  if ((await count(db, read)) !== (await count(db, compared))) throw new Error(`${text}: scores differ`);
  const { ours, theirs } = await alternate(
    9,
    () => count(db, read),
    () => count(db, compared),
  );
  return {
    name: `condition of one customer: ${text}`,
    ours,
    theirs,
    unit: 's',
    ratio: ours / theirs,
    note: `${customers.toLocaleString('en')} customers; scoring them all, once a refresh: ${scoring.toFixed(3)} s; against comparing all in the statement`,
  };
}

function compiled(text: string): Query {
  const { data } = model();
  const rfm = { event: 'order_paid', value: 'total', window: 365 * day };
  const scope = { data, rfm, segments: [], channels: program.channels.map((c) => c.name) };
  const { expression, problems } = compileExpression(text, scope, 'condition');
  if (!expression) throw new Error(problems.map((p) => p.message).join('; '));
  return compileQuery(expression, new Map());
}

async function count(db: DuckDb, rows: Sql): Promise<number> {
  const [row] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM (${rows}) r`);
  return row?.n ?? 0;
}
