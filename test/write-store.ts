/**
 * Writes a fixture of this version's stores: `node test/write-store.ts 1`. A small shop is played on the commands, with a mail server that
 * takes, refuses and breaks off; its store becomes SQL for DuckDB, and its rows in tables of this version SQL for PostgreSQL.
 */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { crm } from '../cli/crm.ts';
import { currentDeployment } from '../engine/deploy/apply.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { Postgres } from '../engine/store/postgres.ts';
import { prepareTables } from '../engine/store/tables.ts';
import { startCluster } from './cluster.ts';
import { testIo } from './io.ts';
import { type Mailbox, openMailbox, refusal } from './smtp.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 20, 10);
const iso = (at: number) => new Date(at).toISOString();

const project = (removed: boolean) => `
project: { name: shop, timezone: Europe/Moscow, locale: en, currency: EUR }
channels:
  email: { transport: smtp, url: env:SMTP_URL, from: Shop <shop@example.com>, unsubscribe: "https://shop.example/u" }
  sms: { transport: file, directory: out, from: SHOP, price: 4.2 }
data:
  customers: { from: customers.csv, attributes: { email: email, phone: phone, city: string } }
  events:
    registered: { from: registered.csv }
    order_paid: { from: orders.csv, fields: { total: money } }
  consent: consent.csv
segments:
  buyers: { where: count(order_paid) >= 1 }
campaigns:
  welcome:
    on: { event: registered }
    goal: { event: order_paid, within: 7 days }
    steps: [{ send: { email: hello } }, { wait: 3 days }, { send: { email: hello } }]
  reminder:
    on: { event: registered }
    expires: 1 hour
    steps: [{ send: { sms: hello } }]
  paused:
    on: { event: registered }
    steps: [{ wait: 1 hour }, { send: { email: hello } }]
  thanks:
    on: { enters: buyers }
    audience: rfm.monetary >= 1
    steps: [{ split: { id: half, arms: { slow: { share: 50%, steps: [{ wait: 2 days }] }, control: { share: 50% } } } }, { send: { email: hello } }]
${removed ? '' : '  removed:\n    on: { event: registered }\n    resume_within: 30 days\n    steps: [{ wait: 5 days }, { send: { email: hello } }]\n'}`;

const customers = ['sent', 'failed', 'unknown', 'refused', 'buyer', 'new'];
const files: Record<string, string> = {
  'templates/hello.email.hbs': '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">No more</a>\n',
  'templates/hello.sms.hbs': 'Hello\n',
  'customers.csv': `id,email,phone,city\n${customers.map((id, i) => `${id},${id}@example.com,+7900000000${i},Tver\n`).join('')}`,
  'consent.csv': `customer,channel,status,at\n${customers
    .flatMap((id) => ['email', 'sms'].map((channel) => `${id},${channel},granted,2026-01-01T00:00:00Z\n`))
    .join('')}refused,email,withdrawn,2026-02-01T00:00:00Z\n`,
  'registered.csv': 'customer,at\n',
  'orders.csv': 'id,customer,at,total\n',
};

/** Mail to `failed` is refused; the connection of mail to `unknown` breaks off when the message has left. */
function openServer(): Promise<Mailbox> {
  const box: Promise<Mailbox> = openMailbox({
    onRcptTo: ({ address }, _session, callback) =>
      callback(address.startsWith('failed') ? refusal(550, 'no such user') : null),
    onData: (stream, session, callback) => {
      stream.resume();
      stream.on('end', () => {
        if (session.envelope.rcptTo.some(({ address }) => address.startsWith('unknown')))
          void box.then((open) => open.cut(session.id));
        else callback();
      });
    },
  });
  return box;
}

async function play(root: string): Promise<void> {
  const mailbox = await openServer();
  let now = start;
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  const run = async (...words: string[]) => {
    const io = testIo(root, { now: () => now, env: { SMTP_URL: mailbox.url, CRM_ACTOR: 'test' } });
    if ((await crm(words, io)) !== 0) throw new Error(`crm ${words.join(' ')}: ${io.said.err}`);
  };
  const register = (ids: string[], at: number) => `customer,at\n${ids.map((id) => `${id},${iso(at)}\n`).join('')}`;
  try {
    for (const [path, text] of Object.entries({ ...files, 'crm.yaml': project(false) })) await put(path, text);
    await run('apply', '--auto-approve');
    await run('tick');
    await run('pause', 'paused');
    now += hour;
    await put('registered.csv', register(customers.slice(0, 5), now - 60_000));
    await run('pause', '--channel', 'sms');
    await run('tick');
    now += 3 * hour;
    await put(
      'orders.csv',
      `id,customer,at,total\no1,buyer,${iso(now - 60_000)},10.50\no2,sent,${iso(now - 60_000)},-1\n`,
    );
    await run('tick', '--allow-bad-data');
    await run('suppression', 'add', 'refused');
    await put('crm.yaml', project(true));
    await run('apply', '--auto-approve', '--allow-bad-data', '--allow', 'campaign.removed');
    now += hour;
    await put('registered.csv', `${register(customers.slice(0, 5), start + hour - 60_000)}new,${iso(now - 60_000)}\n`);
    await run('tick', '--allow-bad-data');
  } finally {
    await mailbox.close();
  }
}

type Rows = Record<string, unknown>[];
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function inserts(table: string, rows: Rows): string {
  const [first] = rows;
  if (!first) return '';
  const lines = rows.map((row) => `(${Object.values(row).map(literal).join(', ')})`).join(',\n');
  return `INSERT INTO ${quoted(table)} (${Object.keys(first).map(quoted).join(', ')}) VALUES\n${lines};\n`;
}

async function dumpDuckDb(path: string): Promise<{ text: string; rows: Map<string, Rows> }> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const read = async (text: string) => (await connection.runAndReadAll(text)).getRowObjectsJson() as Rows;
  const rows = new Map<string, Rows>();
  let text = '';
  for (const { table_name: table, sql } of await read(
    'SELECT table_name, sql FROM duckdb_tables() ORDER BY table_name',
  )) {
    rows.set(String(table), await read(`SELECT * FROM ${quoted(String(table))}`));
    text += `${sql}\n${inserts(String(table), rows.get(String(table)) ?? [])}`;
  }
  connection.closeSync();
  instance.closeSync();
  return { text, rows };
}

async function dumpPostgres(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string; columns: string; key: string | null }>(`
    SELECT c.relname AS name,
      (SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
          || CASE WHEN a.attcollation = '"C"'::regcollation THEN ' COLLATE "C"' ELSE '' END, ', ' ORDER BY a.attnum)
        FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      (SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p') AS key
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY c.relname`);
  let text = '';
  for (const { name, columns, key } of tables) {
    const { rows } = await client.query(`SELECT * FROM ${quoted(name)}`);
    text += `CREATE TABLE ${quoted(name)}(${columns}${key ? `, ${key}` : ''});\n${inserts(name, rows as Rows)}`;
  }
  await client.end();
  return text;
}

const [name = ''] = process.argv.slice(2);
const target = join(import.meta.dirname, 'fixtures/stores', name);
const root = await mkdtemp(join(tmpdir(), 'kaskad-write-store-'));
await play(root);
const path = join(root, '.kaskad/store.duckdb');
const { text, rows } = await dumpDuckDb(path);
const db = await DuckDb.open(path);
const applied = await currentDeployment(db);
await db.close();
if (!applied) throw new Error('nothing is applied');
const server = await startCluster();
const store = await Postgres.open(server.url);
await prepareTables(store, applied.program.data);
await store.close();
const client = new pg.Client({ connectionString: server.url });
await client.connect();
await client.query('TRUNCATE meta');
for (const [table, list] of rows) if (list.length > 0) await client.query(inserts(table, list));
await client.end();
await rm(join(root, '.kaskad'), { recursive: true });
await rm(join(root, 'out'), { recursive: true, force: true });
await cp(root, target, { recursive: true });
await writeFile(join(target, 'duckdb.sql'), text);
await writeFile(join(target, 'postgres.sql'), await dumpPostgres(server.url));
await server.stop();
await rm(root, { recursive: true });
