import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { machineClock } from '../../cli/clock.ts';
import { openHook } from '../../test/hook.ts';
import { campaign, events, model, people } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import type { Carrier, Outgoing } from '../delivery/carriers/carrier.ts';
import { openHttp } from '../delivery/carriers/http.ts';
import { openSmtp } from '../delivery/carriers/smtp.ts';
import { createRenderer } from '../delivery/render/renderer.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { DuckDb } from '../store/duckdb.ts';
import { openSmallStore } from '../store/open-small.ts';
import { runTick } from '../tick/run-tick.ts';
import { UserError } from '../user-error.ts';
import { runLoop } from './loop.ts';
import type { LoopOptions } from './loop-options.ts';
import { sendDue } from './send-due.ts';

const world = model();
/** Ticks every second, so that a test sees several. */
const shop = (part: Parameters<typeof model>[0] = {}) =>
  compile(
    model({
      project: { ...world.project, tick: 1000 },
      campaigns: [campaign()],
      templates: [{ name: 'cart', channel: 'email', variants: [{ path: 'x', subject: 'Hi', body: '<p>Hi</p>' }] }],
      ...part,
    }),
  );

let db: DuckDb;
let root: string;
let sent: Outgoing[];
let stop: AbortController;
let running: Promise<void> | undefined;
beforeEach(async () => {
  db = await openSmallStore();
  root = await mkdtemp(join(tmpdir(), 'kaskad-loop-'));
  sent = [];
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await running?.catch(() => {});
  running = undefined;
  await db.close();
  await rm(root, { recursive: true });
});

const carrier = (): Carrier => ({
  concurrency: 1,
  send: async (message) => {
    sent.push(message);
    return { status: 'sent' };
  },
  close: async () => {},
});

const log = { info: () => {}, warn: () => {} };

function start(part: Partial<LoopOptions> = {}): Promise<void> {
  running = runLoop(db, {
    root,
    tz: 'test',
    worker: 'w',
    ...machineClock,
    openCarrier: async () => carrier(),
    signal: stop.signal,
    log,
    ...part,
  });
  return running;
}

const soon = { timeout: 6000, interval: 50 };
const apply = (program = shop()) => applyProgram(db, { program, at: Date.now() - 60_000, lineage: 'test' });
const abandon = (customer: string, at = Date.now() - 1100) => events(db, 'cart_updated', [{ customer, at }]);

it('ticks and sends until it is told to end', async () => {
  await apply();
  await people(db, [{ id: 'c1' }, { id: 'c2' }]);
  await abandon('c1');
  start();
  await vi.waitFor(() => expect(sent.map((m) => m.to)).toEqual(['c1@example.com']), soon);
  await abandon('c2');
  await vi.waitFor(() => expect(sent.map((m) => m.to)).toEqual(['c1@example.com', 'c2@example.com']), soon);
  stop.abort();
  await running;
  expect(await db.query(sql`SELECT status, count(*) AS n FROM message GROUP BY status`)).toEqual([
    { status: 'sent', n: 2 },
  ]);
});

it('takes up what somebody else applies meanwhile', async () => {
  await apply(shop({ campaigns: [] }));
  await people(db, [{ id: 'c1' }]);
  const opened: string[] = [];
  start({
    openCarrier: async (channel) => {
      opened.push(channel.name);
      return carrier();
    },
  });
  await vi.waitFor(() => expect(opened).toEqual(['email', 'sms']), soon);
  await apply(shop({ channels: world.channels.slice(0, 1) }));
  await abandon('c1', Date.now());
  await vi.waitFor(() => expect(sent).toHaveLength(1), soon);
  await vi.waitFor(() => expect(opened).toEqual(['email', 'sms', 'email']), soon);
});

it('goes on when a channel of a later deployment does not open', async () => {
  await apply(shop({ campaigns: [] }));
  const warnings: string[] = [];
  let works = true;
  start({
    openCarrier: async () => {
      if (works) return carrier();
      throw new UserError('secret-missing', 'SMTP_URL is not set.');
    },
    log: { ...log, warn: (_, text) => warnings.push(text) },
  });
  await pause(200);
  works = false;
  await apply();
  await vi.waitFor(() => expect(warnings).toContain('channel does not open: nothing leaves on it'), soon);
  const [before] = await db.query<{ value: number }>(sql`SELECT value FROM cursor WHERE name = 'tick'`);
  const tick = sql`SELECT value FROM cursor WHERE name = 'tick' AND value > ${before?.value ?? 0}::bigint`;
  await vi.waitFor(async () => expect(await db.query(tick)).toHaveLength(1), soon);
});

it('does not begin with a channel that does not open, or without anything applied', async () => {
  await expect(start()).rejects.toThrow('Nothing is applied');
  await apply();
  const refused = start({ openCarrier: () => Promise.reject(new UserError('secret-missing', 'SMTP_URL is not set.')) });
  await expect(refused).rejects.toThrow('SMTP_URL is not set.');
});

it('settles at once what a dead run left in its hands', async () => {
  await apply();
  await people(db, [{ id: 'c1' }]);
  await abandon('c1');
  await runTick(db, shop(), Date.now() - (Date.now() % 1000), 'test');
  await db.run(sql`INSERT INTO worker (worker, lease_until) VALUES ('dead', ${Date.now() + 300_000}::bigint)`);
  await db.run(sql`INSERT INTO claim (message, worker) SELECT message, 'dead' FROM message`);
  await db.run(sql`INSERT INTO transit (message, worker) SELECT message, 'dead' FROM message`);
  start();
  const unknown = sql`SELECT 1 AS n FROM message WHERE status = 'unknown'`;
  await vi.waitFor(async () => expect(await db.query(unknown)).toHaveLength(1), soon);
  expect(sent).toEqual([]);
});

it('a withdrawal that arrives between decision and dispatch keeps the message from leaving', async () => {
  const source = { path: 'consent.csv', rename: {} };
  const program = shop({ data: { ...world.data, consent: [source] } });
  await apply(program);
  await people(db, [{ id: 'c1' }]);
  await abandon('c1');
  await runTick(db, program, Date.now() - (Date.now() % 1000), 'test');
  const at = new Date(Date.now() - 10).toISOString();
  await writeFile(join(root, 'consent.csv'), `customer,channel,status,at\nc1,email,withdrawn,${at}\n`);
  const renderer = createRenderer(program.templates, program.partials, program.project);
  const carriers = new Map([['email', carrier()]]);
  await sendDue(db, { program, renderer, carriers, root, worker: 'w', ...machineClock });
  expect(sent).toEqual([]);
  expect(await db.query(sql`SELECT status, reason FROM message`)).toEqual([
    { status: 'suppressed', reason: 'no-consent' },
  ]);
});

it('a withdrawal that arrives while others are being sent still counts', async () => {
  const source = { path: 'consent.csv', rename: {} };
  const program = shop({ data: { ...world.data, consent: [source] } });
  await apply(program);
  await people(db, [{ id: 'c1' }, { id: 'c2' }]);
  await abandon('c1');
  await abandon('c2');
  await runTick(db, program, Date.now() - (Date.now() % 1000), 'test');
  const slow: Carrier = {
    ...carrier(),
    send: async (message) => {
      sent.push(message);
      const at = new Date(Date.now() - 10).toISOString();
      const rows = ['c1', 'c2'].map((id) => `${id},email,withdrawn,${at}\n`);
      await writeFile(join(root, 'consent.csv'), `customer,channel,status,at\n${rows.join('')}`);
      await pause(2500);
      return { status: 'sent' };
    },
  };
  const renderer = createRenderer(program.templates, program.partials, program.project);
  await sendDue(db, { program, renderer, carriers: new Map([['email', slow]]), root, worker: 'w', ...machineClock });
  expect(sent).toHaveLength(1);
  const fates = sql`SELECT status, reason FROM message ORDER BY status`;
  expect(await db.query(fates)).toEqual([
    { status: 'sent', reason: null },
    { status: 'suppressed', reason: 'no-consent' },
  ]);
});

/** A server that takes connections and says nothing, or only `greeting`. */
async function silent(greeting = ''): Promise<{ url: string; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.write(greeting);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const email = { name: 'email', kind: 'email', address: 'email', price: 0 } as const;
const smtp = { kind: 'smtp', url: 'env:URL' } as const;

/** Everybody who abandons a cart gets one message on each channel. */
const onEach = (...channels: string[]) =>
  shop({
    channels: channels.map((name) => ({ ...email, name, transport: smtp })),
    campaigns: channels.map((channel) =>
      campaign({
        name: `on-${channel}`,
        category: 'transactional',
        steps: [{ id: 's', kind: 'send', channel, template: 'cart' }],
      }),
    ),
  });

it.each([
  ['a server that says nothing', ''],
  ['a server that stops after its greeting', '220 here\r\n'],
])('is not held up on other channels by %s, and ends within 5 seconds', async (_, greeting) => {
  const server = await silent(greeting);
  try {
    await apply(onEach('email', 'other'));
    await people(db, [{ id: 'c1' }, { id: 'c2' }]);
    await abandon('c1');
    start({
      openCarrier: async ({ name }) => (name === 'email' ? openSmtp('email', server.url) : carrier()),
    });
    await vi.waitFor(() => expect(sent).toHaveLength(1), soon);
    await abandon('c2');
    await vi.waitFor(() => expect(sent).toHaveLength(2), soon);
    const began = Date.now();
    stop.abort();
    await running;
    expect(Date.now() - began).toBeLessThan(5000);
    const rows = sql`SELECT channel, status, count(*) AS n FROM message GROUP BY channel, status ORDER BY channel`;
    expect(await db.query(rows)).toEqual([
      { channel: 'email', status: 'decided', n: 2 },
      { channel: 'other', status: 'sent', n: 2 },
    ]);
  } finally {
    server.close();
  }
});

it('ends within 5 seconds while an HTTP server drips its answer', async () => {
  const hook = await openHook((response) => {
    response.writeHead(200);
    setInterval(() => response.write('.'), 200).unref();
  });
  try {
    await apply(onEach('email'));
    await people(db, [{ id: 'c1' }]);
    await abandon('c1');
    start({ openCarrier: async () => openHttp('email', 'webhook', hook.url) });
    await vi.waitFor(() => expect(hook.received).toHaveLength(1), soon);
    const began = Date.now();
    stop.abort();
    await running;
    expect(Date.now() - began).toBeLessThan(5000);
  } finally {
    await hook.close();
  }
});

it('sends transactional messages while a long transaction is under way, and marketing when it is over', async () => {
  const source = { path: 'consent.csv', rename: {} };
  const channels = [{ ...email, transport: smtp }];
  const steps = [{ id: 's', kind: 'send', channel: 'email', template: 'cart' }] as const;
  await apply(
    shop({
      channels,
      data: { ...world.data, consent: [source] },
      campaigns: [
        campaign({ name: 'receipt', category: 'transactional', steps: [...steps] }),
        campaign({ name: 'offer', category: 'marketing', steps: [...steps] }),
      ],
    }),
  );
  await people(db, [{ id: 'c1' }]);
  start();
  await abandon('c1');
  const settled = sql`SELECT message FROM message WHERE status = 'sent'`;
  await vi.waitFor(async () => expect(await db.query(settled)).toHaveLength(2), soon);
  let began = 0;
  let fast = 0;
  await db.transaction(async () => {
    // As a tick that decided them would leave them behind, and the next one that takes long.
    began = Date.now();
    await db.lane.run(sql`UPDATE message SET status = 'decided', send_at = 0`);
    const at = new Date(began).toISOString();
    await writeFile(join(root, 'consent.csv'), `customer,channel,status,at\nc1,email,withdrawn,${at}\n`);
    await vi.waitFor(() => expect(sent.slice(2).map((m) => m.campaign)).toEqual(['receipt']), soon);
    fast = Date.now() - began;
    await pause(1500);
    expect(
      sent.slice(2).map((m) => m.campaign),
      'nobody has looked at the withdrawal yet',
    ).toEqual(['receipt']);
  });
  expect(fast).toBeLessThan(2500);
  const offer = sql`SELECT DISTINCT m.status, m.reason FROM message m JOIN customer c ON c.customer = m.customer
    WHERE m.campaign = 'offer' AND c.id = 'c1'`;
  await vi.waitFor(
    async () => expect(await db.query(offer)).toEqual([{ status: 'suppressed', reason: 'no-consent' }]),
    soon,
  );
});
