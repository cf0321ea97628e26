import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql, { raw, type Sql } from 'sql-template-tag';
import { compile } from '../engine/compile/compile.ts';
import { drawCustomers } from '../engine/dry-run/sample/draw.ts';
import type { Program } from '../engine/program/program.ts';
import type { Database } from '../engine/store/database.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { loadProject } from '../spec/load.ts';
import type { BenchLine, Size } from './bench.ts';
import { simulated } from './simulate.ts';

export const from = Date.UTC(2026, 2, 1, 21);
const day = 86_400_000;
/** Changes everything that is drawn. */
const seed = 7;
const format = 'parquet';

/**
 * Simulates 20 campaigns on a shop of ten events a customer on average, a tenth of them and all of them one after the other, so that the
 * second line's growth shows; then a sample of a tenth.
 */
export async function largeBench({ customers = 100_000, days = 90, profile }: Size): Promise<BenchLine[]> {
  const size = (of: number) => ({ customers: of, days, even: false, profile });
  const lines = [await measure(size(customers / 10)), await measure(size(customers))];
  lines.push(await measure(size(customers), customers / 10));
  const [small, large] = lines;
  if (small && large) large.note += `; ${(large.ours / small.ours).toFixed(1)} times as long as a tenth of it`;
  return lines;
}

/** Does the same where no customer does much more than others, without a sample. */
export async function evenBench({ customers = 1_000_000, days = 90, profile }: Size): Promise<BenchLine[]> {
  return [await measure({ customers, days, even: true, profile })];
}

interface Shop {
  customers: number;
  days: number;
  /** Events are spread evenly over customers; otherwise a few have hundreds. */
  even: boolean;
  profile: boolean;
}

async function measure(shop: Shop, sample?: number): Promise<BenchLine> {
  const { customers, days, even, profile } = shop;
  const root = await mkdtemp(join(tmpdir(), 'kaskad-large-'));
  try {
    await writeShop(root, shop);
    const program = campaigns();
    const onRead = async (db: Database) => void (sample && (await drawCustomers(db, program, { size: sample })));
    const input = { from, to: from + days * day, tz: 'bench', seed: 'bench', engagement, root, program, onRead };
    const name = `${sample ? `a sample of ${sample.toLocaleString('en')}: ` : ''}${days} days, 20 campaigns, ${even ? 'events spread evenly, ' : ''}${customers.toLocaleString('en')} customers, ${(10 * customers).toLocaleString('en')} events`;
    const line = await simulated(name, input, profile);
    const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
    return { ...line, note: `${line.note}; peak memory until then ${peak} MB` };
  } finally {
    await rm(root, { recursive: true });
  }
}

export const engagement = { push: { open: 0.08, click: 0.04 }, email: { open: 0.22, click: 0.04 } };

/** Writes the files of a shop whose customers have done things on three days before the beginning to the end, some much more than most. */
export async function writeShop(root: string, { customers, days, even }: Shop): Promise<void> {
  const db = await DuckDb.open(':memory:');
  const write = (name: string, rows: Sql) =>
    db.run(sql`COPY (${rows}) TO ${raw(`'${join(root, `${name}.${format}`)}'`)} (FORMAT ${raw(format)})`);
  const draw = (salt: number, most: number) =>
    sql`(hash(n * 31 + ${seed * 100 + salt}::bigint) % ${most}::ubigint)::bigint`;
  const instant = (ms: Sql) => sql`strftime(make_timestamp((${ms}) * 1000), '%Y-%m-%dT%H:%M:%SZ')`;
  const people = sql`FROM (SELECT range AS n FROM range(${customers}))`;
  try {
    await write(
      'customers',
      sql`SELECT concat('c', n) AS id, concat('c', n, '@shop.example') AS email, concat('p', n) AS push_token,
          ['Москва', 'Омск', 'Тула', 'Пермь'][1 + ${draw(1, 4)}] AS city, ['Europe/Moscow', 'Asia/Omsk', 'Asia/Vladivostok'][1 + ${draw(2, 3)}] AS timezone,
          (DATE '1970-01-01' + ${draw(3, 12_000)}::integer)::varchar AS birthday ${people}`,
    );
    await write(
      'consent',
      sql`SELECT concat('c', n) AS customer, channel, 'granted' AS status, '2026-01-01T00:00:00Z' AS "at"
        ${people} CROSS JOIN (VALUES ('email', 1), ('push', 2)) v (channel, salt) WHERE hash(n * 31 + salt) % 10 < 8`,
    );
    const kinds = { cart_updated: 3, order_paid: 2, viewed: 5 };
    for (const [salt, [kind, each]] of Object.entries(kinds).entries())
      await write(
        kind,
        sql`SELECT concat('e', n) AS id,
            concat('c', (${customers}::double * power(${draw(10 + salt, 1_000_003)} / 1000003.0, ${even ? 1 : 2}))::bigint % ${customers}::bigint) AS customer,
            ${instant(sql`${from - 3 * day}::bigint + ${draw(20 + salt, (days + 3) * 86_400)} * 1000`)} AS "at",
            100 + ${draw(30 + salt, 5000)} AS total, 1 + ${draw(40 + salt, 6)} AS items_count
          FROM (SELECT range AS n FROM range(${customers * each}))`,
      );
  } finally {
    await db.close();
  }
}

export function campaigns(): Program {
  const { model, diagnostics } = loadProject([{ path: 'crm.yaml', text: project }, ...templates]);
  if (!model) throw new Error(`the project is not fine: ${diagnostics[0]?.message}`);
  return compile(model);
}

const templates = ['email', 'push'].map((channel) => ({
  path: `templates/word/text.${channel}.hbs`,
  text:
    channel === 'email'
      ? '---\nsubject: For you\n---\n<a href="{{unsubscribe_url}}">x</a>'
      : '---\ntitle: For you\n---\nLook',
}));

const cascade = `
      - cascade:
          - { push: word/text, until: opened, within: 4 hours }
          - { email: word/text }`;

const split = (sends: string) => `
      - split:
          id: offer
          arms:
            control: { share: 10% }
            rest:
              share: 90%
              steps:${sends.replaceAll('\n', '\n          ')}`;

const send = `
      - send: { email: word/text }`;

/** Writes a campaign: what it begins on, when customers may enter again, and its steps. */
function campaign(name: string, on: string, reenter: string, steps: string): string {
  return `
  ${name}:
    on: ${on}
    exit: { event: order_paid }
    goal: { event: order_paid, within: 7 days, value: event.total }
    reenter: ${reenter}
    steps:${steps}
`;
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

const project = `project:
  name: large
  timezone: Europe/Moscow
  locale: ru
  currency: RUB
data:
  customers:
    from: customers.${format}
    attributes: { email: email, push_token: string, city: string, timezone: timezone, birthday: date }
  events:
    cart_updated: { from: cart_updated.${format}, fields: { total: money, items_count: integer } }
    order_paid: { from: order_paid.${format}, fields: { total: money, items_count: integer } }
    viewed: { from: viewed.${format}, fields: { total: money, items_count: integer } }
  consent: consent.${format}
channels:
  push: { transport: console, price: 0.05 }
  email: { transport: console, price: 0.25, unsubscribe: "https://shop.example/unsubscribe" }
policies:
  quiet_hours: { from: "21:00", to: "09:00", otherwise: hold }
  caps:
    daily: { max: 1, per: calendar day }
    weekly: { max: 3, per: 7 days }
segments:
  big: { where: "sum(order_paid.total in last 30 days) > 9000" }
  sleeping: { where: "last(order_paid) < 30 days ago and last(order_paid) >= 60 days ago" }
campaigns:${[
  ...numbers(6).map((i) =>
    campaign(
      `cart-${i}`,
      `{ event: cart_updated, when: event.items_count == ${i}, restart: true }`,
      'after 7 days',
      `\n      - wait: ${i} hours${split(cascade)}`,
    ),
  ),
  ...numbers(5).map((i) =>
    campaign(
      `view-${i}`,
      `{ event: viewed, when: event.total > ${1000 * i} and event.items_count == ${i} }`,
      'after 14 days',
      `\n      - wait: ${30 * i} minutes${send}\n      - wait: { event: viewed, within: 2 days }${cascade.replace('- cascade:', '  then:\n        - cascade:').replaceAll('\n          -', '\n            -')}`,
    ),
  ),
  ...numbers(3).map((i) =>
    campaign(`again-${i}`, `{ absence: order_paid, for: ${10 * i} days }`, 'after 30 days', split(send)),
  ),
  ...numbers(2).map((i) =>
    campaign(
      `thanks-${i}`,
      `{ event: order_paid, when: event.total > ${2000 * i} }`,
      'after 30 days',
      `\n      - wait: ${i} days${send}`,
    ).replace(/ {4}exit.*\n/, ''),
  ),
  campaign('asleep', '{ enters: sleeping }', 'after 90 days', cascade),
  campaign('big', '{ enters: big }', 'after 30 days', send),
  campaign('birthday', '{ date: birthday, at: "10:00", every: year, leap_day: february 28 }', 'always', send),
  campaign('news', '{ schedule: every monday at 11:00, zone: customer }', 'always', send).replace(
    'reenter',
    'audience: in segment big\n    reenter',
  ),
].join('')}`;
