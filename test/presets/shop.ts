import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { crm } from '../../cli/crm.ts';
import { openStore } from '../../engine/store/open.ts';
import { testIo } from '../io.ts';

const now = Date.UTC(2026, 2, 2, 12);

/** The numbers that a shop has after a tick. */
export interface Shop {
  /** The output of `crm plan`. */
  plan: string;
  customers: Record<string, unknown>[];
  /** `id customer time total` of each order. */
  orders: string[];
  /** The rows of the orders as they are stored. */
  rows: Record<string, unknown>[];
  /** `customer channel` of each consent that is in force. */
  consents: string[];
  /** `customer channel time` of each withdrawal. */
  withdrawals: string[];
  /** `file: code` of each problem. */
  problems: string[];
  /** Rows that were read, left out, and lost, by source. */
  sources: Record<string, [number, number, number]>;
  /** The output of `crm simulate` from February on, in which everybody is mailed on the first day. */
  simulation: string;
}

/** Runs a project of a `data` section on exports: checked, planned, applied and ticked once. */
export async function shopOn(data: string, exports: string[], currency = 'EUR'): Promise<Shop> {
  const root = await mkdtemp(join(tmpdir(), 'kaskad-presets-'));
  const run = async (...words: string[]) => {
    const io = testIo(root, { now: () => now });
    const code = await crm(words, io);
    if (code !== 0) throw new Error(`crm ${words.join(' ')}: exit ${code}\n${io.said.out}${io.said.err}`);
    return io.said.out.replace(/[\u00a0\u202f]/g, ' ');
  };
  try {
    await mkdir(join(root, 'templates'));
    await mkdir(join(root, 'exports'));
    for (const name of exports) await copyFile(join(import.meta.dirname, 'exports', name), join(root, 'exports', name));
    await writeFile(join(root, 'crm.yaml'), project(currency) + data);
    await writeFile(
      join(root, 'templates/hello.email.hbs'),
      '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">No more</a>\n',
    );
    await run('validate');
    const plan = await run('plan');
    await run('apply', '--auto-approve');
    await run('tick');
    const days = ['--from', '2026-02-01', '--days', '29'];
    const simulation = await run('simulate', ...days, '--launch', 'hello');
    return { plan, simulation, ...(await numbers(join(root, '.kaskad/store.duckdb'))) };
  } finally {
    await rm(root, { recursive: true });
  }
}

const project = (
  currency: string,
) => `project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: ${currency} }
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, unsubscribe: 'https://shop.example/u' }
  sms: { transport: console }
`;

/** A mail to everybody who has consented; its worth is each customer's first order after it. */
export const hello = `segments:
  buyers: { where: count(order_paid) > 0 }
campaigns:
  hello:
    on: { launch: manual }
    goal: { event: order_paid, within: 30 days, value: event.total }
    steps: [{ send: { email: hello } }]
`;

async function numbers(path: string): Promise<Omit<Shop, 'plan' | 'simulation'>> {
  const { db, close } = await openStore(path, { who: 'crm status' });
  try {
    const [orderTable] = await db.query(
      sql`SELECT 1 FROM information_schema.tables WHERE table_name = 'event_order_paid'`,
    );
    const stamp = (ms: unknown) => new Date(Number(ms)).toISOString();
    const orders = orderTable
      ? await db.query<{ id: string; customer: string; at: number; total: string }>(sql`
          SELECT o.id, i.id AS customer, o.at, CAST(o.total AS text) AS total
          FROM event_order_paid o JOIN identity i ON i.customer = o.customer ORDER BY o.at, o.id`)
      : [];
    const consents = await db.query<{ line: string }>(sql`
      SELECT i.id || ' ' || s.channel AS line FROM subscription s JOIN identity i ON i.customer = s.customer ORDER BY 1`);
    const withdrawals = await db.query<{ line: string; at: number }>(sql`
      SELECT i.id || ' ' || c.channel AS line, c.at FROM consent c JOIN identity i ON i.customer = c.customer
      WHERE NOT c.granted ORDER BY 1, 2`);
    const problems = await db.query<{ line: string }>(
      sql`SELECT path || ': ' || code AS line FROM quarantine ORDER BY 1`,
    );
    const sources = await db.query<{ path: string; rows: number; passed: number; lost: number }>(
      sql`SELECT path, "rows", passed, lost FROM source ORDER BY path`,
    );
    return {
      rows: orderTable ? await db.query(sql`SELECT * FROM event_order_paid ORDER BY "at", id`) : [],
      customers: (await db.query(sql`SELECT * FROM customer ORDER BY id`)).map(({ customer: _number, ...row }) => row),
      orders: orders.map(({ id, customer, at, total }) => `${id} ${customer} ${stamp(at)} ${total}`),
      consents: consents.map(({ line }) => line),
      withdrawals: withdrawals.map(({ line, at }) => `${line} ${stamp(at)}`),
      problems: problems.map(({ line }) => line),
      sources: Object.fromEntries(
        sources.map(({ path, rows, passed, lost }) => [path, [Number(rows), Number(passed), Number(lost)]]),
      ),
    };
  } finally {
    await close();
  }
}
